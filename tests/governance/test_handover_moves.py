"""Who may take which step from which state: the whole table, every cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.partial_dates import day
from core.transitions import Overtaken
from governance.enums import HandoverState, Step
from governance.handovers import completion, services
from governance.handovers.transitions import TABLE, next_steps
from governance.models import Handover
from tests.factories import days, moment
from tests.governance.stage import Stage

S = HandoverState

REACH: dict[HandoverState, Callable[[Stage], Handover]] = {
    S.DRAFT: lambda stage: stage.drafted(),
    S.PROPOSED: lambda stage: stage.proposed(),
    S.ACCEPTED: lambda stage: stage.accepted(),
    S.VALIDATED: lambda stage: stage.validated(),
    S.SCHEDULED: lambda stage: stage.completed(at=moment(30)),
    S.EFFECTIVE: lambda stage: stage.completed(),
    S.DECLINED: lambda stage: services.decline(
        handover=stage.proposed(), by=stage.people["receiver"], reason="Trop tôt.", now=timezone.now()
    ),
    S.WITHDRAWN: lambda stage: services.withdraw(
        handover=stage.proposed(), by=stage.people["holder"], reason="À revoir.", now=timezone.now()
    ),
}

# step → (who may, states from which it leads on, where to)
EXPECTED = {
    Step.PROPOSE: ({"holder"}, {S.DRAFT}, S.PROPOSED),
    Step.ACCEPT: ({"receiver"}, {S.PROPOSED}, S.ACCEPTED),
    Step.VALIDATE: ({"holder", "substitute"}, {S.ACCEPTED}, S.VALIDATED),
    Step.COMPLETE: ({"holder"}, {S.VALIDATED}, S.EFFECTIVE),
    Step.DECLINE: ({"receiver"}, {S.PROPOSED, S.ACCEPTED, S.VALIDATED, S.SCHEDULED}, S.DECLINED),
    Step.WITHDRAW: ({"holder"}, {S.DRAFT, S.PROPOSED, S.ACCEPTED, S.VALIDATED, S.SCHEDULED}, S.WITHDRAWN),
}
ROLES = ("holder", "substitute", "observer", "receiver", "receiving_substitute", "other0", "administrator", "outsider")


def take(stage: Stage, step: Step, handover: Handover, by: Any) -> Handover:
    now = timezone.now()
    common = {"handover": handover, "by": by, "now": now}
    if step == Step.PROPOSE:
        return services.propose(**common)
    if step == Step.ACCEPT:
        return services.accept(**common, body="CA", accepted_on=day(days(0)), documents=[stage.document()])
    if step == Step.VALIDATE:
        return services.validate(**common, session=stage.session(), statement="Validé.")
    if step == Step.COMPLETE:
        return completion.complete(**common)
    if step == Step.DECLINE:
        return services.decline(**common, reason="Non.")
    return services.withdraw(**common, reason="Non.")


def may_show_itself(role: str, state: HandoverState) -> bool:
    """Once the mandate has moved, the holder's people are animators no more and hear that first."""
    return not (state == S.EFFECTIVE and role in {"holder", "substitute"})


@pytest.mark.parametrize("state", list(REACH))
@pytest.mark.parametrize("step", list(EXPECTED))
def test_a_step_leads_on_from_its_states_alone(stage: Stage, step: Step, state: HandoverState) -> None:
    handover = REACH[state](stage)
    stage.supply_identity(stage.others[0])
    if state in {S.DRAFT, S.PROPOSED, S.ACCEPTED, S.VALIDATED, S.DECLINED, S.WITHDRAWN}:
        stage.supply_identity()
    actors, sources, target = EXPECTED[step]
    role = min(actors)
    if state in sources:
        assert take(stage, step, handover, stage.people[role]).state == target
        return
    refusal = Overtaken if may_show_itself(role, state) else PermissionRefused
    with pytest.raises(refusal):
        take(stage, step, handover, stage.people[role])
    handover.refresh_from_db()
    assert handover.state == state


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", list(EXPECTED))
def test_a_step_belongs_to_its_people_alone(stage: Stage, step: Step, role: str) -> None:
    actors, sources, _target = EXPECTED[step]
    state = next(state for state in REACH if state in sources)
    handover = REACH[state](stage)
    stage.supply_identity()
    if role in actors:
        take(stage, step, handover, stage.people[role])
        return
    with pytest.raises(PermissionRefused) as refused:
        take(stage, step, handover, stage.people[role])
    assert str(refused.value.answer.reason)
    assert str(refused.value.answer.remedy)


def test_the_table_is_the_one_the_services_use() -> None:
    assert {step: (set(move.sources), move.target) for step, move in TABLE.items() if move.permission} == {
        step: (sources, target) for step, (_actors, sources, target) in EXPECTED.items()
    }
    assert next_steps(S.PROPOSED) == [Step.ACCEPT, Step.DECLINE, Step.WITHDRAW]
    assert next_steps(S.EFFECTIVE) == []
