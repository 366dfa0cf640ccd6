"""Two people at once around a session: threads with connections of their own, against a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core import partial_dates
from core.accounts.models import User
from core.notifications.models import Notification
from sessions_app.checklist import services as checklist
from sessions_app.date_polls import services as dates
from sessions_app.evaluations import services as evaluations
from sessions_app.models import (
    CandidateDate,
    DateAnswer,
    DatePoll,
    Evaluation,
    EvaluationAnswer,
    PreparationTask,
    Session,
)
from tests import factories
from tests.support import races
from tests.support.people import make_people

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (ValidationError, dates.SearchClosed, evaluations.EvaluationClosed)


def together(*acts: Callable[[], Any]) -> list[Any]:
    return races.together(*acts, refusals=REFUSED)


def fresh(user: User) -> User:
    """Each thread asks with a row of its own, as each request does."""
    return User.objects.get(pk=user.pk)


def refusals(results: list[Any]) -> int:
    return sum(isinstance(result, REFUSED) for result in results)


@pytest.fixture
def stage(transactional_db):
    people = make_people()
    factories.SpaceFactory()
    day = factories.days(60)
    session = factories.SessionFactory(draft=True, number=24, date=partial_dates.month(day.year, day.month))
    return SimpleNamespace(people=people, session=session, member=people.member.positions.get().organisation)


def search(stage):
    return dates.open_search(
        session=Session.objects.get(pk=stage.session.pk),
        by=fresh(stage.people.animator),
        slots=[(factories.moment(day), factories.moment(day + 0.1)) for day in (60, 67)],
        closes_at=factories.moment(10),
        note="",
        now=timezone.now(),
    )


def test_two_searches_opened_at_once(stage):
    assert refusals(together(lambda: search(stage), lambda: search(stage))) == 1
    assert DatePoll.objects.count() == 1


def test_two_dates_kept_at_once(stage):
    search(stage)

    def keep(key):
        date = CandidateDate.objects.select_related("poll__session").get(pk=key)
        return dates.keep(date=date, by=fresh(stage.people.animator), now=timezone.now())

    first, second = CandidateDate.objects.values_list("pk", flat=True)
    assert refusals(together(lambda: keep(first), lambda: keep(second))) == 1
    chosen = CandidateDate.objects.get(chosen_at__isnull=False)
    assert Session.objects.get(pk=stage.session.pk).starts_at == chosen.starts_at
    assert Notification.objects.filter(kind="sessions_app.date_kept").count() == 3
    assert PreparationTask.objects.count() == 5


def test_two_people_of_one_organisation_answer_at_once(stage):
    poll = search(stage)
    colleague = factories.PositionFactory(organisation=stage.member).user

    def answer(user, availability):
        given = dict.fromkeys(CandidateDate.objects.all(), availability)
        dates.answer(poll=poll, by=fresh(user), organisation=stage.member, answers=given, now=timezone.now())

    together(lambda: answer(stage.people.member, "yes"), lambda: answer(colleague, "no"))
    assert DateAnswer.objects.count() == 2
    assert len(set(DateAnswer.objects.values_list("availability", "answered_by"))) == 1  # one of the two, whole


def test_a_date_is_kept_while_somebody_answers(stage):
    poll = search(stage)
    date = CandidateDate.objects.select_related("poll__session").first()

    def answer():
        dates.answer(
            poll=poll,
            by=fresh(stage.people.member),
            organisation=stage.member,
            answers={date: "yes"},
            now=timezone.now(),
        )

    together(answer, lambda: dates.keep(date=date, by=fresh(stage.people.animator), now=timezone.now()))
    assert CandidateDate.objects.filter(chosen_at__isnull=False).count() == 1


def test_a_task_ticked_by_two_at_once_is_done_once(stage):
    colleague = factories.PositionFactory(organisation=stage.people.animating).user
    task = checklist.add(session=stage.session, by=stage.people.animator, title="Imprimer", now=timezone.now())

    def tick(user):
        row = PreparationTask.objects.select_related("session").get(pk=task.pk)
        return checklist.set_done(task=row, by=fresh(user), done=True, now=timezone.now())

    first, second = together(lambda: tick(stage.people.animator), lambda: tick(colleague))
    assert first.done_by == second.done_by


def test_the_template_taken_twice_at_once_is_dealt_once(stage):
    def take():
        session = Session.objects.get(pk=stage.session.pk)
        return checklist.take_template(session=session, by=fresh(stage.people.animator), now=timezone.now())

    assert sorted(together(take, take)) == [0, 5]


@pytest.fixture
def evaluated(stage):
    session = factories.SessionFactory(number=22)
    factories.AttendanceFactory(session=session, organisation=stage.member)
    User.objects.filter(pk=stage.people.member.pk).update(
        last_login=timezone.now()
    )  # who can open the portal is told there
    return session


def evaluate(stage, session):
    return evaluations.open_evaluation(
        session=session, by=fresh(stage.people.animator), closes_at=factories.moment(9), now=timezone.now()
    )


def test_two_evaluations_opened_at_once(stage, evaluated):
    assert refusals(together(lambda: evaluate(stage, evaluated), lambda: evaluate(stage, evaluated))) == 1
    assert Evaluation.objects.count() == 1
    assert Notification.objects.filter(kind=evaluations.OPENED).count() == 1


def test_one_person_answers_in_two_windows_at_once(stage, evaluated):
    evaluation = evaluate(stage, evaluated)

    def answer(mark):
        evaluations.answer(
            evaluation=evaluation, by=fresh(stage.people.member), marks=[mark] * 4, words="", now=timezone.now()
        )

    together(lambda: answer(1), lambda: answer(5))
    assert EvaluationAnswer.objects.count() == 1


def test_an_answer_given_while_it_closes_is_counted_or_refused(stage, evaluated):
    evaluation = evaluate(stage, evaluated)

    def answer():
        evaluations.answer(
            evaluation=evaluation, by=fresh(stage.people.member), marks=[4] * 4, words="", now=timezone.now()
        )

    def close():
        return evaluations.close(evaluation=evaluation, by=fresh(stage.people.animator), now=timezone.now())

    answered, closed = together(answer, close)
    assert closed.results["answers"] == (0 if isinstance(answered, REFUSED) else 1)
    assert not EvaluationAnswer.objects.exists()
