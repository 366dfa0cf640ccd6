"""Geometry of charts: pure functions from numbers to rectangles. `components/chart_*.html` draw them as SVG for page and paper."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import formats

Number = Decimal | int


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    css: str
    value: str  # as written on the bar
    name: str  # the whole sentence, for who does not see the bar
    url: str

    @property
    def middle(self) -> float:
        return _round(self.x + self.width / 2)

    @property
    def above(self) -> float:
        return _round(self.y - 6)

    @property
    def beside(self) -> float:
        return _round(self.x + self.width + 8)


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Group:
    at: float
    label: str
    bars: list[Bar]
    more: str = ""  # second line of a label that is too long for one

    @property
    def upper(self) -> float:
        return _round(self.at - 7) if self.more else self.at

    @property
    def lower(self) -> float:
        return _round(self.at + 8)


@dataclass(frozen=True)
class Chart:
    width: float
    height: float
    base: float
    ticks: list[Tick]
    groups: list[Group]
    target: float | None = None  # height of the line of the value aimed at


@dataclass(frozen=True)
class Mark:
    """One value of a chart before it has a place."""

    amount: Number
    text: str
    name: str
    url: str


def nice_top(largest: Number) -> int:
    """The top of an axis of four steps, no smaller than `largest`, with whole numbers at every step."""
    for top in (4, 8, 12, 16, 20, 40, 60, 80, 100):
        if largest <= top:
            return top
    power = 10 ** (len(str(int(largest))) - 1)
    return next(factor * power for factor in (1, 2, 4, 5, 8, 10) if largest <= factor * power)


ROOMY = 8  # groups up to which each bar bears its value and each group its label
MOST_LABELS = 12


def columns(
    groups: Sequence[tuple[str, Sequence[Mark]]],
    *,
    scale: int = 1,
    labels: Sequence[str] = ("b1", "b2"),
    target: Number | None = None,
) -> Chart:
    """Upright bars side by side, at most two a group; the axis starts at 0 and is labelled in units of `scale`.

    Many groups stand closer: the values then are in the names of the bars alone, and not every group has its label.
    """
    left, right, top, base = 52.0, 560.0, 30.0, 230.0
    highest = nice_top(max((mark.amount for _label, marks in groups for mark in marks), default=0))
    if target is not None:
        highest = max(highest, nice_top(target))
    step = (right - left) / max(len(groups), 1)
    width = min(30.0, step / 3)
    is_close, every = len(groups) > ROOMY, -(-len(groups) // MOST_LABELS)
    drawn = []
    for index, (label, marks) in enumerate(groups):
        middle = left + step * (index + 0.5)
        gap = 1 if is_close else 4
        first = middle - len(marks) * (width + gap) / 2 + gap / 2
        bars = [
            _upright(
                replace(mark, text="") if is_close else mark,
                x=first + number * (width + gap),
                width=width,
                highest=highest,
                span=(top, base),
                css=labels[number],
            )
            for number, mark in enumerate(marks)
        ]
        drawn.append(Group(_round(middle), label if (len(groups) - 1 - index) % every == 0 else "", bars))
    ticks = [Tick(_round(base - (base - top) * part / 4), _whole(highest * part // 4 // scale)) for part in range(5)]
    line = None if target is None else _round(base - float(target) / highest * (base - top))
    return Chart(560, 270, base, ticks, drawn, line)


def _upright(mark: Mark, *, x: float, width: float, highest: int, span: tuple[float, float], css: str) -> Bar:
    top, base = span
    height = float(mark.amount) / highest * (base - top)
    return Bar(_round(x), _round(base - height), _round(width), _round(height), css, mark.text, mark.name, mark.url)


def rows(marks: Sequence[tuple[str, Mark]], *, strong: Sequence[int] = ()) -> Chart:
    """Lying bars, one a row, with the name left and the value right; rows in `strong` take the full colour."""
    left, room, pitch, thick = 150.0, 270.0, 44.0, 30.0
    highest = max((mark.amount for _label, mark in marks), default=0) or 1
    groups = []
    for index, (label, mark) in enumerate(marks):
        y = 4 + index * pitch
        css = "b1" if not strong or index in strong else "b6"
        width = float(mark.amount) / float(highest) * room
        bar = Bar(left + 1, y, _round(width), thick, css, mark.text, mark.name, mark.url)
        first, second = in_two_lines(label)
        groups.append(Group(y + 20, first, [bar], second))
    return Chart(520, 4 + len(marks) * pitch, left, [], groups)


def _whole(number: int) -> str:
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def in_two_lines(label: str, most: int = 22) -> tuple[str, str]:
    """A label as it fits beside a bar; what is longer than two lines ends in "…": the bar's name holds the whole."""
    if len(label) <= most:
        return label, ""
    first, *rest = textwrap.wrap(label, most, break_long_words=True)
    second = " ".join(rest)
    return first, second if len(second) <= most else second[: most - 1].rstrip() + "…"


def _round(value: float) -> float:
    return round(value, 1)
