"""`{% slot "name" subject %}` draws what higher apps registered for a page (see `core.slots`)."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, subject: Any = None) -> SafeString:
    """Each piece sees its own context, `subject`, and what every page has (request, user, space)."""
    request = context["request"]
    drawn = (
        (get_template(piece.template).render({"subject": subject, **piece.context}, request),)
        for piece in slots.pieces(name, subject, request.user)
    )
    return format_html_join("\n", "{}", drawn)
