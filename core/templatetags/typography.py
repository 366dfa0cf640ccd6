"""`{{ text|typeset }}`: plain text with the typography of the page's language; `{{ name|of_name }}`: a name in a sentence."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.formatting import names
from core.formatting.typography import french_html

register = template.Library()


@register.filter
def typeset(text: object) -> SafeString:
    """In French no-break spaces and raised ordinals; other languages are only escaped."""
    is_french = (get_language() or "fr").startswith("fr")
    return french_html(str(text)) if is_french else conditional_escape(str(text))


@register.filter
def subject_name(name: object) -> SafeString:
    """At the head of a sentence: « La Fondation des Territoires »."""
    return typeset(names.subject(str(name), first=True))


@register.filter
def within_name(name: object) -> SafeString:
    """Within a sentence: « la Fondation des Territoires »."""
    return typeset(names.subject(str(name)))


@register.filter
def of_name(name: object) -> SafeString:
    """« de la Fondation des Territoires », "of Fondation des Territoires"."""
    return typeset(names.of(str(name)))


@register.filter
def from_name(name: object) -> SafeString:
    """« du RAMEAU », "from Le RAMEAU"."""
    return typeset(names.from_(str(name)))


@register.filter
def to_name(name: object) -> SafeString:
    """« à la Fondation des Territoires », "to Fondation des Territoires"."""
    return typeset(names.to(str(name)))
