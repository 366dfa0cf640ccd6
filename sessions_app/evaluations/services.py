"""Writes of an evaluation: open, answer, close.

Closing sums the answers up and deletes them in the same transaction. Until then nobody is shown any result: two
looks, one before and one after somebody answered, would tell what he or she said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.accounts.models import User
from core.notifications import services as notifications
from core.notifications.each_row import each_row
from core.transitions import Refusal
from members.models import Position
from members.people import readers
from sessions_app.checklist.services import helpers
from sessions_app.enums import PRESENT
from sessions_app.evaluations import links
from sessions_app.evaluations.respondent_key import known_keys, respondent_key
from sessions_app.evaluations.results import summed
from sessions_app.models import Attendance, Attendee, Evaluation, EvaluationAnswer, EvaluationQuestion, Session
from sessions_app.models.evaluation import RATED
from sessions_app.sessions.locks import hold

RUN, EVALUATE = "sessions_app.run_evaluation", "sessions_app.evaluate"
OPENED, CLOSED = "sessions_app.evaluation_opened", "sessions_app.evaluation_closed"


class EvaluationClosed(Refusal):
    """`message` is shown to people."""

    message = gettext_lazy("This evaluation is closed.")


class NotYet(EvaluationClosed):
    message = gettext_lazy("A session is evaluated once it was held.")


class AlreadyOpened(EvaluationClosed):
    message = gettext_lazy("The evaluation of this session was opened already.")


class NobodyThere(EvaluationClosed):
    message = gettext_lazy("Record the attendance first: the evaluation goes to those who were there.")


def participants(session: Session, now: dt.datetime) -> QuerySet[User]:
    """The people recorded present, and who speaks today for an organisation recorded present."""
    there = Attendance.objects.filter(session=session, presence__in=PRESENT)
    named = Attendee.objects.filter(user=OuterRef("pk"), attendance__in=there)
    places = Position.objects.running(now).acting()
    speaks = places.filter(user=OuterRef("pk"), organisation__in=there.values("organisation"))
    return User.objects.filter(Q(Exists(named)) | Q(Exists(speaks)), is_active=True).by_name()


@transaction.atomic
def open_evaluation(*, session: Session, by: User, closes_at: dt.datetime, now: dt.datetime) -> Evaluation:
    """Freezes the questions of the space, opens them to the participants and tells them so; once a session.

    Those who cannot open the portal (never signed in, or without a position today) get a personal link by mail.
    Raises `NotYet`, `AlreadyOpened`, `NobodyThere`, `ValidationError`, `PermissionRefused`.
    """
    rights.check_for_writing(by, RUN, session)
    session = hold(session)
    if not session.is_past:
        raise NotYet
    if Evaluation.objects.filter(session=session).exists():
        raise AlreadyOpened
    if not Attendance.objects.filter(session=session, presence__in=PRESENT).exists():
        raise NobodyThere
    if closes_at <= now:
        raise ValidationError({"closes_on": _("The time to answer has passed already.")}, code="past")
    evaluation = Evaluation(
        session=session,
        questions=list(EvaluationQuestion.objects.values_list("text", flat=True)),
        opened_by=by,
        opened_at=now,
        closes_at=closes_at,
    )
    evaluation.full_clean()
    evaluation.save(force_insert=True)
    asked = participants(session, now).exclude(pk=by.pk)
    inside = asked.filter(pk__in=readers(now).values("pk"))
    _tell(OPENED, evaluation, inside, now=now)
    links.send(evaluation, asked.exclude(pk__in=inside.values("pk")), now=now)
    return evaluation


@transaction.atomic
def answer(*, evaluation: Evaluation, by: User, marks: Sequence[int | None], words: str, now: dt.datetime) -> None:
    """The answer of `by`, without a name; a later one replaces it. Raises `EvaluationClosed`, `ValidationError`,
    `PermissionRefused`."""
    rights.check_for_writing(by, EVALUATE, evaluation)
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if not evaluation.is_open(now):
        raise EvaluationClosed
    words = words.strip()
    if not words and all(mark is None for mark in marks):
        raise ValidationError(_("Answer at least one question."), code="none")
    row = own_answer(evaluation, by) or EvaluationAnswer(evaluation=evaluation)
    row.respondent_key = respondent_key(evaluation, by)
    row.mark_1, row.mark_2, row.mark_3, row.mark_4 = marks
    row.words = words
    row.full_clean()
    row.save()


def own_answer(evaluation: Evaluation, user: User) -> EvaluationAnswer | None:
    own = known_keys(evaluation, user)
    return EvaluationAnswer.objects.filter(evaluation=evaluation, respondent_key__in=own).order_by("pk").first()


@transaction.atomic
def close(*, evaluation: Evaluation, by: User, now: dt.datetime) -> Evaluation:
    """Ends the evaluation by hand and for good. Sent twice it is closed once; raises `PermissionRefused`."""
    rights.check_for_writing(by, RUN, evaluation.session)
    evaluation = Evaluation.objects.select_for_update(of=("self",)).select_related("session").get(pk=evaluation.pk)
    if evaluation.closed_at is None:
        _close(evaluation, at=min(now, evaluation.closes_at), now=now)
    return evaluation


def _close(evaluation: Evaluation, *, at: dt.datetime, now: dt.datetime) -> None:
    given = EvaluationAnswer.objects.filter(evaluation=evaluation)
    evaluation.results = summed([(row.marks, row.words) for row in given])
    evaluation.closed_at = at
    evaluation.full_clean()
    evaluation.save()
    given.delete()
    links.revoke(evaluation, now=now)


def close_due(*, now: dt.datetime) -> int:
    """Ends every evaluation whose time has come, and tells the animators; how many. Called by beat."""
    due = Evaluation.objects.filter(closed_at=None, closes_at__lte=now).order_by("pk").values_list("pk", flat=True)
    return sum(each_row(Evaluation, due, lambda key: _close_by_itself(key, now), now=now))


@transaction.atomic
def _close_by_itself(key: int, now: dt.datetime) -> bool:
    rows = Evaluation.objects.select_for_update(of=("self",), skip_locked=True).select_related("session")
    evaluation = rows.filter(pk=key, closed_at=None).first()
    if evaluation is None:
        return False
    _close(evaluation, at=evaluation.closes_at, now=now)
    _tell(CLOSED, evaluation, helpers(now), now=now)
    return True


@transaction.atomic
def save_questions(*, texts: Sequence[str], by: User) -> None:
    """The wording of the five questions from now on; evaluations that were opened keep theirs."""
    rights.check_for_writing(by, RUN)
    if len(texts) != RATED + 1:
        raise ValueError(texts)
    for place, text in enumerate(texts, start=1):
        row = EvaluationQuestion.objects.filter(place=place).first() or EvaluationQuestion(place=place)
        if row.text != text.strip():
            row.text = text.strip()
            row.full_clean()
            row.save()


def _tell(kind: str, evaluation: Evaluation, users: QuerySet[User], *, now: dt.datetime) -> None:
    session = evaluation.session
    notifications.notify(
        kind=kind, users=users, values={"number": session.number}, now=now, about=("session", session.public_id)
    )
