"""Intérim: asked for by members, accepted, consulted on, for a limited time; a term that ends only warns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.db.periods import months_later
from core.notifications.models import Notification
from core.partial_dates import day
from core.transitions import Overtaken
from governance.consultations import ballots, clock, services as consultations
from governance.enums import HandoverState, MandateKind, Outcome, Stance
from governance.handovers import completion, interim, services
from governance.models import GovernanceRules, Handover, Mandate
from governance.tasks import warn_of_terms
from tests.factories import days
from tests.governance.stage import Stage
from tests.governance.test_handover_refusals import codes


def ask(stage: Stage) -> Handover:
    return interim.request(
        by=stage.people["other0"],
        organisation=stage.others[0],
        receiver=stage.receiver,
        reason="Aucune réponse depuis six mois.",
        now=timezone.now(),
    )


def join(stage: Stage, handover: Handover, number: int) -> Handover:
    return interim.join(
        handover=handover,
        by=stage.people[f"other{number}"],
        organisation=stage.others[number],
        reason="Même constat.",
        now=timezone.now(),
    )


def accepted(stage: Stage) -> Handover:
    handover = ask(stage)
    join(stage, handover, 1)
    handover = join(stage, handover, 2)
    return services.accept(
        handover=handover,
        by=stage.people["receiver"],
        body="Comité exécutif",
        accepted_on=day(days(0)),
        documents=[stage.document()],
        now=timezone.now(),
    )


def answered(stage: Stage, handover: Handover, stance: Stance = Stance.CONSENT, *, voters: int = 4) -> Any:
    consultation = handover.consultations.get()
    for number in range(voters):
        ballots.give(
            consultation=consultation,
            by=stage.people[f"other{number}"],
            organisation=stage.others[number],
            stance=stance,
            reason="…",
            now=timezone.now(),
        )
    if voters < 4:  # the silent may still object: only the clock closes it
        clock.turn(now=consultation.closes_at)
        consultation.refresh_from_db()
        return consultation
    ballots.give(
        consultation=consultation,
        by=stage.people["receiver"],
        organisation=stage.receiver,
        stance=Stance.CONSENT,
        now=timezone.now(),
    )
    return consultations.close_by_hand(consultation=consultation, by=stage.people["receiver"], now=timezone.now())


def validated(stage: Stage) -> Handover:
    handover = accepted(stage)
    consultation = answered(stage, handover)
    return services.validate(
        handover=handover, by=stage.people["other0"], consultation=consultation, now=timezone.now()
    )


def test_the_whole_way(stage: Stage) -> None:
    handover = validated(stage)
    stage.supply_identity()
    handover = completion.complete(handover=handover, by=stage.people["receiver"], now=timezone.now())
    mandate = handover.incoming
    assert (handover.state, mandate.kind) == (HandoverState.EFFECTIVE, MandateKind.INTERIM)
    assert mandate.term_ends_on == months_later(timezone.localdate(), 6)
    assert stage.running() == stage.receiver
    assert handover.validated_on == day(days(0))


def test_as_many_as_the_rules_want(stage: Stage) -> None:
    handover = ask(stage)
    assert join(stage, handover, 1).state == HandoverState.DRAFT
    with pytest.raises(ValidationError):
        join(stage, handover, 1)
    assert join(stage, handover, 2).state == HandoverState.PROPOSED
    with pytest.raises(Overtaken):
        join(stage, handover, 3)


def test_the_rules_may_want_more(stage: Stage) -> None:
    GovernanceRules(pk=1, interim_requests=4).save()
    handover = ask(stage)
    join(stage, handover, 1)
    assert join(stage, handover, 2).state == HandoverState.DRAFT


@pytest.mark.parametrize("role", ["holder", "substitute", "receiving_substitute", "administrator", "outsider"])
def test_is_asked_for_by_representatives_of_others(stage: Stage, role: str) -> None:
    with pytest.raises(PermissionRefused):
        interim.request(
            by=stage.people[role],
            organisation=stage.holder,
            receiver=stage.receiver,
            reason="…",
            now=timezone.now(),
        )


def test_all_members_are_told_the_holder_too(stage: Stage) -> None:
    ask(stage)
    told = set(
        Notification.objects.filter(kind="governance.interim_requested").values_list("recipient__last_name", flat=True)
    )
    assert {"Holder", "Substitute", "Receiver", "Other3"} <= told
    assert "Observer" not in told


def test_the_silent_holder_cannot_stop_it(stage: Stage) -> None:
    handover = accepted(stage)
    consultation = handover.consultations.get()
    arguments = {"by": stage.people["holder"], "now": timezone.now()}
    with pytest.raises(PermissionRefused):
        consultations.call_off(consultation=consultation, reason="Non.", **arguments)
    with pytest.raises(PermissionRefused):
        consultations.close_by_hand(consultation=consultation, **arguments)
    with pytest.raises(PermissionRefused):
        services.withdraw(handover=handover, reason="Non.", **arguments)


def test_the_holder_has_no_voice_in_it(stage: Stage, signed_in: Any) -> None:
    """One objection would reject it: the organisation that is silent is not asked, and is told how it ended."""
    handover = accepted(stage)
    consultation = handover.consultations.get()
    seats = set(consultation.voters.values_list("organisation__name", flat=True))
    assert seats == {stage.receiver.name, *(organisation.name for organisation in stage.others)}
    for role in ("holder", "substitute"):
        client = signed_in(stage.people[role])
        assert 'name="stance"' not in client.get(consultation.get_absolute_url()).text
        data = {"organisation": stage.holder.pk, "stance": "objection", "reason": "Non.", "based_on": 0}
        assert client.post(f"{consultation.get_absolute_url()}position/", data).status_code == 403
    answered(stage, handover)
    consultation.refresh_from_db()
    assert (consultation.outcome, consultation.result["electorate"]) == (Outcome.ADOPTED, 5)
    told = Notification.objects.filter(kind="governance.consultation_closed", recipient=stage.people["holder"])
    assert told.count() == 1


def test_by_consultation_with_quorum_only(stage: Stage) -> None:
    handover = accepted(stage)
    by = stage.people["other0"]
    with pytest.raises(ValidationError) as refused:
        services.validate(handover=handover, by=by, statement="Consensus.", now=timezone.now())
    assert codes(refused.value) == {"foreign"}
    consultation = handover.consultations.get()
    with pytest.raises(ValidationError) as refused:
        services.validate(handover=handover, by=by, consultation=consultation, now=timezone.now())
    assert codes(refused.value) == {"not_closed"}
    consultation = answered(stage, handover, voters=2)
    assert consultation.outcome == Outcome.NO_QUORUM
    with pytest.raises(ValidationError) as refused:
        services.validate(handover=handover, by=by, consultation=consultation, now=timezone.now())
    assert codes(refused.value) == {"not_adopted"}


def test_the_clock_closes_the_consultation_even_if_its_task_is_late(stage: Stage, time_machine: Any) -> None:
    handover = accepted(stage)
    consultation = handover.consultations.get()
    for number in range(4):
        ballots.give(
            consultation=consultation,
            by=stage.people[f"other{number}"],
            organisation=stage.others[number],
            stance=Stance.CONSENT,
            now=timezone.now(),
        )
    time_machine.move_to(consultation.closes_at + dt.timedelta(hours=1))
    stage.people["other0"]._rights_memory.clear()
    handover = services.validate(
        handover=handover, by=stage.people["other0"], consultation=consultation, now=timezone.now()
    )
    consultation.refresh_from_db()
    assert consultation.closed_at == consultation.closes_at
    assert handover.state == HandoverState.VALIDATED


def test_beside_a_stuck_handover_which_it_overtakes(stage: Stage) -> None:
    stuck = stage.proposed(receiver=stage.others[3])
    handover = validated(stage)
    stage.supply_identity()
    completion.complete(handover=handover, by=stage.people["receiver"], now=timezone.now())
    stuck.refresh_from_db()
    assert stuck.state == HandoverState.WITHDRAWN
    assert stage.running() == stage.receiver


def test_an_ordinary_mandate_may_have_a_term_too(stage: Stage) -> None:
    handover = stage.validated()
    stage.supply_identity()
    last = timezone.localdate() + dt.timedelta(days=700)
    given = {"by": stage.people["holder"], "term_ends_on": last, "now": timezone.now()}
    assert completion.complete(handover=handover, **given).incoming.term_ends_on == last


def test_a_term_that_ends_only_warns(stage: Stage, time_machine: Any) -> None:
    handover = validated(stage)
    stage.supply_identity()
    handover = completion.complete(handover=handover, by=stage.people["receiver"], now=timezone.now())
    assert warn_of_terms(now=timezone.now()) == 0
    near = handover.incoming.term_ends_on - dt.timedelta(days=30)
    time_machine.move_to(dt.datetime.combine(near, dt.time(9), tzinfo=dt.UTC))
    assert warn_of_terms(now=timezone.now()) == 1
    assert warn_of_terms(now=timezone.now()) == 0, "once"
    told = Notification.objects.filter(kind="governance.term_ends")
    assert {row.recipient for row in told} == {stage.people["receiver"], stage.people["receiving_substitute"]}
    over = handover.incoming.term_ends_on + dt.timedelta(days=30)
    time_machine.move_to(dt.datetime.combine(over, dt.time(9), tzinfo=dt.UTC))
    assert stage.running() == stage.receiver
    assert Mandate.objects.running(timezone.now()).is_past_term(timezone.localdate())


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (dt.date(2026, 1, 15), 6, dt.date(2026, 7, 15)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2026, 10, 31), 1, dt.date(2026, 11, 30)),
        (dt.date(2026, 12, 31), 12, dt.date(2027, 12, 31)),
    ],
)
def test_months_later(first: dt.date, months: int, last: dt.date) -> None:
    assert months_later(first, months) == last


def consents(stage: Stage, consultation: Any, number: int) -> None:
    ballots.give(
        consultation=consultation,
        by=stage.people[f"other{number}"],
        organisation=stage.others[number],
        stance=Stance.CONSENT,
        now=timezone.now(),
    )


@pytest.mark.parametrize("role", ["other0", "receiver"])
@pytest.mark.parametrize(("deed", "sent"), [("clore", {}), ("annuler", {"reason": "Trop d’objections."})])
def test_who_asks_does_not_end_the_consultation(
    stage: Stage, signed_in: Any, role: str, deed: str, sent: dict[str, str]
) -> None:
    """Three consents are a quorum: closed now, the two organisations that are silent could not object any more."""
    consultation = accepted(stage).consultations.get()
    for number in range(3):
        consents(stage, consultation, number)
    client = signed_in(stage.people[role])
    page = client.get(consultation.get_absolute_url())
    assert f"{consultation.get_absolute_url()}{deed}/" not in page.text
    answer = client.post(f"{consultation.get_absolute_url()}{deed}/", sent, follow=True)
    assert "Qui demande un intérim ne met pas fin à sa consultation" in answer.text
    consultation.refresh_from_db()
    assert (consultation.state, consultation.outcome) == ("open", "")


def test_once_everybody_has_answered_it_may_be_closed(stage: Stage, signed_in: Any) -> None:
    handover = accepted(stage)
    assert answered(stage, handover).outcome == Outcome.ADOPTED


def test_another_consultation_leaves_the_members_their_days(stage: Stage, signed_in: Any) -> None:
    """A second question, closed within the hour, would be another way round the silent."""
    handover = accepted(stage)
    answered(stage, handover, voters=2)
    client = signed_in(stage.people["other0"])
    soon = timezone.localtime() + dt.timedelta(hours=3)
    sent = {"title": "Encore", "question": "D’accord ?", "closes_at": f"{soon:%Y-%m-%dT%H:%M}"}
    address = f"/gouvernance/consultations/nouvelle/?passation={handover.public_id}"
    refused = client.post(address, sent)
    assert "Laissez aux membres autant de jours que les règles le prévoient\u00a0: 15." in refused.text
    client.post(address, {**sent, "closes_at": ""})
    again = handover.consultations.get(title="Encore")
    opened = timezone.now() + dt.timedelta(days=5)
    clock.open_now(clock.lock_to_open(again), now=opened)
    assert again.closes_at < opened + dt.timedelta(days=15)
    again.refresh_from_db()
    assert again.closes_at == opened + dt.timedelta(days=15)


@pytest.mark.parametrize(("role", "deed"), [("other0", "retirer"), ("receiver", "refuser")])
def test_the_end_of_a_handover_ends_its_consultation(stage: Stage, signed_in: Any, role: str, deed: str) -> None:
    """Nobody answers for nothing: the voters are told, their links lead nowhere, the journal says why."""
    handover = accepted(stage)
    consultation = handover.consultations.get()
    consents(stage, consultation, 0)
    answer = signed_in(stage.people[role]).post(
        f"{handover.get_absolute_url()}{deed}/", {"reason": "Le titulaire a répondu."}
    )
    assert answer.status_code == 302, answer.text
    consultation.refresh_from_db()
    assert (consultation.state, consultation.cancelled_reason) == ("cancelled", "Le titulaire a répondu.")
    told = Notification.objects.filter(kind="governance.consultation_called_off")
    voters = {stage.people[name] for name in ("other0", "other1", "other2", "other3", "receiver")}
    assert voters <= {row.recipient for row in told}
    assert stage.people["holder"] not in {row.recipient for row in told}
    with pytest.raises(Overtaken):
        consents(stage, consultation, 1)
    event = consultation.events.latest("pgh_id")
    assert (event.state, event.cancelled_reason) == ("cancelled", "Le titulaire a répondu.")
    journal = signed_in(stage.people["administrator"]).get("/gouvernance/journal/")
    assert "Le titulaire a répondu." in journal.text


def test_what_the_clock_has_ended_keeps_its_result(stage: Stage, time_machine: Any) -> None:
    handover = accepted(stage)
    consultation = handover.consultations.get()
    for number in range(4):
        consents(stage, consultation, number)
    time_machine.move_to(consultation.closes_at + dt.timedelta(hours=1))
    stage.people["other0"]._rights_memory.clear()
    services.withdraw(handover=handover, by=stage.people["other0"], reason="Trop tard.", now=timezone.now())
    consultation.refresh_from_db()
    assert (consultation.state, consultation.outcome) == ("closed", "adopted")


@pytest.mark.parametrize(
    "moments",
    [
        {"closes_at": "-1 day"},
        {"opens_at": "+1 day", "closes_at": "+1 day"},
        {"closes_at": "9000 years"},
        {"opens_at": "-1950 years"},
    ],
)
def test_the_database_keeps_the_moments_of_a_consultation(stage: Stage, moments: dict[str, str]) -> None:
    """Whoever writes, past the forms and the services."""
    consultation = accepted(stage).consultations.get()
    columns = ", ".join(f"{name} = opened_at + interval '{value}'" for name, value in moments.items())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE governance_consultation SET {columns} WHERE id = %s", [consultation.pk])
