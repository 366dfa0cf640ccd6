"""Random sequences of steps, intérim and the passing of time included: exactly one mandate runs, always."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.accounts.rights import PermissionRefused
from core.partial_dates import day
from core.transitions import Refusal
from governance.consultations import ballots, clock, services as consultations
from governance.enums import ENDED_STATES, OPEN_STATES, HandoverState, Stance
from governance.handovers import completion, interim, services
from governance.models import Handover, Mandate
from members.models import Organisation
from tests.governance.stage import Stage, set_stage

REFUSALS = (ValidationError, Refusal, PermissionRefused)
START = dt.datetime(2100, 1, 4, 9, tzinfo=dt.UTC)  # far ahead: the database's own clock has not reached it


class Handovers(RuleBasedStateMachine):
    """Everybody tries everything; whatever is refused changes nothing."""

    @initialize()
    def set_up(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.traveller = time_machine.travel(START, tick=False)
        self.clock = self.traveller.start()
        self.stage: Stage = set_stage(others=3)
        for organisation in (self.stage.holder, self.stage.receiver, *self.stage.others):
            self.stage.supply_identity(organisation)
        self.session = self.stage.session()
        self.history: list[tuple[int, dt.datetime]] = [(self.stage.mandate.pk, self.stage.mandate.starts_at)]

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            self.traveller.stop()
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # --- who and what ------------------------------------------------------------------------------------------

    @property
    def everybody(self) -> list[str]:
        return ["holder", "substitute", "receiver", "other0", "other1", "other2", "administrator"]

    def organisation(self, number: int) -> Organisation:
        return [self.stage.holder, self.stage.receiver, *self.stage.others][number]

    def person(self, name: str) -> Any:
        user = self.stage.people[name]
        user.__dict__.pop("_rights_memory", None)
        return user

    def newest(self) -> Handover | None:
        return Handover.objects.open().order_by("-pk").first() or Handover.objects.order_by("-pk").first()

    def attempt(self, act: Callable[..., Any], **given: Any) -> Any:
        try:
            with transaction.atomic():
                return act(now=timezone.now(), **given)
        except REFUSALS:
            return None

    # --- steps -------------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(["holder", "substitute", "receiver", "other0"]), to=st.integers(0, 4))
    def draft(self, who: str, to: int) -> None:
        self.attempt(services.open_draft, by=self.person(who), receiver=self.organisation(to), purpose="…")

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        handover = self.newest()
        if handover is None:
            return
        who = data.draw(st.sampled_from(self.everybody))
        name = data.draw(st.sampled_from(["propose", "accept", "validate", "complete", "decline", "withdraw"]))
        common = {"handover": handover, "by": self.person(who)}
        if name == "propose":
            self.attempt(services.propose, **common)
        elif name == "accept":
            given = {"body": "Comité", "accepted_on": day(timezone.localdate()), "documents": [self.stage.document()]}
            self.attempt(services.accept, **common, **given)
        elif name == "validate":
            self.attempt(services.validate, **common, **self.validation(handover, data))
        elif name == "complete":
            days = data.draw(st.sampled_from([-1, 0, 3]))
            at = None if days == 0 else timezone.now() + dt.timedelta(days=days)
            self.attempt(completion.complete, **common, at=at)
        else:
            self.attempt(getattr(services, name), **common, reason="…")

    def validation(self, handover: Handover, data: st.DataObject) -> dict[str, Any]:
        if handover.is_interim:
            return {"consultation": handover.consultations.first()}
        session = data.draw(st.sampled_from([self.session, None]))
        return {"session": session, "statement": "Validé."}

    @rule(step=st.sampled_from(["right", "right", "right", "wrong"]))
    def walk_on(self, step: str) -> None:
        """The right person takes the next step, so that walks get far."""
        handover = self.newest()
        if handover is None:
            return
        by_organisation = {
            self.organisation(number).pk: name
            for number, name in enumerate(["holder", "receiver", "other0", "other1", "other2"])
        }
        holder, receiver = by_organisation[handover.holder_id], by_organisation[handover.receiver_id]
        state = handover.state_at(timezone.now())
        if state == HandoverState.DRAFT and handover.is_interim:
            for number, name in enumerate(["holder", "receiver", "other0", "other1", "other2"]):
                given = {"organisation": self.organisation(number), "reason": "…"}
                self.attempt(interim.join, handover=handover, by=self.person(name), **given)
        elif state == HandoverState.DRAFT:
            self.attempt(services.propose, handover=handover, by=self.person(holder))
        elif state == HandoverState.PROPOSED:
            given = {"body": "Comité", "accepted_on": day(timezone.localdate()), "documents": [self.stage.document()]}
            self.attempt(services.accept, handover=handover, by=self.person(receiver), **given)
        elif state == HandoverState.ACCEPTED:
            if handover.is_interim:
                self.members_agree(handover)
            by = self.person(receiver if handover.is_interim else holder)
            given = {"session": self.stage.session(cancelled=step == "wrong"), "statement": "Validé."}
            if handover.is_interim:
                given = {"consultation": handover.consultations.first()}
            self.attempt(services.validate, handover=handover, by=by, **given)
        elif state == HandoverState.VALIDATED:
            by = self.person(receiver if handover.is_interim else holder)
            self.attempt(completion.complete, handover=handover, by=by)

    # --- intérim -----------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(["holder", "receiver", "other0", "other1", "other2"]), to=st.integers(0, 4))
    def ask_interim(self, who: str, to: int) -> None:
        own = self.organisation(["holder", "receiver", "other0", "other1", "other2"].index(who))
        running = Handover.objects.open().filter(kind="interim").first()
        common = {"by": self.person(who), "organisation": own, "reason": "…"}
        if running is None:
            self.attempt(interim.request, receiver=self.organisation(to), **common)
        else:
            self.attempt(interim.join, handover=running, **common)

    @rule(stance=st.sampled_from([Stance.CONSENT, Stance.OBJECTION]))
    def members_answer(self, stance: Stance) -> None:
        handover = Handover.objects.open().filter(kind="interim", state=HandoverState.ACCEPTED).first()
        if handover is not None:
            self.members_agree(handover, stance)

    def members_agree(self, handover: Handover, stance: Stance = Stance.CONSENT) -> None:
        consultation = handover.consultations.first()
        for number, name in enumerate(["holder", "receiver", "other0", "other1"]):
            given = {"organisation": self.organisation(number), "stance": stance, "reason": "…"}
            self.attempt(ballots.give, consultation=consultation, by=self.person(name), **given)
        for name in ("receiver", "other0", "other1", "other2"):
            self.attempt(consultations.close_by_hand, consultation=consultation, by=self.person(name))

    # --- time --------------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 24, 24 * 5, 24 * 40]), beat=st.booleans())
    def time_passes(self, hours: int, beat: bool) -> None:
        self.clock.shift(dt.timedelta(hours=hours))
        if beat:
            completion.settle(now=timezone.now())
            clock.turn(now=timezone.now())

    # --- what always holds -------------------------------------------------------------------------------------

    @invariant()
    def exactly_one_mandate_runs(self) -> None:
        if not hasattr(self, "stage"):
            return
        now = timezone.now()
        rows = list(Mandate.objects.with_end().order_by("starts_at"))
        running = [row for row in rows if row.starts_at <= now and (row.ends_at is None or now < row.ends_at)]
        assert len(running) == 1
        assert running[0] == Mandate.objects.running(now)
        assert Mandate.objects.coming(now).count() <= 1

    @invariant()
    def only_its_people_animate(self) -> None:
        if not hasattr(self, "stage"):
            return
        animating = Mandate.objects.organisation_at(timezone.now())
        for number, name in enumerate(["holder", "receiver", "other0", "other1", "other2"]):
            allowed = self.person(name).has_perm("sessions_app.prepare_session")
            assert allowed == (self.organisation(number) == animating), name

    @invariant()
    def history_is_never_rewritten(self) -> None:
        if not hasattr(self, "stage"):
            return
        now = timezone.now()
        started = list(Mandate.objects.started(now).order_by("starts_at").values_list("pk", "starts_at"))
        assert started[: len(self.history)] == self.history
        self.history = started

    @invariant()
    def one_open_handover_of_a_kind_with_its_mandate(self) -> None:
        if not hasattr(self, "stage"):
            return
        now = timezone.now()
        for kind in ("ordinary", "interim"):
            assert Handover.objects.filter(kind=kind, state__in=OPEN_STATES).count() <= 1
        for handover in Handover.objects.with_names():
            moved = handover.state_at(now) == HandoverState.EFFECTIVE
            assert moved == (handover.incoming_id is not None and handover.incoming.starts_at <= now)
            assert (handover.ended_at is not None) == (handover.state in ENDED_STATES)
            if moved:
                assert handover.incoming.organisation_id == handover.receiver_id
                assert handover.proposed_at <= handover.accepted_at <= handover.validated_at <= handover.completed_at


def walk(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Handovers,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=examples < 50,
        ),
    )


def test_short_walks(transactional_db: None, caplog: pytest.LogCaptureFixture) -> None:
    walk(examples=6, steps=25)


@pytest.mark.long
@pytest.mark.timeout(1200)  # three thousand steps
def test_long_walks(transactional_db: None) -> None:
    walk(examples=60, steps=50)
