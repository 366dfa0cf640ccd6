"""`{{ text|typeset }}`: plain text with the typography of the page's language."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.typography import french_html

register = template.Library()


@register.filter
def typeset(text: object) -> SafeString:
    """In French no-break spaces and raised ordinals; other languages are only escaped."""
    is_french = (get_language() or "fr").startswith("fr")
    return french_html(str(text)) if is_french else conditional_escape(str(text))
