"""The round of seats as a figure: every seat with its state, the number in the middle, and words for it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.charts import seating

Text = str | Promise

# state of a seat → (class, radius); the classes are those of static/css
STATES = {
    "present": ("s-p", 8.8),
    "ring": ("s-r", 7.6),
    "absent": ("s-a", 3.0),
    "mine": ("s-m", 8.8),
}

KEYS = {"mine": "ochre", "present": "disc", "ring": "ring", "absent": "point"}  # state → mark in the legend
ATTENDANCE: Mapping[str, Text] = {
    "mine": _("you"),
    "present": pgettext_lazy("legend", "present"),
    "ring": pgettext_lazy("legend", "represented"),
    "absent": pgettext_lazy("legend", "absent or excused"),
}


@dataclass(frozen=True)
class Seat:
    x: float
    y: float
    r: float
    css: str


@dataclass(frozen=True)
class Round:
    """`alternative` says in one sentence what the picture shows; `lines` stand under the number."""

    seats: list[Seat]
    number: int
    lines: Sequence[Text]
    alternative: Text
    legend: list[tuple[str, Text]]  # (mark, word) of the states that occur


def draw(
    inner: Sequence[str],
    outer: Sequence[str],
    *,
    number: int,
    lines: Sequence[Text],
    alternative: Text,
    words: Mapping[str, Text] = ATTENDANCE,
) -> Round:
    """A figure from the states (keys of `STATES`) of the organisations with a scheme and of the others.

    `words` names the states in the legend; one it leaves out is not explained.
    """
    scale = seating.dot_scale(len(inner), len(outer))
    points_inner, points_outer = seating.layout(len(inner), len(outer))
    placed = []
    for states, points in ((outer, points_outer), (inner, points_inner)):
        for state, (x, y) in zip(states, points, strict=True):
            css, radius = STATES[state]
            placed.append(Seat(x, y, round(radius * scale, 1), css))
    occurring = {*inner, *outer}
    legend = [(KEYS[state], words[state]) for state in KEYS if state in occurring and state in words]
    return Round(placed, number, lines, alternative, legend)
