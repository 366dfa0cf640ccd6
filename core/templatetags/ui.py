"""Tags for what every page draws. A template built-in: no `{% load %}` needed."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.web.icons import icon
from core.web.one_time_keys import FIELD, new_key

register = template.Library()
register.simple_tag(icon)


@register.simple_tag
def one_time_key() -> SafeString:
    """For a form that adds something: sent twice, it is carried out once (see `core.web.one_time_keys`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())
