"""What was never shown stays unknown, whatever became of it; what follows from a handover ends with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.notifications.models import Notification
from governance.consultations import services as consultations
from governance.enums import HandoverState
from governance.handovers import completion, services
from governance.journal import reading
from governance.journal.rights import GUARDS, PREPARED
from governance.models import Consultation, Handover, PackLine
from governance.pack import parts
from sessions_app.models import Session
from tests import factories
from tests.factories import moment
from tests.governance.scene import consult
from tests.governance.stage import Stage
from tests.governance.test_handover_moves import REACH

SignedIn = Callable[[Any], Client]
S = HandoverState
OTHERS = ("receiver", "other0", "administrator")


def withdrawn_draft(stage: Stage) -> Handover:
    handover = stage.drafted(purpose="Une nectarine")
    return services.withdraw(handover=handover, by=stage.people["holder"], reason="Nectarine", now=timezone.now())


def called_off_draft(stage: Stage) -> Consultation:
    consultation = consult(stage.people["holder"], "draft")
    by, now = stage.people["holder"], timezone.now()
    return consultations.call_off(consultation=consultation, by=by, reason="Un olivier", now=now)


class TestNeverShown:
    @pytest.mark.parametrize("role", OTHERS)
    def test_a_handover_withdrawn_before_it_was_proposed(self, stage: Stage, signed_in: SignedIn, role: str) -> None:
        handover = withdrawn_draft(stage)
        client = signed_in(stage.people[role])
        assert client.get(handover.get_absolute_url()).status_code == 403
        page = client.get("/gouvernance/")
        assert str(handover.public_id) not in page.text
        assert "ectarine" not in page.text
        assert signed_in(stage.people["holder"]).get(handover.get_absolute_url()).status_code == 200
        assert not Notification.objects.exists()

    @pytest.mark.parametrize("role", OTHERS)
    def test_a_consultation_called_off_in_preparation(self, stage: Stage, signed_in: SignedIn, role: str) -> None:
        consultation = called_off_draft(stage)
        client = signed_in(stage.people[role])
        for suffix in ("", "resultat.json", "resultat.csv"):
            assert client.get(f"{consultation.get_absolute_url()}{suffix}").status_code in (403, 404), suffix
        assert consultation.title not in client.get("/gouvernance/consultations/").text
        assert consultation.title in signed_in(stage.people["holder"]).get("/gouvernance/consultations/").text

    def test_what_was_shown_once_stays_readable(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = REACH[S.WITHDRAWN](stage)
        consultation = consult(stage.people["holder"], "open")
        consultations.call_off(
            consultation=consultation, by=stage.people["holder"], reason="Doublon", now=timezone.now()
        )
        client = signed_in(stage.people["other0"])
        assert client.get(handover.get_absolute_url()).status_code == 200
        assert client.get(consultation.get_absolute_url()).status_code == 200

    def test_the_animators_that_follow_do_not_read_it_either(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = withdrawn_draft(stage)
        stage.completed()
        client = signed_in(stage.people["receiver"])
        assert client.get(handover.get_absolute_url()).status_code == 403
        assert str(handover.public_id) not in client.get("/gouvernance/").text

    def test_a_session_cancelled_before_it_was_announced(self, stage: Stage, signed_in: SignedIn) -> None:
        """Prepared, cancelled, taken up, announced and cancelled again, through its pages."""
        cycle = factories.CycleFactory(year=2031)
        client, member = signed_in(stage.people["holder"]), signed_in(stage.people["other0"])
        data = {"number": 77, "cycle": cycle.pk, "title": "Une mirabelle", "date": "12/03/2031", "start": "9:00"}
        data |= {"end": "12:00", "format": "plenary", "mode": "hybrid", "place": "Paris"}
        assert client.post("/sessions/nouvelle/", data).status_code == 302

        def move(name: str, reason: str = "") -> None:
            assert client.post("/sessions/77/etat/", {"move": name, "reason": reason}).status_code == 302, name

        move("annuler", "Mirabelle")
        for address in ("/sessions/", "/sessions/atom.xml", "/gouvernance/", "/cycles/2031/"):
            assert "irabelle" not in member.get(address).content.decode(), address
        assert member.get("/sessions/77/").status_code == 404
        assert "Une mirabelle" in client.get("/sessions/77/").text
        move("reprendre")
        factories.AgendaItemFactory(session=Session.objects.get(number=77))
        assert not Notification.objects.exists()
        move("annoncer")
        move("annuler", "Mirabelle")
        assert "Une mirabelle" in member.get("/sessions/77/").text
        assert "irabelle" in member.get("/sessions/").text
        told = Notification.objects.filter(recipient=stage.people["other0"]).values_list("kind", flat=True)
        assert sorted(told) == ["sessions_app.announced", "sessions_app.cancelled"]


class TestJournal:
    def test_every_followed_model_says_who_reads_it(self) -> None:
        followed = {label for label in reading.tracked() if not label.startswith(f"{PREPARED}.")}
        assert followed == set(GUARDS)

    def test_administrators_do_not_read_what_is_or_was_in_preparation(self, stage: Stage, signed_in: SignedIn) -> None:
        """Neither the draft, nor what the draft was before it was opened or proposed."""
        withdrawn_draft(stage)
        called_off_draft(stage)
        consultation = consult(stage.people["holder"], "draft")
        Consultation.objects.filter(pk=consultation.pk).update(question="Un premier jet")
        consultations.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
        services.propose(handover=stage.drafted(), by=stage.people["holder"], now=timezone.now())
        page = signed_in(stage.people["administrator"]).get("/gouvernance/journal/")
        for word in ("ectarine", "olivier", "premier jet"):
            assert word not in page.text, word
        kinds = {"Consultation", "Passation"}
        withheld = [entry for entry in page.context["entries"] if entry.is_withheld and entry.kind in kinds]
        assert {(entry.subject, len(entry.values)) for entry in withheld} == {("réservé", 0)}
        assert {entry.kind for entry in withheld} == kinds
        opened = [entry for entry in page.context["entries"] if entry.kind == "Consultation" and not entry.is_withheld]
        assert [value.label for entry in opened for value in entry.values if value.after == "ouverte"] == ["État"]
        animators = signed_in(stage.people["holder"]).get("/gouvernance/journal/")
        assert not any(entry.is_withheld for entry in animators.context["entries"])
        assert "premier jet" in animators.text

    def test_the_pack_is_its_two_sides_alone(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = stage.accepted()
        PackLine.objects.create(handover=handover, key="backup", note="Chez Camille")
        assert "Chez Camille" in signed_in(stage.people["holder"]).get("/gouvernance/journal/").text
        assert "Chez Camille" not in signed_in(stage.people["administrator"]).get("/gouvernance/journal/").text


# state → the roles that may open the pack then
PACK_READERS = {
    S.ACCEPTED: {"holder", "substitute", "receiver", "receiving_substitute"},
    S.VALIDATED: {"holder", "substitute", "receiver", "receiving_substitute"},
    S.SCHEDULED: {"holder", "substitute", "receiver", "receiving_substitute"},
    S.EFFECTIVE: {"receiver", "receiving_substitute"},
}
ROLES = ("holder", "substitute", "observer", "receiver", "receiving_substitute", "other0", "administrator", "outsider")


class TestPack:
    @pytest.mark.parametrize("state", list(REACH))
    def test_who_opens_it_in_each_state(self, stage: Stage, signed_in: SignedIn, state: HandoverState) -> None:
        if state == S.DECLINED:
            handover = services.decline(
                handover=stage.accepted(), by=stage.people["receiver"], reason="Non.", now=timezone.now()
            )
        elif state == S.WITHDRAWN:
            handover = services.withdraw(
                handover=stage.accepted(), by=stage.people["holder"], reason="Non.", now=timezone.now()
            )
        else:
            handover = REACH[state](stage)
        address = f"{handover.get_absolute_url()}dossier/"
        may = set()
        for role in ROLES:
            client = signed_in(stage.people[role])
            read = client.get(address).status_code == 200
            assert (client.get(f"{address[:-1]}.zip").status_code == 200) == read, role
            noted = client.post(f"{address}domain/", {"note": f"Écrit par {role}"}).status_code == 302
            assert noted == read, role
            if read:
                may.add(role)
        assert may == PACK_READERS.get(state, set())
        assert PackLine.objects.filter(handover=handover).exists() == bool(may)

    def test_closes_for_the_incoming_too_once_they_have_passed_it_on(self, stage: Stage, signed_in: SignedIn) -> None:
        first = stage.completed()
        factories.MandateFactory(organisation=stage.others[0], starts_at=timezone.now())
        for role in ("holder", "receiver", "other0"):
            assert signed_in(stage.people[role]).get(f"{first.get_absolute_url()}dossier/").status_code == 403, role

    @pytest.mark.parametrize("state", [S.ACCEPTED, S.VALIDATED, S.SCHEDULED, S.EFFECTIVE])
    def test_addresses_leave_once_the_members_have_decided(
        self, stage: Stage, signed_in: SignedIn, state: HandoverState
    ) -> None:
        """On the page, in the archive and in the document alike."""
        handover = REACH[state](stage)
        client = signed_in(stage.people["receiver"])
        address = f"{handover.get_absolute_url()}dossier/"
        with zipfile.ZipFile(io.BytesIO(client.get(f"{address[:-1]}.zip").content)) as packed:
            archived = "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".csv"))
        printed = str(parts.contacts(handover, None))
        expected = state in (S.SCHEDULED, S.EFFECTIVE)
        person = stage.people["other0"]
        for text in (client.get(address).text, archived, printed):
            assert person.get_full_name() in text
            assert (person.email in text) == expected

    def test_of_an_interim_only_after_the_members(self, stage: Stage) -> None:
        from tests.governance.test_interim import accepted, answered

        handover = accepted(stage)
        assert "E-mail" not in str(parts.contacts(handover, None)["columns"])
        assert stage.people["other0"].email not in str(parts.contacts(handover, None))
        consultation = answered(stage, handover)
        services.validate(handover=handover, by=stage.people["other0"], consultation=consultation, now=timezone.now())
        stage.supply_identity()
        handover = completion.complete(handover=handover, by=stage.people["receiver"], at=moment(3), now=timezone.now())
        assert handover.state == S.SCHEDULED
        assert stage.people["other0"].email in str(parts.contacts(handover, None))
