"""Two things at once, against a real PostgreSQL: threads with connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.accounts import rights
from core.accounts.models import User
from core.accounts.rights import PermissionRefused
from core.formatting import names
from core.partial_dates import day
from core.transitions import Overtaken, Refusal
from governance.consultations import ballots, services as consultations
from governance.consultations.ballots import BallotConflict
from governance.consultations.services import Question
from governance.enums import HandoverState, Stance
from governance.handovers import completion, services
from governance.models import Ballot, Handover, HandoverStep, Mandate
from members.models import Organisation
from sessions_app.minutes import services as minutes
from sessions_app.models import MinutesVersion
from tests import factories
from tests.factories import days
from tests.governance.stage import Stage, set_stage
from tests.support import races

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (Refusal, ValidationError, PermissionRefused, BallotConflict)
WAIT = 20  # seconds until a test gives up


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return set_stage()


def together(*acts: Callable[[], Any]) -> list[Any]:
    return races.together(*acts, refusals=REFUSED)


def fresh(stage: Stage, role: str) -> User:
    """Each thread asks with a row of its own, as each request does."""
    return User.objects.get(pk=stage.people[role].pk)


def done(results: list[Any]) -> int:
    return sum(not isinstance(result, REFUSED) for result in results)


@pytest.mark.parametrize("_again", range(3))
def test_two_handovers_opened_at_once(stage: Stage, _again: int) -> None:
    def opening(receiver: Organisation) -> Callable[[], Handover]:
        return lambda: services.open_draft(
            by=fresh(stage, "holder"), receiver=receiver, purpose="…", now=timezone.now()
        )

    results = together(opening(stage.receiver), opening(stage.others[0]))
    assert done(results) == 1
    assert Handover.objects.count() == 1


def test_handed_over_twice_at_once(stage: Stage) -> None:
    handover = stage.validated()
    stage.supply_identity()

    def completing() -> Handover:
        return completion.complete(handover=handover, by=fresh(stage, "holder"), now=timezone.now())

    results = together(completing, completing, completing)
    assert done(results) == 1
    assert Mandate.objects.count() == 2
    assert HandoverStep.objects.filter(handover=handover, step="complete").count() == 1


def test_declining_during_acceptance(stage: Stage) -> None:
    """Whichever comes first, the log tells a legal story and nothing is half done."""
    handover = stage.proposed()
    document = stage.document()

    def accepting() -> Handover:
        return services.accept(
            handover=handover,
            by=fresh(stage, "receiver"),
            body="Comité",
            accepted_on=day(days(0)),
            documents=[document],
            now=timezone.now(),
        )

    def declining() -> Handover:
        return services.decline(handover=handover, by=fresh(stage, "receiver"), reason="Non.", now=timezone.now())

    accepted, declined = together(accepting, declining)
    handover.refresh_from_db()
    assert handover.state == HandoverState.DECLINED
    assert not isinstance(declined, REFUSED)
    steps = list(handover.steps.values_list("step", flat=True))
    assert steps in (["draft", "propose", "accept", "decline"], ["draft", "propose", "decline"])
    assert isinstance(accepted, REFUSED) == ("accept" not in steps)
    assert handover.documents.count() == ("accept" in steps)


def test_declining_while_it_is_handed_over(stage: Stage) -> None:
    handover = stage.validated()
    stage.supply_identity()

    def completing() -> Handover:
        return completion.complete(handover=handover, by=fresh(stage, "holder"), now=timezone.now())

    def declining() -> Handover:
        return services.decline(handover=handover, by=fresh(stage, "receiver"), reason="Non.", now=timezone.now())

    results = together(completing, declining)
    assert done(results) == 1
    handover.refresh_from_db()
    running = Mandate.objects.organisation_at(timezone.now())
    assert running == (stage.receiver if handover.state == HandoverState.EFFECTIVE else stage.holder)
    assert Mandate.objects.count() == (2 if handover.state == HandoverState.EFFECTIVE else 1)


def test_publishing_that_has_begun_ends_before_the_handover(stage: Stage) -> None:
    """A writer inside its transaction makes the handover wait; what it wrote is its own."""
    handover = stage.validated()
    stage.supply_identity()
    session = factories.MinutesFactory(session=factories.SessionFactory(items=1)).session
    inside, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def publishing() -> MinutesVersion:
        with transaction.atomic():
            rights.check_for_writing(fresh(stage, "holder"), "sessions_app.publish_minutes", session)
            inside.set()
            assert go_on.wait(WAIT)
            version = minutes.publish(session=session, by=fresh(stage, "holder"), based_on=0, now=timezone.now())
            order.append("published")
        return version

    def completing() -> Handover:
        assert inside.wait(WAIT)
        threading.Timer(0.5, go_on.set).start()
        found = completion.complete(handover=handover, by=fresh(stage, "holder"), now=timezone.now())
        order.append("handed over")
        return found

    version, completed = together(publishing, completing)
    assert order == ["published", "handed over"]
    assert version.organisation == stage.holder
    assert completed.state == HandoverState.EFFECTIVE


def test_publishing_after_the_handover_is_refused_with_the_reason(stage: Stage) -> None:
    """The writer waits for a handover under way, then hears that the mandate has ended."""
    handover = stage.validated()
    stage.supply_identity()
    session = factories.MinutesFactory(session=factories.SessionFactory(items=1)).session
    inside, go_on = threading.Event(), threading.Event()

    def completing() -> Handover:
        with transaction.atomic():
            found = completion.complete(handover=handover, by=fresh(stage, "holder"), now=timezone.now())
            inside.set()
            assert go_on.wait(WAIT)
        return found

    def publishing() -> MinutesVersion:
        user = fresh(stage, "holder")
        assert inside.wait(WAIT)
        assert user.has_perm("sessions_app.publish_minutes", session), "the page was open before"
        threading.Timer(0.5, go_on.set).start()
        return minutes.publish(session=session, by=user, based_on=0, now=timezone.now())

    _completed, refused = together(completing, publishing)
    assert isinstance(refused, PermissionRefused)
    assert names.of(stage.holder.label) in str(refused.answer.reason)
    assert not MinutesVersion.objects.exists()


def test_two_people_of_one_organisation_answer_at_once(stage: Stage) -> None:
    question = Question(title="Un essai", question="D’accord ?")
    consultation = consultations.prepare(by=stage.people["holder"], question=question, now=timezone.now())
    consultations.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())

    def giving(role: str, stance: Stance) -> Callable[[], Ballot]:
        return lambda: ballots.give(
            consultation=consultation,
            by=fresh(stage, role),
            organisation=stage.receiver,
            stance=stance,
            based_on=0,
            now=timezone.now(),
        )

    results = together(giving("receiver", Stance.CONSENT), giving("receiving_substitute", Stance.ABSTENTION))
    assert done(results) == 1
    assert Ballot.objects.count() == 1
    assert any(isinstance(result, BallotConflict) for result in results)


def test_closing_while_somebody_answers(stage: Stage) -> None:
    """The frozen result and the stored voices always agree."""
    question = Question(title="Un essai", question="D’accord ?")
    consultation = consultations.prepare(by=stage.people["holder"], question=question, now=timezone.now())
    consultations.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())

    def closing() -> Any:
        return consultations.close_by_hand(consultation=consultation, by=fresh(stage, "holder"), now=timezone.now())

    def answering() -> Any:
        try:
            return ballots.give(
                consultation=consultation,
                by=fresh(stage, "other0"),
                organisation=stage.others[0],
                stance=Stance.CONSENT,
                now=timezone.now(),
            )
        except Overtaken:
            return None

    together(closing, answering)
    consultation.refresh_from_db()
    assert consultation.result["consent"] == Ballot.objects.count()
