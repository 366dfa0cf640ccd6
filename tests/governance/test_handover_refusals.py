"""What a handover refuses: every line of bad input, each with a sentence people can act on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.partial_dates import day, month, year
from core.transitions import Overtaken
from governance.enums import HandoverState
from governance.handovers import checks, completion, corrections, services
from governance.models import Handover, HandoverStep, Mandate
from sessions_app.models import Session
from tests import factories
from tests.factories import days, moment
from tests.governance.stage import Stage

TODAY = day(days(0))


def codes(error: ValidationError) -> set[str]:
    return (
        {found.code for found in error.error_list}
        if not hasattr(error, "error_dict")
        else {found.code for errors in error.error_dict.values() for found in errors}
    )


def accept(stage: Stage, handover: Handover, **given: Any) -> Handover:
    given = {"body": "Comité", "accepted_on": TODAY, "documents": [stage.document()], **given}
    return services.accept(handover=handover, by=stage.people["receiver"], now=timezone.now(), **given)


def validate(stage: Stage, handover: Handover, **given: Any) -> Handover:
    given = {"statement": "Validé.", **given}
    return services.validate(handover=handover, by=stage.people["holder"], now=timezone.now(), **given)


class TestReceiver:
    def test_is_not_the_holder(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            stage.drafted(receiver=stage.holder)
        assert codes(refused.value) == {"same"}

    def test_is_a_member(self, stage: Stage) -> None:
        outsider = factories.OrganisationFactory()
        with pytest.raises(ValidationError) as refused:
            stage.drafted(receiver=outsider)
        assert codes(refused.value) == {"no_member"}

    def test_is_still_a_member_when_it_is_proposed_and_when_it_takes_over(self, stage: Stage) -> None:
        handover = stage.validated()
        stage.supply_identity()
        membership = stage.receiver.memberships.get()
        membership.period = factories.since(dt.date(2020, 3, 20), days(-1))
        membership.save()
        with pytest.raises(ValidationError) as refused:
            completion.complete(handover=handover, by=stage.people["holder"], now=timezone.now())
        assert codes(refused.value) == {"no_member"}

    def test_the_database_refuses_the_holder_too(self, stage: Stage) -> None:
        handover = stage.drafted()
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.filter(pk=handover.pk).update(receiver=stage.holder)


class TestOneAtATime:
    def test_a_second_draft(self, stage: Stage) -> None:
        stage.drafted()
        with pytest.raises(ValidationError, match=r"handover|passation"):
            stage.drafted(receiver=stage.others[0])

    def test_while_one_is_scheduled(self, stage: Stage) -> None:
        stage.completed(at=moment(30))
        with pytest.raises(ValidationError):
            stage.drafted(receiver=stage.others[0])

    def test_again_after_an_end(self, stage: Stage) -> None:
        services.withdraw(handover=stage.drafted(), by=stage.people["holder"], reason="Non.", now=timezone.now())
        assert stage.drafted().state == HandoverState.DRAFT


class TestDates:
    def test_acceptance_before_the_proposal(self, stage: Stage) -> None:
        with pytest.raises(ValidationError):
            accept(stage, stage.proposed(), accepted_on=day(days(-1)))

    def test_a_month_that_holds_the_day_is_no_contradiction(self, stage: Stage) -> None:
        handover = stage.proposed(is_historical=True, proposed_on=day(dt.date(2024, 11, 20)))
        assert accept(stage, handover, accepted_on=month(2024, 11), documents=[]).state == HandoverState.ACCEPTED

    def test_over_an_unknown_date(self, stage: Stage) -> None:
        """An unknown acceptance does not hide that the effect lies before the proposal."""
        handover = accept(
            stage,
            stage.proposed(is_historical=True, proposed_on=month(2024, 11)),
            accepted_on=None,
            documents=[],
        )
        handover = validate(stage, handover, session=stage.session(date=month(2024, 12)))
        with pytest.raises(ValidationError):
            completion.complete(
                handover=handover, by=stage.people["holder"], effective_on=month(2024, 10), now=timezone.now()
            )

    def test_in_the_future(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            accept(stage, stage.proposed(), accepted_on=day(days(2)))
        assert codes(refused.value) == {"future"}

    def test_missing(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            accept(stage, stage.proposed(), accepted_on=None)
        assert codes(refused.value) == {"date_missing"}

    def test_the_effect_lies_in_the_past(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            stage.completed(at=moment(-1))
        assert codes(refused.value) == {"past"}

    def test_the_effect_before_the_running_mandate_started(self, stage: Stage) -> None:
        now = timezone.now()
        stage.mandate.starts_at = now + dt.timedelta(minutes=1)
        with pytest.raises(ValidationError) as refused:
            checks.fit_moment(stage.mandate, now, now)
        assert codes(refused.value) == {"before_running"}

    def test_an_entry_after_the_fact_is_about_the_past(self, stage: Stage) -> None:
        handover = validate(
            stage,
            accept(stage, stage.proposed(is_historical=True), accepted_on=None, documents=[]),
            session=stage.session(date=month(2024, 11)),
        )
        with pytest.raises(ValidationError) as refused:
            completion.complete(handover=handover, by=stage.people["holder"], effective_on=TODAY, now=timezone.now())
        assert codes(refused.value) == {"not_past"}


class TestEvidence:
    def test_the_document_is_missing(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            accept(stage, stage.proposed(), documents=[])
        assert codes(refused.value) == {"document_missing"}

    def test_the_body_is_missing(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            accept(stage, stage.proposed(), body="  ")
        assert codes(refused.value) == {"body_missing"}

    @pytest.mark.parametrize(
        ("traits", "code"),
        [
            ({"cancelled": True}, "session_cancelled"),
            ({"draft": True}, "session_not_held"),
            ({"announced": True, "date": TODAY}, "session_not_held"),
            ({"date": day(dt.date(2024, 4, 18))}, "session_too_early"),
        ],
    )
    def test_the_session_does_not_fit(self, stage: Stage, traits: dict[str, Any], code: str) -> None:
        handover = stage.accepted()
        session: Session = stage.session(**traits)
        with pytest.raises(ValidationError) as refused:
            validate(stage, handover, session=session)
        assert codes(refused.value) == {code}

    def test_no_session_no_words(self, stage: Stage) -> None:
        handover = stage.accepted()
        with pytest.raises(ValidationError) as refused:
            validate(stage, handover, session=None)
        assert codes(refused.value) == {"session_missing"}
        with pytest.raises(ValidationError) as refused:
            validate(stage, handover, session=stage.session(), statement=" ")
        assert codes(refused.value) == {"statement_missing"}

    def test_without_the_receivers_legal_identity(self, stage: Stage) -> None:
        handover = stage.validated()
        with pytest.raises(ValidationError) as refused:
            completion.complete(handover=handover, by=stage.people["holder"], now=timezone.now())
        assert codes(refused.value) == {"legal_identity_missing"}
        assert stage.running() == stage.holder

    @pytest.mark.parametrize("end", [services.decline, services.withdraw])
    def test_an_end_says_why(self, stage: Stage, end: Any) -> None:
        by = stage.people["receiver" if end is services.decline else "holder"]
        with pytest.raises(ValidationError) as refused:
            end(handover=stage.proposed(), by=by, reason=" ", now=timezone.now())
        assert codes(refused.value) == {"reason_missing"}


class TestEffect:
    def test_rights_move_in_one_step(self, stage: Stage) -> None:
        holder, receiver = stage.people["holder"], stage.people["receiver"]
        assert holder.has_perm("sessions_app.prepare_session")
        handover = stage.completed()
        for user in (holder, receiver):
            user._rights_memory.clear()
        assert not holder.has_perm("sessions_app.prepare_session")
        assert receiver.has_perm("sessions_app.prepare_session")
        assert stage.running() == stage.receiver
        assert handover.state == HandoverState.EFFECTIVE
        told = set(receiver.notifications.values_list("kind", flat=True))
        assert "governance.mandate_moved" in told

    def test_by_the_clock(self, stage: Stage, time_machine: Any) -> None:
        handover = stage.completed(at=moment(30))
        assert handover.state == HandoverState.SCHEDULED
        assert stage.running() == stage.holder
        time_machine.move_to(moment(31))
        assert stage.running() == stage.receiver, "the clock alone moves rights"
        assert handover.state_at(timezone.now()) == HandoverState.EFFECTIVE
        assert [settled.pk for settled in completion.settle(now=timezone.now())] == [handover.pk]
        assert completion.settle(now=timezone.now()) == []
        handover.refresh_from_db()
        assert handover.state == HandoverState.EFFECTIVE
        assert HandoverStep.objects.get(handover=handover, step="take_effect").by is None

    def test_a_planned_one_can_be_taken_back_until_its_moment(self, stage: Stage, time_machine: Any) -> None:
        handover = stage.completed(at=moment(30))
        services.withdraw(handover=handover, by=stage.people["holder"], reason="Report.", now=timezone.now())
        assert Mandate.objects.count() == 1
        handover.refresh_from_db()
        assert (handover.state, handover.incoming, handover.effective_on) == (HandoverState.WITHDRAWN, None, None)
        time_machine.move_to(moment(31))
        assert stage.running() == stage.holder

    def test_not_after_its_moment(self, stage: Stage, time_machine: Any) -> None:
        handover = stage.completed(at=moment(30))
        time_machine.move_to(moment(31))
        stage.people["receiver"]._rights_memory.clear()
        with pytest.raises(Overtaken):
            services.decline(handover=handover, by=stage.people["receiver"], reason="Trop tard.", now=timezone.now())
        assert stage.running() == stage.receiver

    def test_a_started_mandate_is_neither_moved_nor_removed(self, stage: Stage) -> None:
        stage.completed()
        for change in ({"organisation": stage.receiver}, {"starts_at": moment(3)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Mandate.objects.filter(pk=stage.mandate.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.latest("starts_at").delete()

    def test_resubmitting_a_step_changes_nothing(self, stage: Stage) -> None:
        handover = stage.accepted()
        with pytest.raises(Overtaken):
            accept(stage, handover)
        assert handover.steps.filter(step="accept").count() == 1


class TestCorrection:
    def test_is_recorded_with_before_and_after(self, stage: Stage) -> None:
        handover = stage.accepted()
        corrected = corrections.correct(
            handover=handover,
            by=stage.people["administrator"],
            changes={"accepted_body": "Bureau", "proposed_on": year(timezone.localdate().year)},
            reason="Mauvaise instance.",
            now=timezone.now(),
        )
        assert corrected.accepted_body == "Bureau"
        step = corrected.steps.get(step="correct")
        assert step.changes["accepted_body"] == ["Comité exécutif", "Bureau"]
        assert set(step.changes) == {"accepted_body", "proposed_on"}

    def test_belongs_to_administrators(self, stage: Stage) -> None:
        handover = stage.accepted()
        for role in ("holder", "receiver", "other0"):
            with pytest.raises(PermissionRefused):
                corrections.correct(
                    handover=handover,
                    by=stage.people[role],
                    changes={"accepted_body": "Bureau"},
                    reason="Non.",
                    now=timezone.now(),
                )

    def test_fills_in_no_step_that_was_not_taken(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            corrections.correct(
                handover=stage.proposed(),
                by=stage.people["administrator"],
                changes={"accepted_body": "Bureau", "effective_on": TODAY},
                reason="Raccourci.",
                now=timezone.now(),
            )
        assert codes(refused.value) == {"unchanged"}

    def test_moves_the_date_of_the_mandate_too(self, stage: Stage) -> None:
        handover = stage.completed()
        now = timezone.now()
        corrected = corrections.correct(
            handover=handover,
            by=stage.people["administrator"],
            changes={"effective_on": month(now.year, timezone.localdate().month)},
            reason="Le jour n’est pas public.",
            now=now,
        )
        assert corrected.incoming.started_on == month(now.year, timezone.localdate().month)
        assert corrected.incoming.starts_at == handover.incoming.starts_at


def test_the_2024_case_entered_whole(stage: Stage) -> None:
    """As it happened: unknown dates unknown, November 2024 a month; the mandates stand already."""
    mandate = factories.MandateFactory(organisation=stage.receiver, started_on=month(2024, 11))
    session = stage.session(number=21, date=month(2024, 11))
    stage.people["receiver"]._rights_memory = {}
    handover = completion.record_past(
        mandate=mandate,
        by=stage.people["receiver"],
        body="Comité exécutif",
        accepted_on=day(dt.date(2024, 11, 12)),
        session=session,
        statement="La session a permis d’en valider auprès des membres la pertinence.",
        effective_on=month(2024, 11),
        now=timezone.now(),
    )
    assert (handover.proposed_on, handover.accepted_on) == (None, day(dt.date(2024, 11, 12)))
    assert (handover.validated_on, handover.effective_on) == (month(2024, 11), month(2024, 11))
    assert (handover.holder, handover.incoming) == (stage.holder, mandate)
    assert Mandate.objects.count() == 2
    with pytest.raises(ValidationError) as refused:
        completion.record_past(
            mandate=mandate,
            by=stage.people["receiver"],
            body="Comité exécutif",
            session=session,
            statement="Encore.",
            effective_on=month(2024, 11),
            now=timezone.now(),
        )
    assert codes(refused.value) == {"no_handover"}
