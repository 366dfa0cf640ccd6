"""Every two writes on one handover, and on one consultation, at once: no deadlock, no impossible log, nothing lost.

A deadlock or any fault but a refusal fails `together`; what two writes leave behind is compared with what they said.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.accounts.models import User
from core.accounts.rights import PermissionRefused
from core.partial_dates import day
from core.transitions import Refusal
from governance.consultations import ballots, proxies, services as consultations
from governance.consultations.services import Question
from governance.enums import ConsultationState, HandoverState, Side, Stance, Step
from governance.handovers import completion, corrections, services
from governance.handovers.transitions import TABLE
from governance.models import Ballot, Consultation, Handover, PackLine, Proxy
from governance.pack import lines
from tests.factories import days, moment
from tests.governance.stage import Stage, set_stage
from tests.support import races

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (Refusal, ValidationError, PermissionRefused)
S = HandoverState
Write = Callable[[], Any]


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    stage = set_stage()
    stage.supply_identity()
    return stage


def person(stage: Stage, role: str) -> User:
    """A row of its own for each request."""
    return User.objects.get(pk=stage.people[role].pk)


def at_once(first: Write, second: Write) -> list[Any]:
    return races.together(first, second, refusals=REFUSALS)


def succeeded(result: Any) -> bool:
    return not isinstance(result, REFUSALS)


def handover_writes(stage: Stage, handover: Handover) -> dict[str, Write]:
    """What people may send from the pages of a handover, whatever its state."""
    session, document = stage.session(), stage.document()
    now = timezone.now
    draft = consultations.prepare(
        by=stage.people["holder"], question=Question(title="Q", question="?"), handover=handover, now=now()
    )

    def of(role: str, service: Callable[..., Any], **given: Any) -> Write:
        return lambda: service(handover=handover, by=person(stage, role), now=now(), **given)

    def note() -> Any:
        return lines.annotate(handover=handover, by=person(stage, "holder"), key="domain", note="Chez X")

    tick = {"key": "domain", "side": Side.RECEIVER, "done": True}
    acceptance = {"body": "CA", "accepted_on": day(days(0)), "documents": [document]}
    corrected = {"changes": {"proposed_on": day(days(-1))}, "reason": "Veille."}
    return {
        "accept": of("receiver", services.accept, **acceptance),
        "validate": of("holder", services.validate, session=session, statement="Validé."),
        "complete": of("holder", completion.complete),
        "schedule": of("holder", completion.complete, at=moment(2)),
        "decline": of("receiver", services.decline, reason="Non."),
        "withdraw": of("holder", services.withdraw, reason="Non."),
        "correct": of("administrator", corrections.correct, **corrected),
        "note": note,
        "tick": of("receiver", lines.tick, **tick),
        "consult": lambda: consultations.open_by_hand(consultation=draft, by=person(stage, "holder"), now=now()),
    }


def legal_story(handover: Handover) -> None:
    """The log leads from the draft to the state by legal moves, in the order of time."""
    handover.refresh_from_db()
    state = S.DRAFT
    rows = list(handover.steps.all())
    assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
    for row in rows[1:]:
        if row.step == Step.CORRECT:
            continue
        move = TABLE[Step(row.step)]
        assert state in move.sources, [row.step for row in rows]
        state = move.target
        if row.step == Step.COMPLETE and handover.state != S.EFFECTIVE:  # set for a moment that has not come
            state = S.SCHEDULED
    assert state == handover.state, [row.step for row in rows]


PAIRS = {
    S.PROPOSED: ("accept", "decline", "withdraw", "correct"),
    S.ACCEPTED: ("validate", "decline", "withdraw", "correct", "note", "tick", "consult"),
    S.VALIDATED: ("complete", "schedule", "decline", "withdraw", "correct", "note", "tick"),
}


@pytest.mark.parametrize("state", list(PAIRS))
def test_two_writes_on_one_handover(stage: Stage, state: HandoverState) -> None:
    reach = {S.PROPOSED: stage.proposed, S.ACCEPTED: stage.accepted, S.VALIDATED: stage.validated}[state]
    for first, second in combinations_with_replacement(PAIRS[state], 2):
        handover = reach()
        writes = handover_writes(stage, handover)
        said = dict(enumerate(at_once(writes[first], writes[second])))
        names = (first, second)
        done = [name for place, name in enumerate(names) if succeeded(said[place])]
        about = f"{names} → {[str(result) for result in said.values()]}"
        legal_story(handover)
        line = PackLine.objects.filter(handover=handover).first()
        assert PackLine.objects.filter(handover=handover).count() == (1 if {"note", "tick"} & set(done) else 0), about
        assert "note" not in done or line.note == "Chez X", about
        assert "tick" not in done or line.received_at is not None, about
        if "correct" in done:
            assert handover.proposed_on == day(days(-1)), about
        if {"validate", "consult"} == set(names):
            assert len(done) == 1, f"members are asked about what is decided: {about}"
        for name in ("accept", "validate", "complete", "decline", "withdraw"):
            taken = handover.steps.filter(step=name).count()
            assert taken == min(1, taken), about
            assert name not in done or taken == 1, about
        _clear(stage, handover)


def _clear(stage: Stage, handover: Handover) -> None:
    """Leaves the space as it was, so that the next pair finds it in the same state."""
    if handover.is_open:
        services.withdraw(handover=handover, by=person(stage, "holder"), reason="Au suivant.", now=timezone.now())
    for consultation in Consultation.objects.filter(state=ConsultationState.OPEN):
        consultations.call_off(
            consultation=consultation, by=person(stage, "holder"), reason="Au suivant.", now=timezone.now()
        )
    if handover.state == S.EFFECTIVE:  # a mandate that has started cannot be taken away: the animation comes back
        stage.holder, stage.receiver = stage.receiver, stage.holder
        for one, other in (("holder", "receiver"), ("substitute", "receiving_substitute")):
            stage.people[one], stage.people[other] = stage.people[other], stage.people[one]
        if not stage.receiver.legal_identities.exists():
            stage.supply_identity()


def consultation_writes(stage: Stage, found: Consultation) -> dict[str, Write]:
    now = timezone.now
    giver, holder = stage.others[:2]

    def of(role: str, service: Callable[..., Any], **given: Any) -> Write:
        return lambda: service(consultation=found, by=person(stage, role), now=now(), **given)

    return {
        "answer": of("other0", ballots.give, organisation=giver, stance=Stance.CONSENT, based_on=0),
        "answer of a colleague": of(
            "colleague", ballots.give, organisation=giver, stance=Stance.ABSTENTION, based_on=0
        ),
        "answer of another": of("other1", ballots.give, organisation=holder, stance=Stance.CONSENT, based_on=0),
        "entrust": of("other0", proxies.give, giver=giver, holder=holder),
        "entrust the other way": of("other1", proxies.give, giver=holder, holder=giver),
        "record": of("holder", ballots.record_on_behalf, organisation=giver, stance=Stance.CONSENT),
        "remind": of("holder", consultations.remind),
        "close": of("holder", consultations.close_by_hand),
        "cancel": of("holder", consultations.call_off, reason="Doublon."),
    }


def test_two_writes_on_one_open_consultation(stage: Stage) -> None:
    from tests import factories

    colleague = factories.UserFactory(email="collegue@exemple.example", signs_in=True)
    factories.PositionFactory(user=colleague, organisation=stage.others[0], substitute=True)
    stage.people["colleague"] = colleague
    session = stage.session()
    factories.AttendanceFactory(session=session, organisation=stage.others[0])
    names = list(consultation_writes(stage, Consultation()))
    for first, second in combinations_with_replacement(names, 2):
        found = consultations.prepare(
            by=stage.people["holder"], question=Question("Q", "?", session=session), now=timezone.now()
        )
        consultations.open_by_hand(consultation=found, by=stage.people["holder"], now=timezone.now())
        writes = consultation_writes(stage, found)
        results = at_once(writes[first], writes[second])
        done = [name for name, result in zip((first, second), results, strict=True) if succeeded(result)]
        about = f"{(first, second)} → {[str(result) for result in results]}"
        found.refresh_from_db()
        given = Ballot.objects.filter(voter__consultation=found)
        running = Proxy.objects.filter(giver__consultation=found, revoked_at=None)
        assert not (set(done) >= {"close", "cancel"}), about
        assert done.count("close") <= 1, about
        assert done.count("cancel") <= 1, about
        if "close" in done:
            assert sum(found.result[stance] for stance in Stance.values) == given.count(), about
            assert found.state == ConsultationState.CLOSED, about
        if "cancel" in done:
            assert found.state == ConsultationState.CANCELLED, about
        if {first, second} == {"answer", "answer of a colleague"}:
            assert len(done) == 1, f"one of them was not seen: {about}"
        if {first, second} == {"entrust", "entrust the other way"}:
            assert len(done) == 1, f"each speaks for the other: {about}"
        if "answer of another" in done and not {"entrust the other way"} & set(done):
            assert given.filter(voter__organisation=stage.others[1]).exists(), about
        own = given.filter(voter__organisation=stage.others[0], proxy=None)
        assert not (own.exists() and running.filter(giver__organisation=stage.others[0]).exists()), about


def test_a_draft_that_is_changed_while_it_is_opened(stage: Stage) -> None:
    """A text that was answered as saved is in the question that is asked."""
    for _again in range(5):
        found = consultations.prepare(by=stage.people["holder"], question=Question("Avant", "?"), now=timezone.now())

        def change(found: Consultation = found) -> Any:
            question = Question("Après", "?")
            return consultations.edit(
                consultation=found, by=person(stage, "holder"), question=question, now=timezone.now()
            )

        def start(found: Consultation = found) -> Any:
            return consultations.open_by_hand(consultation=found, by=person(stage, "holder"), now=timezone.now())

        changed, opened = at_once(change, start)
        found.refresh_from_db()
        assert succeeded(opened)
        assert found.title == ("Après" if succeeded(changed) else "Avant")
        with transaction.atomic():
            assert found.voters.count() == 6
