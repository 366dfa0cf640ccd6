"""What moves around sessions when two organisations become one, and how two rows of one session end as one."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from core.lifecycle import merging
from core.lifecycle.merging import Handler, Line, Merge, Text, moves
from core.text import name_key
from sessions_app.enums import Presence
from sessions_app.models import (
    ActionItem,
    AmendmentRequest,
    Answer,
    Attendance,
    Attendee,
    Circulation,
    DateAnswer,
    Decision,
    Guest,
    MaterialProposal,
    Speaker,
)

_STRONGEST_FIRST = Presence.values


def _both(merge: Merge) -> list[tuple[Attendance, Attendance]]:
    """Of each session in which both are recorded: the row of the double, that of what is kept."""
    here = {row.session_id: row for row in Attendance.objects.filter(organisation=merge.kept)}
    rows = Attendance.objects.filter(organisation=merge.merged).select_related("session").order_by("session__number")
    return [(row, here[row.session_id]) for row in rows if row.session_id in here]


def _attendance(merge: Merge) -> Iterator[Line]:
    both = _both(merge)
    count = Attendance.objects.filter(organisation=merge.merged).count() - len(both)
    text = ngettext("%(count)d attendance at a session", "%(count)d attendances at sessions", count)
    yield Line(text % {"count": count}, count)
    text = ngettext(
        "%(count)d session at which both are recorded: the fuller presence stands, with the people of both",
        "%(count)d sessions at which both are recorded: the fuller presence stands, with the people of both",
        len(both),
    )
    yield Line(text % {"count": len(both)}, len(both), [str(row.session) for row, _other in both], settles=True)


def _represents_the_other(merge: Merge) -> Iterator[Text]:
    pair = (merge.merged, merge.kept)
    rows = Attendance.objects.filter(organisation__in=pair, represented_by__in=pair).select_related("session")
    for row in rows.order_by("session__number"):
        yield _("In session %(number)s one is recorded as represented by the other: correct the attendance first.") % {
            "number": row.session.number
        }


def _move_attendance(merge: Merge) -> None:
    for row, standing in _both(merge):
        known = set(Attendee.objects.filter(attendance=standing).values_list("user", flat=True)) - {None}
        Attendee.objects.filter(attendance=row).exclude(user__in=known).update(attendance=standing)
        fuller = min((standing, row), key=lambda each: _STRONGEST_FIRST.index(each.presence))
        presence, holder = fuller.presence, fuller.represented_by
        row.delete()
        standing.presence, standing.represented_by = presence, holder
        standing.full_clean()
        standing.save()
    Attendance.objects.filter(organisation=merge.merged).update(organisation=merge.kept)
    Attendance.objects.filter(represented_by=merge.merged).update(represented_by=merge.kept)


def _own_pouvoirs(merge: Merge) -> Iterator[Line]:
    """A pouvoir of one to the other would be one to itself; of two pouvoirs in one session that of what is kept stands."""
    count = len(_ended_pouvoirs(merge))
    text = ngettext(
        "%(count)d pouvoir that no longer makes sense and ends",
        "%(count)d pouvoirs that no longer make sense and end",
        count,
    )
    yield Line(text % {"count": count}, count, settles=True)


def _ended_pouvoirs(merge: Merge) -> list[Answer]:
    pair = (merge.merged, merge.kept)
    given = Answer.objects.filter(organisation__in=pair, holder__isnull=False)
    of_kept = {row.session_id for row in given if row.organisation_id == merge.kept.pk}
    return [
        row
        for row in given
        if row.holder_id in (merge.merged.pk, merge.kept.pk)
        or (row.organisation_id == merge.merged.pk and row.session_id in of_kept)
    ]


def _end_pouvoirs(merge: Merge) -> None:
    for row in _ended_pouvoirs(merge):
        row.delete()
    Answer.objects.filter(holder=merge.merged).update(holder=merge.kept)


def _guests(merge: Merge) -> Iterator[Line]:
    count = Guest.objects.filter(organisation=merge.merged).count()
    yield Line(ngettext("%(count)d guest", "%(count)d guests", count) % {"count": count}, count)


def _move_guests(merge: Merge) -> None:
    here = {(row.session_id, name_key(row.name)) for row in Guest.objects.filter(organisation=merge.kept)}
    for row in Guest.objects.filter(organisation=merge.merged):
        if (row.session_id, name_key(row.name)) in here:
            row.delete()
        else:
            Guest.objects.filter(pk=row.pk).update(organisation=merge.kept)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    merging.register(
        Handler(
            20,
            ("sessions_app.Attendance.organisation", "sessions_app.Attendance.represented_by"),
            _attendance,
            _move_attendance,
            _represents_the_other,
        )
    )
    merging.register(Handler(21, ("sessions_app.Answer.holder",), _own_pouvoirs, _end_pouvoirs))
    merging.register(Handler(23, ("sessions_app.Guest.organisation",), _guests, _move_guests))
    for handler in (
        moves(
            22,
            Answer,
            "organisation",
            lambda count: (
                ngettext("%(count)d answer to a session", "%(count)d answers to sessions", count) % {"count": count}
            ),
            once=("session", "user"),
        ),
        moves(
            24,
            DateAnswer,
            "organisation",
            lambda count: (
                ngettext("%(count)d answer on a date", "%(count)d answers on dates", count) % {"count": count}
            ),
            once=("date",),
        ),
        moves(
            25,
            Speaker,
            "organisation",
            lambda count: ngettext("%(count)d contribution", "%(count)d contributions", count) % {"count": count},
        ),
        moves(
            26,
            Decision,
            "responsible",
            lambda count: ngettext("%(count)d decision", "%(count)d decisions", count) % {"count": count},
        ),
        moves(
            27,
            ActionItem,
            "responsible",
            lambda count: ngettext("%(count)d action", "%(count)d actions", count) % {"count": count},
        ),
        moves(
            28,
            AmendmentRequest,
            "organisation",
            lambda count: (
                ngettext("%(count)d request to amend", "%(count)d requests to amend", count) % {"count": count}
            ),
        ),
        moves(
            29,
            MaterialProposal,
            "organisation",
            lambda count: (
                ngettext("%(count)d proposed material", "%(count)d proposed materials", count) % {"count": count}
            ),
        ),
        moves(
            30,
            Circulation,
            "organisation",
            lambda count: (
                ngettext("%(count)d review of minutes", "%(count)d reviews of minutes", count) % {"count": count}
            ),
        ),
    ):
        merging.register(handler)
    merging.stands(
        "sessions_app.MinutesRevision.organisation",
        "sessions_app.MinutesVersion.organisation",
        "sessions_app.DecisionRecord.organisation",
    )
