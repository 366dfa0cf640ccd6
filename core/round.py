"""The round of seats as a figure: every seat with its state, the number in the middle, and words for it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from core import seats

# state of a seat → (class, radius); the classes are those of static/css
STATES = {
    "present": ("s-p", 8.8),
    "ring": ("s-r", 7.6),
    "absent": ("s-a", 3.0),
    "mine": ("s-m", 8.8),
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
    lines: Sequence[str | Promise]
    alternative: str | Promise


def draw(
    inner: Sequence[str], outer: Sequence[str], *, number: int, lines: Sequence[str | Promise], alternative: str | Promise
) -> Round:
    """A figure from the states (keys of `STATES`) of the organisations with a scheme and of the others."""
    scale = seats.dot_scale(len(inner), len(outer))
    points_inner, points_outer = seats.layout(len(inner), len(outer))
    placed = []
    for states, points in ((outer, points_outer), (inner, points_inner)):
        for state, (x, y) in zip(states, points, strict=True):
            css, radius = STATES[state]
            placed.append(Seat(x, y, round(radius * scale, 1), css))
    return Round(placed, number, lines, alternative)
