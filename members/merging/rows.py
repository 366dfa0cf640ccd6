"""What moves of this app when two organisations become one: memberships, positions, schemes, earlier doubles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _, ngettext

from core.db.periods import meet
from core.lifecycle import merging
from core.lifecycle.merging import Handler, Line, Merge, Text, moves
from core.text import name_key
from members.enums import PositionRole
from members.models import EngineeringScheme, Membership, Organisation, Position


def _meets(one: Any, other: Any) -> bool:
    return meet(one.period, other.period)


def _join(rows: list[Any]) -> tuple[Any, Any]:
    """Since when and until when the earliest to the latest of `rows` run."""
    return min(rows, key=lambda row: row.period.lower).since, _lasting(rows)[0].until


def _lasting(rows: list[Any]) -> list[Any]:
    """Those of `rows` that end last; open ones where there are any."""
    ends = [row.period.upper or dt.date.max for row in rows]
    return [row for row, end in zip(rows, ends, strict=True) if end == max(ends)]


def _memberships(merge: Merge) -> Iterator[Line]:
    here = list(Membership.objects.filter(organisation=merge.kept))
    rows = list(Membership.objects.filter(organisation=merge.merged))
    joined = [row for row in rows if any(_meets(row, other) for other in here)]
    free = len(rows) - len(joined)
    yield Line(
        ngettext("%(count)d period of membership", "%(count)d periods of membership", free) % {"count": free}, free
    )
    text = ngettext(
        "%(count)d period of membership that overlaps: both become one, from the earlier beginning to the later end",
        "%(count)d periods of membership that overlap: they become one, from the earliest beginning to the latest end",
        len(joined),
    )
    yield Line(text % {"count": len(joined)}, len(joined), settles=True)


def _move_memberships(merge: Merge) -> None:
    for row in Membership.objects.filter(organisation=merge.merged).order_by("period"):
        _absorb(row, list(Membership.objects.filter(organisation=merge.kept)), merge.kept)


def _absorb(row: Any, others: list[Any], kept: Organisation) -> None:
    """`row` becomes the kept organisation's, joined with those of its periods that it meets."""
    met = [other for other in others if _meets(row, other)]
    since, until = _join([row, *met])
    for other in met:
        other.delete()
    row.organisation = kept
    if met:
        row.set_dates(since, until)
    row.full_clean()
    row.save()


def _same_person(merge: Merge) -> list[Position]:
    here = list(Position.objects.filter(organisation=merge.kept))
    rows = Position.objects.filter(organisation=merge.merged).select_related("user")
    return [row for row in rows if any(other.user_id == row.user_id and _meets(row, other) for other in here)]


def _positions(merge: Merge) -> Iterator[Line]:
    joined = _same_person(merge)
    names = [
        row.user.get_full_name()
        for row in Position.objects.filter(organisation=merge.merged)
        .exclude(pk__in=[row.pk for row in joined])
        .select_related("user")
    ]
    text = ngettext("%(count)d position of a person", "%(count)d positions of people", len(names))
    yield Line(text % {"count": len(names)}, len(names), names)
    text = ngettext(
        "%(count)d person in position in both: one position remains, with the stronger role of those that end last",
        "%(count)d people in position in both: one position each remains, with the stronger role of those that end last",
        len(joined),
    )
    yield Line(text % {"count": len(joined)}, len(joined), [row.user.get_full_name() for row in joined], settles=True)


def _move_positions(merge: Merge) -> None:
    """A role that has ended gives no right to anything: only those that end last say what the joined position is."""
    strength = PositionRole.values.index
    for row in Position.objects.filter(organisation=merge.merged).order_by("period", "pk"):
        others = list(Position.objects.filter(organisation=merge.kept, user=row.user_id))
        met = [other for other in others if _meets(row, other)]
        lasting = _lasting([*met, row])
        row.role = min((each.role for each in lasting), key=strength)
        row.title = next((each.title for each in (*lasting, *met, row) if each.title), "")
        _absorb(row, others, merge.kept)


def _same_scheme(merge: Merge) -> Iterator[Text]:
    taken = {name_key(row.name) for row in EngineeringScheme.objects.filter(organisation=merge.kept)}
    for row in EngineeringScheme.objects.filter(organisation=merge.merged):
        if name_key(row.name) in taken:
            yield _("Both run a scheme called “%(name)s”: give one of them another name first.") % {"name": row.name}


def _doubles(merge: Merge) -> Iterator[Line]:
    count = Organisation.with_doubles.filter(merged_into=merge.merged).count()
    text = ngettext("%(count)d earlier double that leads to it", "%(count)d earlier doubles that lead to it", count)
    yield Line(text % {"count": count}, count)


def _lead_on(merge: Merge) -> None:
    Organisation.with_doubles.filter(merged_into=merge.merged).update(merged_into=merge.kept)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for handler in (
        Handler(10, ("members.Membership.organisation",), _memberships, _move_memberships),
        Handler(11, ("members.Position.organisation",), _positions, _move_positions),
        moves(
            12,
            EngineeringScheme,
            "organisation",
            lambda count: (
                ngettext("%(count)d engineering scheme", "%(count)d engineering schemes", count) % {"count": count}
            ),
            named_by="name",
            obstacles=_same_scheme,
        ),
        Handler(13, ("members.Organisation.merged_into",), _doubles, _lead_on),
    ):
        merging.register(handler)
