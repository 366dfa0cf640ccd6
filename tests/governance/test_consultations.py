"""Consultations: who has a voice, how it is given, what stays hidden, what the clock does."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.accounts import personal_links
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification, OutboxMessage
from core.transitions import MoveRefused, Overtaken
from governance.consultations import ballots, clock, proxies, services
from governance.consultations.ballots import BallotConflict
from governance.consultations.links import SCOPE
from governance.consultations.services import Question, StillOpen
from governance.enums import ConsultationState, Outcome, Stance
from governance.handovers.evidence import Evidence
from governance.models import Ballot, Consultation
from members.models import Membership, Organisation
from sessions_app.enums import Presence
from tests import factories
from tests.factories import days, moment, since
from tests.governance.stage import Stage
from tests.governance.test_handover_refusals import codes


def plain(text: str) -> str:
    return html.unescape(text).replace("\u00a0", " ").replace("\u202f", " ")


QUESTION = Question(title="Un essai", question="Consentez-vous à l’essai ?", closes_at=None)


def prepared(stage: Stage, documents: Sequence[Evidence] = (), **given: Any) -> Consultation:
    question = Question(**{"title": "Un essai", "question": "Consentez-vous à l’essai ?", **given})
    return services.prepare(by=stage.people["holder"], question=question, documents=documents, now=timezone.now())


def opened(stage: Stage, **given: Any) -> Consultation:
    return services.open_by_hand(consultation=prepared(stage, **given), by=stage.people["holder"], now=timezone.now())


def give(
    consultation: Consultation,
    stage: Stage,
    role: str,
    organisation: Organisation,
    stance: Stance = Stance.CONSENT,
    **given: Any,
) -> Ballot:
    return ballots.give(
        consultation=consultation,
        by=stage.people[role],
        organisation=organisation,
        stance=stance,
        now=timezone.now(),
        **given,
    )


class TestElectorate:
    def test_is_frozen_at_opening(self, stage: Stage) -> None:
        consultation = opened(stage)
        late = factories.OrganisationFactory(member=True)
        assert consultation.voters.count() == 6
        newcomer = factories.PositionFactory(organisation=late).user
        with pytest.raises(PermissionRefused):
            ballots.give(
                consultation=consultation,
                by=newcomer,
                organisation=late,
                stance=Stance.CONSENT,
                now=timezone.now(),
            )

    def test_nobody_to_ask(self, stage: Stage) -> None:
        consultation = prepared(stage)
        for membership in Membership.objects.all():
            membership.period = since(dt.date(2020, 3, 20), days(-1))
            membership.save()
        with pytest.raises(MoveRefused) as refused:
            services.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        assert refused.value.reasons == ["Personne n’a de voix\u00a0: l’espace n’a aucun membre aujourd’hui."]

    def test_an_organisation_that_leaves_keeps_its_seat_and_is_silent(self, stage: Stage) -> None:
        consultation = opened(stage)
        position = stage.others[0].positions.get()
        position.period = since(days(-400), days(0))
        position.save()
        with pytest.raises(PermissionRefused):
            give(consultation, stage, "other0", stage.others[0])
        assert clock.count(consultation).electorate == 6


class TestRunning:
    @pytest.mark.parametrize("role", ["receiver", "other0", "administrator", "outsider", "observer"])
    def test_belongs_to_the_animators(self, stage: Stage, role: str) -> None:
        consultation = prepared(stage)
        for service in (services.open_by_hand, services.close_by_hand, services.remind):
            with pytest.raises(PermissionRefused):
                service(consultation=consultation, by=stage.people[role], now=timezone.now())

    def test_an_open_question_stands(self, stage: Stage) -> None:
        consultation = opened(stage)
        with pytest.raises(Overtaken):
            services.edit(consultation=consultation, by=stage.people["holder"], question=QUESTION, now=timezone.now())

    def test_opens_and_closes_by_the_clock(self, stage: Stage, time_machine: Any) -> None:
        consultation = prepared(stage, opens_at=moment(1), closes_at=moment(3))
        assert clock.turn(now=timezone.now()) == (0, 0)
        time_machine.move_to(moment(1.1))
        assert clock.turn(now=timezone.now()) == (1, 0)
        give(consultation, stage, "other0", stage.others[0])
        time_machine.move_to(moment(2))
        with pytest.raises(Overtaken):  # over, though the closing task has not come round
            give(consultation, stage, "other1", stage.others[1])
        assert clock.turn(now=timezone.now()) == (0, 1)
        assert clock.turn(now=timezone.now()) == (0, 0)
        consultation.refresh_from_db()
        assert consultation.state == ConsultationState.CLOSED
        assert consultation.closed_at == consultation.closes_at, "the planned moment, not that of the task"
        assert consultation.outcome == Outcome.NO_QUORUM

    def test_reminds_the_silent_once_a_day(self, stage: Stage, time_machine: Any) -> None:
        consultation = opened(stage)
        give(consultation, stage, "other0", stage.others[0])
        assert services.remind(consultation=consultation, by=stage.people["holder"], now=timezone.now()) == 5
        assert services.remind(consultation=consultation, by=stage.people["holder"], now=timezone.now()) == 0
        time_machine.move_to(moment(2))
        stage.people["holder"]._rights_memory.clear()
        assert services.remind(consultation=consultation, by=stage.people["holder"], now=timezone.now()) == 5

    def test_the_last_call_comes_by_itself_once(self, stage: Stage, time_machine: Any) -> None:
        opened(stage, closes_at=moment(10))
        hurried = opened(stage, closes_at=moment(1))
        assert services.remind_before_closing(now=timezone.now()) == 0, "just asked"
        assert hurried.voters.filter(reminded_at__isnull=False).count() == 0
        time_machine.move_to(moment(9))
        assert services.remind_before_closing(now=timezone.now()) == 6
        time_machine.move_to(moment(0.5))
        assert services.remind_before_closing(now=timezone.now()) == 0

    def test_what_follows_is_written_after_closing(self, stage: Stage) -> None:
        consultation = opened(stage)
        arguments = {"by": stage.people["holder"], "statement": "On essaie.", "now": timezone.now()}
        with pytest.raises(StillOpen):
            services.conclude(consultation=consultation, **arguments)
        services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        assert services.conclude(consultation=consultation, **arguments).statement == "On essaie."

    def test_called_off_with_a_reason(self, stage: Stage) -> None:
        consultation = opened(stage)
        with pytest.raises(MoveRefused) as refused:
            services.call_off(consultation=consultation, by=stage.people["holder"], reason=" ", now=timezone.now())
        assert refused.value.reasons == ["Donnez un motif."]
        services.call_off(consultation=consultation, by=stage.people["holder"], reason="Doublon.", now=timezone.now())
        with pytest.raises(Overtaken):
            give(consultation, stage, "other0", stage.others[0])

    def test_closing_time_ahead(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            prepared(stage, closes_at=moment(-1))
        assert codes(refused.value) == {"closing"}


class TestBallots:
    def test_changed_until_closing(self, stage: Stage) -> None:
        consultation = opened(stage)
        give(consultation, stage, "other0", stage.others[0])
        ballot = give(consultation, stage, "other0", stage.others[0], Stance.OBJECTION, reason="Trop tôt.", based_on=1)
        assert (ballot.stance, ballot.revision) == (Stance.OBJECTION, 2)
        services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        with pytest.raises(Overtaken):
            give(consultation, stage, "other0", stage.others[0])

    def test_an_objection_says_why(self, stage: Stage) -> None:
        with pytest.raises(ValidationError) as refused:
            give(opened(stage), stage, "other0", stage.others[0], Stance.OBJECTION, reason="  ")
        assert codes(refused.value) == {"reason_missing"}

    @pytest.mark.parametrize("role", ["other1", "holder", "administrator", "outsider"])
    def test_nobody_speaks_for_another_organisation(self, stage: Stage, role: str) -> None:
        with pytest.raises(PermissionRefused):
            give(opened(stage), stage, role, stage.others[0])

    def test_an_observer_has_no_voice(self, stage: Stage) -> None:
        with pytest.raises(PermissionRefused):
            give(opened(stage), stage, "observer", stage.holder)

    def test_two_of_one_organisation_see_each_other(self, stage: Stage) -> None:
        """One voice, both told."""
        consultation = opened(stage)
        give(consultation, stage, "receiver", stage.receiver, based_on=0)
        with pytest.raises(BallotConflict) as conflict:
            give(consultation, stage, "receiving_substitute", stage.receiver, Stance.ABSTENTION, based_on=0)
        assert conflict.value.ballot.stance == Stance.CONSENT
        give(consultation, stage, "receiving_substitute", stage.receiver, Stance.ABSTENTION, based_on=1)
        assert Ballot.objects.get().stance == Stance.ABSTENTION
        told = Notification.objects.filter(kind="governance.ballot_changed")
        assert [notification.recipient for notification in told] == [stage.people["receiver"]]

    def test_who_gave_a_proxy_and_answers_as_he_saw_it(self, stage: Stage, signed_in: Any) -> None:
        """The proxy lapses by the answer itself: that is no conflict. What was not seen is one, and nothing is lost."""
        consultation = opened(stage)
        giver, holder = stage.others[:2]
        proxies.give(
            consultation=consultation, by=stage.people["other0"], giver=giver, holder=holder, now=timezone.now()
        )
        give(consultation, stage, "other1", giver, Stance.RESERVATION, reason="Par pouvoir.")
        client = signed_in(stage.people["other0"])
        address = consultation.get_absolute_url()
        seen = re.search(r'name="based_on" value="(\d+)"', client.get(address).text)[1]
        give(consultation, stage, "other1", giver, Stance.ABSTENTION)
        data = {"organisation": giver.pk, "stance": "objection", "reason": "Notre motif."}
        answer = client.post(f"{address}position/", {**data, "based_on": seen})
        assert answer.status_code == 409
        assert "a répondu entre-temps, par pouvoir" in plain(answer.text)
        assert "Notre motif." in answer.text
        assert Ballot.objects.get(voter__organisation=giver).stance == Stance.ABSTENTION
        shown = re.search(r'name="based_on" value="(\d+)"', answer.text)[1]
        assert client.post(f"{address}position/", {**data, "based_on": shown}).status_code == 302
        ballot = Ballot.objects.get(voter__organisation=giver)
        assert (ballot.stance, ballot.proxy, ballot.by) == (Stance.OBJECTION, None, stage.people["other0"])
        assert not consultation.voters.get(organisation=giver).proxies_given.filter(revoked_at=None).exists()

    def test_a_colleague_entrusted_the_voice_meanwhile(self, stage: Stage, signed_in: Any) -> None:
        consultation = opened(stage)
        client = signed_in(stage.people["receiving_substitute"])
        proxies.give(
            consultation=consultation,
            by=stage.people["receiver"],
            giver=stage.receiver,
            holder=stage.others[0],
            now=timezone.now(),
        )
        data = {"organisation": stage.receiver.pk, "stance": "consent", "reason": "", "based_on": 0}
        answer = client.post(f"{consultation.get_absolute_url()}position/", data)
        assert answer.status_code == 409
        assert "Si vous répondez, le pouvoir devient caduc." in plain(answer.text)
        assert not Ballot.objects.exists()

    def test_a_revision_never_returns(self, stage: Stage) -> None:
        """Given, entrusted, taken back, given anew: the page of the first answer is not that of the second."""
        consultation = opened(stage)
        give(consultation, stage, "other0", stage.others[0], based_on=0)
        given = {"consultation": consultation, "by": stage.people["other0"], "giver": stage.others[0]}
        proxies.give(**given, holder=stage.others[1], now=timezone.now())
        proxies.revoke(**given, now=timezone.now())
        assert give(consultation, stage, "other0", stage.others[0]).revision == 4
        with pytest.raises(BallotConflict):
            give(consultation, stage, "other0", stage.others[0], Stance.ABSTENTION, based_on=1)

    def test_recorded_for_who_is_present_and_told(self, stage: Stage) -> None:
        session = stage.session()
        consultation = opened(stage, session=session)
        factories.AttendanceFactory(session=session, organisation=stage.others[0])
        factories.AttendanceFactory(session=session, organisation=stage.others[1], presence=Presence.EXCUSED)

        def record(organisation: Organisation) -> Ballot:
            return ballots.record_on_behalf(
                consultation=consultation,
                by=stage.people["holder"],
                organisation=organisation,
                stance=Stance.CONSENT,
                now=timezone.now(),
            )

        assert record(stage.others[0]).on_behalf
        told = Notification.objects.filter(kind="governance.ballot_on_behalf")
        assert [notification.recipient for notification in told] == [stage.people["other0"]]
        for absent in (stage.others[1], stage.others[2]):
            with pytest.raises(ValidationError) as refused:
                record(absent)
            assert codes(refused.value) == {"not_present"}
        own = give(consultation, stage, "other0", stage.others[0], Stance.ABSTENTION, based_on=1)
        assert not own.on_behalf
        with pytest.raises(ValidationError) as refused:
            record(stage.others[0])
        assert codes(refused.value) == {"answered"}


class TestProxies:
    def entrust(self, consultation: Consultation, stage: Stage, giver: int, holder: Organisation) -> Any:
        return proxies.give(
            consultation=consultation,
            by=stage.people[f"other{giver}"],
            giver=stage.others[giver],
            holder=holder,
            now=timezone.now(),
        )

    def test_the_holder_speaks_and_it_counts(self, stage: Stage) -> None:
        consultation = opened(stage)
        self.entrust(consultation, stage, 0, stage.others[1])
        ballot = give(consultation, stage, "other1", stage.others[0], Stance.RESERVATION)
        assert ballot.proxy.holder.organisation == stage.others[1]
        give(consultation, stage, "other1", stage.others[1])
        found = clock.count(consultation)
        assert (found.by_proxy, found.expressed, found.present) == (1, 2, 2)

    def test_no_loop_and_no_chain(self, stage: Stage) -> None:
        consultation = opened(stage)
        self.entrust(consultation, stage, 0, stage.others[1])
        for giver, holder in ((1, stage.others[0]), (1, stage.others[2]), (2, stage.others[0])):
            with pytest.raises(ValidationError) as refused:
                self.entrust(consultation, stage, giver, holder)
            assert codes(refused.value) == {"chain"}

    def test_not_to_itself_not_twice_not_too_many(self, stage: Stage) -> None:
        consultation = opened(stage)
        with pytest.raises(ValidationError):
            self.entrust(consultation, stage, 0, stage.others[0])
        self.entrust(consultation, stage, 0, stage.receiver)
        with pytest.raises(ValidationError):
            self.entrust(consultation, stage, 0, stage.others[1])
        self.entrust(consultation, stage, 1, stage.receiver)
        with pytest.raises(ValidationError) as refused:
            self.entrust(consultation, stage, 2, stage.receiver)
        assert codes(refused.value) == {"limit"}

    def test_only_a_representative_entrusts(self, stage: Stage) -> None:
        with pytest.raises(PermissionRefused):
            proxies.give(
                consultation=opened(stage),
                by=stage.people["receiving_substitute"],
                giver=stage.receiver,
                holder=stage.others[0],
                now=timezone.now(),
            )

    def test_revoked_takes_its_voice_along(self, stage: Stage) -> None:
        consultation = opened(stage)
        self.entrust(consultation, stage, 0, stage.others[1])
        give(consultation, stage, "other1", stage.others[0])
        proxies.revoke(consultation=consultation, by=stage.people["other0"], giver=stage.others[0], now=timezone.now())
        assert not Ballot.objects.exists()
        with pytest.raises(PermissionRefused):
            give(consultation, stage, "other1", stage.others[0])

    def test_speaking_oneself_ends_it(self, stage: Stage) -> None:
        consultation = opened(stage)
        proxy = self.entrust(consultation, stage, 0, stage.others[1])
        give(consultation, stage, "other1", stage.others[0], Stance.ABSTENTION)
        ballot = give(consultation, stage, "other0", stage.others[0])
        proxy.refresh_from_db()
        assert proxy.revoked_at is not None
        assert (ballot.proxy, ballot.stance) == (None, Stance.CONSENT)


class TestPages:
    def test_hidden_until_closed(self, stage: Stage, signed_in: Any) -> None:
        consultation = opened(stage)
        give(consultation, stage, "other0", stage.others[0], Stance.RESERVATION, reason="Un doute précis")
        for role in ("holder", "other1"):
            page = signed_in(stage.people[role]).get(consultation.get_absolute_url())
            assert "Un doute précis" not in page.content.decode()
        own = signed_in(stage.people["other0"]).get(consultation.get_absolute_url()).content.decode()
        assert "Un doute précis" in own
        client = signed_in(stage.people["other1"])
        json_url = reverse("governance:consultation-json", args=[consultation.public_id])
        assert client.get(json_url).status_code == 404
        services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        assert "Un doute précis" in client.get(consultation.get_absolute_url()).content.decode()
        found = json.loads(client.get(json_url).content)
        assert found["result"]["outcome"] == "no_quorum"
        assert found["positions"][0]["stance"] == "reservation"
        assert stage.people["other0"].last_name not in json.dumps(found)
        table = b"".join(
            client.get(reverse("governance:consultation-csv", args=[consultation.public_id])).streaming_content
        )
        assert "Un doute précis" in table.decode()

    def test_the_second_is_shown_what_stands(self, stage: Stage, signed_in: Any) -> None:
        consultation = opened(stage)
        give(consultation, stage, "receiver", stage.receiver, Stance.RESERVATION, reason="Les délais")
        url = reverse("governance:ballot", args=[consultation.public_id])
        data = {"organisation": stage.receiver.pk, "stance": "consent", "reason": "", "based_on": 0}
        client = signed_in(stage.people["receiving_substitute"])
        answer = client.post(url, data)
        assert answer.status_code == 409
        assert "Les délais" in answer.content.decode()
        assert client.post(url, {**data, "based_on": 1}).status_code == 302
        assert Ballot.objects.get().stance == Stance.CONSENT

    def test_what_was_typed_is_kept(self, stage: Stage, signed_in: Any) -> None:
        consultation = opened(stage)
        answer = signed_in(stage.people["other0"]).post(
            reverse("governance:ballot", args=[consultation.public_id]),
            {"organisation": stage.others[0].pk, "stance": "objection", "reason": "", "based_on": 0},
        )
        assert answer.status_code == 422
        assert not Ballot.objects.exists()

    def test_opening_and_closing_say_what_will_happen(self, stage: Stage, signed_in: Any) -> None:
        consultation = prepared(stage)
        client = signed_in(stage.people["holder"])
        for name, said in (("ouvrir", "La question ne pourra plus être modifiée."), ("clore", "Irréversible")):
            address = f"{consultation.get_absolute_url()}{name}/"
            before = consultation.state
            assert said in client.get(address).text
            consultation.refresh_from_db()
            assert consultation.state == before, "a GET changes nothing"
            assert client.post(address).status_code == 302
            assert client.post(address).status_code == 302, "sent again it leads back"
            consultation.refresh_from_db()
        assert consultation.state == ConsultationState.CLOSED

    def test_a_draft_is_not_shown(self, stage: Stage, signed_in: Any) -> None:
        consultation = prepared(stage)
        assert signed_in(stage.people["other0"]).get(consultation.get_absolute_url()).status_code == 403
        assert signed_in(stage.people["holder"]).get(consultation.get_absolute_url()).status_code == 200


class TestPersonalLink:
    """A representative who never signed in answers by a link of his or her own."""

    def link(self, stage: Stage) -> tuple[Consultation, str]:
        return opened(stage), self.address(stage)

    def address(self, stage: Stage) -> str:
        body = OutboxMessage.objects.filter(kind=SCOPE, recipient=stage.people["other0"]).get().text
        return body[body.index("/gouvernance/repondre/") :].split()[0]

    def test_one_post_button(self, stage: Stage, client: Any) -> None:
        _consultation, url = self.link(stage)
        page = client.get(url)
        assert page.status_code == 200
        assert page.content.decode().count('<form class="stack" method="post"') == 1
        assert not Ballot.objects.exists(), "a mail scanner that follows the link changes nothing"
        answer = client.post(url, {"organisation": stage.others[0].pk, "stance": "consent", "reason": ""})
        assert answer.status_code == 200
        assert Ballot.objects.get().by == stage.people["other0"]

    def test_shows_what_a_colleague_said_before_it_is_changed(self, stage: Stage, client: Any) -> None:
        """One voice, both told: the second sees the first position, and the first hears of the change."""
        consultation, url = self.link(stage)
        organisation = stage.others[0]
        colleague = factories.PositionFactory(organisation=organisation, substitute=True).user
        stage.people["colleague"] = colleague
        give(consultation, stage, "colleague", organisation, Stance.RESERVATION, reason="Les délais")
        late = {"organisation": organisation.pk, "stance": "consent", "reason": "", "seen": f"{organisation.pk}:0"}
        answer = client.post(url, late)
        assert answer.status_code == 409
        assert "Les délais" in answer.text
        assert Ballot.objects.get().stance == Stance.RESERVATION
        seen = re.search(r'name="seen" value="([\d: ]+)"', answer.text)[1]
        assert client.post(url, {**late, "seen": seen}).status_code == 200
        assert Ballot.objects.get().stance == Stance.CONSENT
        told = Notification.objects.filter(kind="governance.ballot_changed")
        assert [notification.recipient for notification in told] == [colleague]
        assert "Consentement" in client.get(url).text, "the link shows what stands"

    @pytest.mark.parametrize("seen", ["", "x", "1:2:3", "99999999999:1", ":"])
    def test_a_garbled_form_is_taken_as_having_seen_nothing(self, stage: Stage, client: Any, seen: str) -> None:
        _consultation, url = self.link(stage)
        data = {"organisation": stage.others[0].pk, "stance": "consent", "reason": "", "seen": seen}
        assert client.post(url, data).status_code == 200
        assert client.post(url, data).status_code == 409
        assert Ballot.objects.get().revision == 1

    def test_documents_can_be_read(self, stage: Stage, client: Any, settings: Any, tmp_path: Any) -> None:
        settings.MEDIA_ROOT = tmp_path
        consultation = prepared(stage, documents=[stage.document()])
        services.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        url = self.address(stage)
        paper = re.search(r'href="(/gouvernance/repondre/[^"]+/pieces/[^"]+)"', client.get(url).text)[1]
        answer = client.get(paper)
        assert b"".join(answer.streaming_content) == b"%PDF-"
        services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        assert client.get(paper).status_code == 410

    def test_says_nothing_else(self, stage: Stage, client: Any) -> None:
        _consultation, url = self.link(stage)
        answer = client.post(url, {"organisation": stage.others[1].pk, "stance": "consent", "reason": ""})
        assert answer.status_code == 422
        assert not Ballot.objects.exists()
        assert "sessionid" not in client.cookies

    def test_ends_with_the_position(self, stage: Stage, client: Any) -> None:
        _consultation, url = self.link(stage)
        position = stage.others[0].positions.get()
        position.period = since(days(-400), days(0))
        position.save()
        assert client.get(url).status_code == 410

    def test_ends_with_the_consultation(self, stage: Stage, client: Any) -> None:
        consultation, url = self.link(stage)
        services.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        assert client.get(url).status_code == 410

    def test_revoked_unknown_or_of_another_scope(self, stage: Stage, client: Any) -> None:
        consultation, url = self.link(stage)
        now = timezone.now()
        other = personal_links.issue(
            user=stage.people["other0"],
            scope="other",
            about=("consultation", consultation.public_id),
            expires_at=now + dt.timedelta(days=1),
            now=now,
        )
        personal_links.revoke(user=stage.people["other0"], scope=SCOPE, now=now)
        for path in (url, "/gouvernance/repondre/inconnu/", f"/gouvernance/repondre/{other}/"):
            assert client.get(path).status_code == 410

    def test_who_has_signed_in_gets_no_link(self, stage: Stage) -> None:
        stage.people["other1"].last_login = timezone.now()
        stage.people["other1"].save()
        self.link(stage)
        assert not OutboxMessage.objects.filter(kind=SCOPE, recipient=stage.people["other1"]).exists()
        assert Notification.objects.filter(
            kind="governance.consultation_opened", recipient=stage.people["other1"]
        ).exists()
