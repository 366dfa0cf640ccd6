"""Small things of the frame around every page."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from core.charts import seating

register = template.Library()

_SIGN_INNER, _SIGN_OUTER = 7, 13  # dots
_INNER_SCALE, _OUTER_SCALE = 0.0592, 0.0897  # of the round's box, so that the sign fills 40 × 40


@register.simple_tag
def logo() -> SafeString:
    """The sign of the space: the round of seats, small, without words (its name stands beside it)."""
    inner, outer = seating.layout(_SIGN_INNER, _SIGN_OUTER)
    dots = [(*_in_sign(point, _OUTER_SCALE), "2", "b-out") for point in outer]
    dots += [(*_in_sign(point, _INNER_SCALE), "2.2", "b-in") for point in inner]
    circles = format_html_join("", '<circle cx="{}" cy="{}" r="{}" class="{}"/>', dots)
    return format_html(
        '<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false" class="mark-logo">'
        '<g fill="currentColor">{}</g></svg>',
        circles,
    )


def _in_sign(point: tuple[float, float], scale: float) -> tuple[float, float]:
    """From the round's box to the sign's."""
    x, y = (20 + (value - centre) * scale for value, centre in zip(point, seating.CENTRE, strict=True))
    return round(x, 1), round(y, 1)


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """(code, name in itself) of the languages this page is not in."""
    here = get_language()
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES if code != here]


_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_NAMES = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """ "Firefox, Linux" out of what a browser calls itself; its first words where it is none of the known."""
    browser = next((_NAMES.get(name, name) for name in _BROWSERS if f"{name}/" in user_agent), "")
    system = next((shown for mark, shown in _SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or user_agent[:40]
