"""Answers to coming sessions pass from somebody who leaves to the successor; a pouvoir belongs to the organisation."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from core.lifecycle import replacing
from core.lifecycle.replacing import Handler, Leaving, Line
from sessions_app.enums import SessionState
from sessions_app.models import Answer, Session
from sessions_app.responses.by_organisation import responses_by_organisation
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.services import takes_answers, tell_of_lapse, tell_of_pouvoir
from sessions_app.sessions.locks import hold


def _open_sessions(leaving: Leaving) -> list[Session]:
    """Announced sessions that have not begun, the lower number first."""
    announced = Session.objects.filter(state=SessionState.ANNOUNCED).order_by("number")
    return [session for session in announced if takes_answers(session, leaving.now)]


def _preview(leaving: Leaving) -> Iterator[Line]:
    own, as_substitute = [], []
    rows = Answer.objects.filter(session__in=_open_sessions(leaving), organisation=leaving.organisation)
    for row in rows.select_related("session").order_by("session__number", "pk"):
        if row.user_id == leaving.leaver.pk:
            own.append(f"{row.session}: {row.get_choice_display()}")
        elif row.substitute_id == leaving.leaver.pk:
            as_substitute.append(str(row.session))
    text = ngettext("%(count)d answer to a coming session", "%(count)d answers to coming sessions", len(own))
    yield Line(text % {"count": len(own)}, len(own), own)
    text = ngettext(
        "%(count)d coming session at which the leaver stands in for a colleague",
        "%(count)d coming sessions at which the leaver stands in for a colleague",
        len(as_substitute),
    )
    yield Line(text % {"count": len(as_substitute)}, len(as_substitute), as_substitute)


def _move(leaving: Leaving) -> None:
    for session in _open_sessions(leaving):
        rows = Answer.objects.filter(session=hold(session)).select_related("organisation", "holder")
        then = list(rows)
        _move_in(session, leaving, [row for row in then if row.organisation_id == leaving.organisation.pk])
        before, after = responses_by_organisation(then), responses_by_organisation(rows.all())
        given = [
            found[leaving.organisation.pk].pouvoir if leaving.organisation.pk in found else None
            for found in (before, after)
        ]
        tell_of_pouvoir(
            session, leaving.organisation, *(row and row.holder for row in given), by=leaving.by, now=leaving.now
        )
        tell_of_lapse(session, leaving.organisation, before, after, by=leaving.by, now=leaving.now)


def _move_in(session: Session, leaving: Leaving, rows: list[Answer]) -> None:
    leaver, successor = leaving.leaver, leaving.successor
    own = next((row for row in rows if row.user_id == leaver.pk), None)
    theirs = next((row for row in rows if row.user_id == successor.pk), None)
    if theirs is not None and theirs.substitute_id == leaver.pk:
        theirs.delete()  # nobody is represented by somebody who left: what the leaver answered counts, or nothing yet
        theirs = None
    for row in rows:
        if row.substitute_id == leaver.pk and row.user_id != successor.pk:
            row.substitute = successor
            row.full_clean()
            row.save()
    if own is None:
        return
    if theirs is not None and (own.holder_id is None or theirs.choice == AnswerChoice.YES):
        own.delete()  # the successor has said so already
        return
    if theirs is not None:
        theirs.delete()  # the pouvoir that the leaver gave stands
    if own.substitute_id == successor.pk:
        own.choice, own.substitute = AnswerChoice.YES, None
    own.user = successor
    own.full_clean()
    own.save()


def register() -> None:
    replacing.register(
        Handler(
            order=10,
            relations=("sessions_app.Answer.user", "sessions_app.Answer.substitute"),
            preview=_preview,
            move=_move,
        )
    )
