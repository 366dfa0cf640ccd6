"""Écarts depuis l'arrêté: what the same filter gives now, and the fundings that make each difference.

The default keeps the day of the arrêté, so that only corrections differ; with a later day the differences also
hold what happened since. For every figure that adds up, the parts of the named fundings sum to the difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from funding.enums import LineState
from funding.frozen import content
from funding.frozen.content import PARTS, ToldLine
from funding.models import FrozenFigures, FundingLine
from funding.visibility import Visibility

Number = Decimal | int


class Kind(models.TextChoices):
    ADDED = "added", pgettext_lazy("funding since frozen figures", "added")
    REMOVED = "removed", pgettext_lazy("funding since frozen figures", "removed")
    CHANGED = "changed", pgettext_lazy("funding since frozen figures", "changed")


@dataclass(frozen=True)
class Cause:
    """One funding's part of a difference: `old` → `new`."""

    kind: Kind
    line: ToldLine
    old: Number
    new: Number
    reason: object = ""  # for one that was removed

    @property
    def change(self) -> Number:
        return self.new - self.old


@dataclass(frozen=True)
class Difference:
    """One figure, then and now, with the fundings behind the difference."""

    figure: content.ToldFigure
    now: Number
    causes: list[Cause]

    @property
    def change(self) -> Number:
        return self.now - self.figure.value


CANCELLED = _("cancelled since")
NO_LONGER_SHARED = _("its funder no longer shares this amount")
NO_LONGER_FOUND = _("no longer within the filter or the day")


def since(frozen: FrozenFigures, *, day: dt.date | None = None) -> list[Difference]:
    """The figures of `frozen` that add up, compared with the records of now at `day` (its own by default).

    In a bounded number of queries. Raises ValueError where the filter cannot be read any more.
    """
    told = content.read(frozen)
    visibility = content.eyes(frozen.audience, frozen.organisation.remains)
    filterset = content.filtered(frozen.query, visibility, day or frozen.as_of)
    if not filterset.is_valid():
        raise ValueError("; ".join(filterset.messages))
    now = {row["id"]: content.told_line(row) for row in content.rows(filterset.qs)}
    then = {line.id: line for line in told.lines}
    reasons = _reasons([key for key in then if key not in now], visibility)
    differences = []
    for key in PARTS:
        causes = list(_causes(key, then, now, reasons))
        total = sum((line.figures[key] for line in now.values()), type(told.figure(key).value)(0))
        differences.append(Difference(told.figure(key), total, causes))
    return differences


def _causes(
    key: str, then: dict[str, ToldLine], now: dict[str, ToldLine], reasons: dict[str, object]
) -> Iterable[Cause]:
    for name in [*then, *(name for name in now if name not in then)]:
        before, after = then.get(name), now.get(name)
        old = before.figures[key] if before else 0
        new = after.figures[key] if after else 0
        if old == new:
            continue
        if before is None:
            yield Cause(Kind.ADDED, after, old, new)
        elif after is None:
            yield Cause(Kind.REMOVED, before, old, new, reasons[name])
        else:
            yield Cause(Kind.CHANGED, after, old, new)


def _reasons(gone: list[str], visibility: Visibility) -> dict[str, object]:
    """Why each funding is no longer among the figures; nothing is told of one that this audience may not know."""
    found = {str(line.public_id): line for line in FundingLine.objects.filter(public_id__in=gone)}
    reasons: dict[str, object] = {}
    for name in gone:
        line = found.get(name)
        if line is not None and line.state == LineState.CANCELLED:
            reasons[name] = CANCELLED
        elif line is not None and not visibility.sees_amount(line):
            reasons[name] = NO_LONGER_SHARED
        else:
            reasons[name] = NO_LONGER_FOUND
    return reasons
