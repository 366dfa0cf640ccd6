"""What templates ask about sessions."""

from __future__ import annotations

from django import template

from core.files.serve import shown_by_browsers
from sessions_app.minutes.snapshot import file_format
from sessions_app.models import Material
from sessions_app.when import when

register = template.Library()
register.filter("when", when)


@register.filter
def material_format(material: Material) -> str:
    """ "PDF", "ODT", …"""
    return file_format(material.file.content_type, material.file.original_name)


@register.filter
def shows_inline(material: Material) -> bool:
    """Whether a browser can show the file itself: PDF and pictures."""
    return material.file is not None and shown_by_browsers(material.file)
