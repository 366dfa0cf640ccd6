"""What moves around sessions when two organisations become one, and how two rows of one session end as one."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from core.db.periods import today
from core.lifecycle import merging
from core.lifecycle.merging import Handler, Line, Merge, Text, moves
from core.text import name_key
from members.models import Organisation
from sessions_app.enums import MinutesState, Presence, SessionState
from sessions_app.minutes.snapshot import build_draft
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
    Session,
    Speaker,
)
from sessions_app.responses.by_organisation import OrganisationResponse, responses_by_organisation
from sessions_app.responses.services import POUVOIRS_PER_HOLDER, takes_answers, tell_of_lapse, tell_of_pouvoir
from sessions_app.sessions.locks import hold

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


def _under_review(merge: Merge) -> Iterator[Text]:
    """What reviewers were shown is adopted as it was, or not at all: nobody in it becomes somebody else."""
    circulated = Session.objects.filter(minutes__state=MinutesState.CIRCULATED).order_by("number")
    for session in circulated:
        if str(merge.merged.public_id) in json.dumps(build_draft(session, on=today(merge.now))):
            yield _(
                "The minutes of session %(number)s are under review and name %(name)s: wait until they are published, or take them back first."
            ) % {"number": session.number, "name": merge.merged.label}


def _of_attendance(merge: Merge) -> Iterator[Text]:
    yield from _represents_the_other(merge)
    yield from _under_review(merge)


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


def _too_many_pouvoirs(merge: Merge) -> Iterator[Text]:
    pair = (merge.merged, merge.kept)
    for session in _coming(merge):
        held = Answer.objects.filter(session=session, holder__in=pair).exclude(organisation__in=pair)
        if (
            held.values("organisation").distinct().count() > POUVOIRS_PER_HOLDER
            and len(set(held.values_list("holder"))) > 1
        ):
            yield _(
                "For session %(number)s both together hold more pouvoirs than the rule allows: have one taken back first."
            ) % {"number": session.number}


def _coming(merge: Merge) -> list[Session]:
    announced = Session.objects.filter(state=SessionState.ANNOUNCED).order_by("number")
    return [session for session in announced if takes_answers(session, merge.now)]


def _answers(merge: Merge) -> Iterator[Line]:
    yield from _own_pouvoirs(merge)
    yield from _ANSWERS.preview(merge)


def _move_answers(merge: Merge) -> None:
    """Whoever holds a pouvoir that ends or comes to another organisation hears of it, and whose pouvoir lapses by it."""
    coming = [hold(session) for session in _coming(merge)]
    rows = {
        session: Answer.objects.filter(session=session).select_related("organisation", "holder") for session in coming
    }
    then = {session: responses_by_organisation(list(rows[session])) for session in coming}
    for row in _ended_pouvoirs(merge):
        row.delete()
    Answer.objects.filter(holder=merge.merged).update(holder=merge.kept)
    _ANSWERS.apply(merge)
    for session in coming:
        _tell(merge, session, then[session], responses_by_organisation(rows[session].all()))


def _tell(
    merge: Merge, session: Session, then: dict[int, OrganisationResponse], after: dict[int, OrganisationResponse]
) -> None:
    pair = (merge.merged.pk, merge.kept.pk)
    of_kept = _holder(then.get(merge.kept.pk))
    for key, response in then.items():
        before, now_held = _holder(response), _holder(after.get(merge.kept.pk if key in pair else key))
        if key == merge.merged.pk and of_kept is not None:
            now_held = None  # what stands is that of what is kept
        if before is not None and not (key in pair and before.pk in pair):
            giver = response.answers[0].organisation
            tell_of_pouvoir(session, giver, before, now_held, by=merge.by, now=merge.now)
    tell_of_lapse(session, merge.kept, then, after, by=merge.by, now=merge.now)


def _holder(response: OrganisationResponse | None) -> Organisation | None:
    return response.pouvoir.holder if response is not None and response.pouvoir is not None else None


_ANSWERS = moves(
    21,
    Answer,
    "organisation",
    lambda count: ngettext("%(count)d answer to a session", "%(count)d answers to sessions", count) % {"count": count},
    once=("session", "user"),
)


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
            _of_attendance,
        )
    )
    pouvoirs = ("sessions_app.Answer.holder", *_ANSWERS.relations)
    merging.register(Handler(21, pouvoirs, _answers, _move_answers, _too_many_pouvoirs))
    merging.register(Handler(23, ("sessions_app.Guest.organisation",), _guests, _move_guests))
    for handler in (
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
