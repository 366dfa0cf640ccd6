"""The register: legal identity that follows the mandate, events, responsibilities, rules; what is told and what waits."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from lxml import html

from core import slots, waiting
from core.accounts.rights import PermissionRefused
from core.notifications import kinds
from core.partial_dates import day, season
from core.reports import jobs
from core.reports.models import Report
from core.reports.services import request_report
from governance import legal, selectors
from governance.documents import ACT, PACK
from governance.documents.act import act_of, verify
from governance.documents.pack import AnimatorPack
from governance.enums import Side
from governance.handovers import completion, corrections
from governance.models import GovernanceRules, LegalIdentity, PackLine, SpaceEvent
from governance.pack import archive, lines, parts
from governance.pack.lines import NotYet
from governance.register import services
from governance.tasks import run_due
from members.models import Position
from sessions_app.models import AmendmentRequest, Circulation, MaterialProposal
from tests import factories
from tests.factories import moment
from tests.governance.scene import consult
from tests.governance.stage import IDENTITY, Stage, set_stage
from tests.governance.test_handover_refusals import codes


class TestLegalIdentity:
    def supply(self, stage: Stage, role: str = "holder", **changes: Any) -> LegalIdentity:
        organisation = stage.holder if role in ("holder", "substitute") else stage.receiver
        return legal.supply(
            organisation=organisation, by=stage.people[role], values={**IDENTITY, **changes}, now=timezone.now()
        )

    def test_follows_the_mandate(self, stage: Stage) -> None:
        assert selectors.legal_identity(timezone.now()) is None
        mine = self.supply(stage)
        assert selectors.legal_identity(timezone.now()) == mine
        theirs = self.supply(stage, "receiver", publisher="Fondation fictive")
        assert selectors.legal_identity(timezone.now()) == mine
        stage.completed()
        assert selectors.legal_identity(timezone.now()) == theirs

    def test_the_legal_pages_change_with_the_effect(self, stage: Stage, client: Any, time_machine: Any) -> None:
        """By the clock, for everybody, in the very second."""
        self.supply(stage)
        self.supply(stage, "receiver", publisher="Fondation fictive", privacy_email="dpo@fondation.example")
        handover = stage.completed(at=moment(24))

        def said() -> tuple[bool, bool]:
            notice, privacy = client.get("/mentions-legales/").text, client.get("/donnees-personnelles/").text
            return "Fondation fictive" in notice, "dpo@fondation.example" in privacy

        assert said() == (False, False)
        time_machine.move_to(handover.incoming.starts_at)
        assert said() == (True, True)
        former = client.get("/mentions-legales/").context["former"]
        assert [(row.identity.publisher, row.until) for row in former] == [
            ("Association fictive", handover.effective_on)
        ]

    def test_a_notice_begins_with_its_mandate_or_on_the_day_it_was_changed(
        self, stage: Stage, time_machine: Any
    ) -> None:
        """The mandate's month stays a month; nobody's technical day is shown."""
        identity = stage.supply_identity(stage.holder)
        identity.period = factories.since(dt.date(2019, 1, 1))
        identity.save()
        assert [(row.since, row.until) for row in selectors.legal_notices(timezone.now())] == [
            (season("summer", 2020), None)
        ]
        changed = self.supply(stage, host="Autre hébergeur")
        today = day(timezone.localdate())
        assert [(row.identity.host, row.since, row.until) for row in selectors.legal_notices(timezone.now())] == [
            ("Autre hébergeur", today, None),
            ("Hébergeur fictif", season("summer", 2020), today),
        ]
        assert changed.period.lower == timezone.localdate()

    def test_what_it_said_before_stays_dated(self, stage: Stage, time_machine: Any) -> None:
        first = self.supply(stage)
        time_machine.move_to(moment(10))
        stage.people["holder"]._rights_memory.clear()
        second = self.supply(stage, host="Autre hébergeur")
        first.refresh_from_db()
        assert first.period.upper == second.period.lower == timezone.localdate()
        assert self.supply(stage, host="Autre hébergeur") == second, "the same again changes nothing"
        assert self.supply(stage, host="Troisième") == second, "on one day it is one row"
        assert LegalIdentity.objects.count() == 2

    @pytest.mark.parametrize("role", ["substitute", "receiving_substitute"])
    def test_belongs_to_representatives(self, stage: Stage, role: str) -> None:
        with pytest.raises(PermissionRefused):
            self.supply(stage, role)

    def test_says_everything(self, stage: Stage) -> None:
        with pytest.raises(ValidationError):
            self.supply(stage, publication_director="")
        with pytest.raises(ValidationError):
            self.supply(stage, privacy_email="pas une adresse")


class TestKeeping:
    def test_events_and_responsibilities(self, stage: Stage, signed_in: Any) -> None:
        client = signed_in(stage.people["holder"])
        data = {"kind": "birth", "date": "20 mars 2020", "title": "Naissance", "text": "", "link": ""}
        assert client.post(reverse("governance:event-new"), data).status_code == 302
        event = SpaceEvent.objects.get()
        url = reverse("governance:event-edit", args=[event.public_id])
        assert client.post(url, {**data, "title": "Ouverture"}).status_code == 302
        assert SpaceEvent.objects.get().title == "Ouverture"
        assert client.post(url, {"remove": "1"}).status_code == 302
        assert not SpaceEvent.objects.exists()
        data = {"organisation": stage.holder.pk, "kind": "founder", "since": "été 2020", "until": "mars 2020"}
        answer = client.post(reverse("governance:responsibility-new"), data)
        assert answer.status_code == 422

    def test_rules_hold_for_what_is_opened_later(self, stage: Stage) -> None:
        consultation = consult(stage.people["holder"], "open")
        services.save_rules(by=stage.people["administrator"], values={"quorum_percent": 80})
        consultation.refresh_from_db()
        assert consultation.quorum_percent == 50
        assert GovernanceRules.current().quorum_percent == 80
        assert consult(stage.people["holder"], "draft").quorum_percent == 80
        with pytest.raises(PermissionRefused):
            services.save_rules(by=stage.people["holder"], values={"quorum_percent": 0})


class TestPack:
    def test_each_side_ticks_its_own_column(self, stage: Stage) -> None:
        handover = stage.accepted()
        tick = {"handover": handover, "key": "domain", "now": timezone.now(), "done": True}
        lines.tick(by=stage.people["substitute"], side=Side.HOLDER, **tick)
        line = lines.tick(by=stage.people["receiver"], side=Side.RECEIVER, **tick)
        assert (line.given_by, line.received_by) == (stage.people["substitute"], stage.people["receiver"])
        for role, side in (("holder", Side.RECEIVER), ("receiver", Side.HOLDER)):
            with pytest.raises(ValidationError) as refused:
                lines.tick(by=stage.people[role], side=side, **tick)
            assert codes(refused.value) == {"side"}
        with pytest.raises(PermissionRefused):
            lines.tick(by=stage.people["other0"], side=Side.HOLDER, **tick)
        taken_back = lines.tick(by=stage.people["holder"], side=Side.HOLDER, **{**tick, "done": False})
        assert (taken_back.given_by, taken_back.given_at) == (None, None)

    def test_its_pdf_is_asked_for_with_the_acceptance(self, stage: Stage, signed_in: Any) -> None:
        handover = stage.accepted()
        report = Report.objects.get(kind=PACK, subject_id=handover.public_id)
        assert report.requested_by == stage.people["receiver"]
        page = signed_in(stage.people["holder"]).get(reverse("governance:pack", args=[handover.public_id])).text
        assert "Le PDF de l’archive est en cours d’établissement" in page

    def test_many_reports_do_not_stop_an_acceptance(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("core.reports.services.MOST_NEW_AN_HOUR", 0)
        assert stage.accepted().accepted_at is not None
        assert not Report.objects.exists()

    def test_opens_with_the_acceptance(self, stage: Stage) -> None:
        with pytest.raises(NotYet):
            lines.annotate(handover=stage.proposed(), by=stage.people["holder"], key="domain", note="Chez X")
        assert not PackLine.objects.exists()

    def test_zip(self, stage: Stage, signed_in: Any) -> None:
        handover = stage.accepted()
        session = factories.SessionFactory()
        factories.DecisionFactory(session=session, text="=1+1", released_at=timezone.now())
        lines.annotate(handover=handover, by=stage.people["holder"], key="domain", note="Chez le bureau")
        answer = signed_in(stage.people["receiver"]).get(reverse("governance:pack-zip", args=[handover.public_id]))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            names = packed.namelist()
            text = "".join(packed.read(name).decode() for name in names if name.endswith(".csv"))
        assert len([name for name in names if name.endswith(".csv")]) == 6
        assert any(name.endswith("releve.pdf") for name in names)
        assert "Chez le bureau" in text
        assert "'=1+1" in text, "nothing a spreadsheet would run"
        assert stage.people["other0"].get_full_name() in text

    def test_what_waits_for_an_answer(self, stage: Stage) -> None:
        handover = stage.accepted()
        session = factories.SessionFactory(items=1)
        asked = {"author": stage.people["other0"], "organisation": stage.others[0], "made_at": timezone.now()}
        MaterialProposal.objects.create(session=session, title="Une fiche", link="https://exemple.example/", **asked)
        circulation = Circulation.objects.create(
            session=session,
            opened_at=timezone.now(),
            closes_at=moment(24),
            opened_by=stage.people["holder"],
            organisation=stage.holder,
        )
        AmendmentRequest.objects.create(circulation=circulation, item=session.agenda.get(), wish="Autrement", **asked)
        consult(stage.people["holder"], "draft")
        consult(stage.people["holder"], "closed")
        rows = parts.requests(handover, stage.people["receiver"])["rows"]
        assert [row[:3] for row in rows] == [
            [
                "Modification d’un compte rendu",
                f"{session.number} – {session.agenda.get().title}",
                stage.others[0].label,
            ],
            ["Support proposé", f"{session.number} – Une fiche", stage.others[0].label],
            ["Consultation\u00a0: en préparation", "Question draft", ""],
        ]

    def test_a_part_of_another_app_is_everywhere(
        self, stage: Stage, signed_in: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On the page with its line to tick off, in the ZIP, in the document."""
        part = {
            "key": "schemes",
            "title": "Fiches à revoir",
            "hint": "Une aide.",
            "columns": ["Fiche"],
            "rows": [["A"]],
        }
        monkeypatch.setattr(slots, "_fillings", {name: list(rows) for name, rows in slots._fillings.items()})
        slots.register(parts.SLOT, order=90, template="governance/pack/_part.html", fetch=lambda *_given: part)
        handover = stage.accepted()
        url = reverse("governance:pack", args=[handover.public_id])
        client = signed_in(stage.people["receiver"])
        assert client.get(url).text.count("Fiches à revoir") == 4  # the line, its two buttons, the part
        client.post(
            reverse("governance:pack-line", args=[handover.public_id, "schemes"]), {"side": "receiver", "done": "1"}
        )
        assert PackLine.objects.get().received_by == stage.people["receiver"]
        archived = client.get(reverse("governance:pack-zip", args=[handover.public_id]))
        with zipfile.ZipFile(io.BytesIO(archived.content)) as zipped:
            assert "06-fiches-a-revoir.csv" in zipped.namelist()
        printed = AnimatorPack().content(handover, "fr").context
        assert printed["parts"][-1]["rows"] == [["A"]]
        assert any(line["title"] == "Fiches à revoir" and line["received"] for line in printed["checklist"])

    def test_parts_are_read_in_a_few_queries(self, stage: Stage, django_assert_max_num_queries: Any) -> None:
        handover = stage.accepted()
        with django_assert_max_num_queries(19):
            archive.open_pack(handover, stage.people["receiver"])


class TestAct:
    def test_holds_no_names_of_people(self, stage: Stage) -> None:
        act = act_of(stage.completed())
        assert all(user.last_name not in str(act) for user in stage.people.values())
        assert act["validated"]["statement"] == "Les membres en valident la pertinence."

    def test_printed_checked_and_packed(
        self, transactional_db: None, signed_in: Any, settings: Any, tmp_path: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        stage = set_stage()
        handover = stage.completed()
        reports = {}
        for kind, role in ((ACT, "other0"), (PACK, "receiver")):
            report = request_report(kind=kind, subject_id=handover.public_id, by=stage.people[role], now=timezone.now())
            jobs.make(jobs.claim(report.pk, now=timezone.now()))
            reports[kind] = Report.objects.get(pk=report.pk)
        act = reports[ACT]
        text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / act.file).pages)
        assert stage.holder.name in text
        assert "Les membres en valident la pertinence" in text
        client = signed_in(stage.people["other0"])
        url = reverse("governance:handover-paper-file", args=[handover.public_id, "acte"])
        served = client.get(url)
        assert served["Content-Type"] == "application/pdf"
        served.close()
        assert verify(act.content_sha256[:12]).is_in_force
        zip_url = reverse("governance:pack-zip", args=[handover.public_id])
        assert client.get(zip_url).status_code == 403
        answer = signed_in(stage.people["receiver"]).get(zip_url)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as zipped:
            assert sum(name.endswith(".pdf") for name in zipped.namelist()) == 2  # the pack and its evidence
        corrections.correct(
            handover=handover,
            by=stage.people["administrator"],
            changes={"accepted_body": "Bureau"},
            reason="Mauvaise instance.",
            now=timezone.now(),
        )
        replaced = verify(act.content_sha256)
        assert (replaced.version, replaced.in_force) == (1, 2)

    def test_asked_for_with_the_effect_and_with_each_correction(self, stage: Stage) -> None:
        handover = stage.completed()
        asked = Report.objects.filter(kind=ACT, subject_id=handover.public_id)
        assert asked.get().requested_by == stage.people["holder"]
        corrections.correct(
            handover=handover,
            by=stage.people["administrator"],
            changes={"accepted_body": "Bureau"},
            reason="Mauvaise instance.",
            now=timezone.now(),
        )
        assert asked.count() == 2
        assert asked.values("content_sha256").distinct().count() == 2

    @pytest.mark.parametrize("has_left", [False, True])
    def test_asked_for_when_the_clock_brings_the_effect(self, stage: Stage, has_left: bool) -> None:
        """Nobody is there to ask; who handed over may even have left the space meanwhile."""
        handover = stage.completed(at=moment(1))
        assert not Report.objects.filter(kind=ACT).exists()
        if has_left:
            Position.objects.filter(user=stage.people["holder"]).delete()
        [settled] = completion.settle(now=moment(1))
        assert settled == handover
        assert Report.objects.filter(kind=ACT, subject_id=handover.public_id).exists() is not has_left

    def test_not_before_the_effect(self, stage: Stage, signed_in: Any) -> None:
        handover = stage.accepted()
        url = reverse("governance:handover-paper", args=[handover.public_id, "acte"])
        answer = signed_in(stage.people["other0"]).post(url, follow=True)
        assert answer.status_code == 200
        assert not handover.steps.filter(step="complete").exists()


class TestTelling:
    def test_every_kind_has_words_and_an_address(self, stage: Stage) -> None:
        handover = stage.proposed()
        consultation = consult(stage.people["holder"], "open")
        values = {
            "handover": str(handover.public_id),
            "consultation": str(consultation.public_id),
            "holder": "Le RAMEAU",
            "receiver": "Fondation",
            "title": "Un essai",
            "organisation": "Atelier",
            "day": "2026-12-01",
        }
        ours = [kind for kind in kinds.registered() if kind.name.startswith("governance.")]
        assert len(ours) == 17
        for kind in ours:
            assert "%" not in kind.title(values)
            assert kind.url(values).startswith("/gouvernance/")

    def test_what_waits_for_whom(self, stage: Stage) -> None:
        handover = stage.proposed()
        consultation = consult(stage.people["holder"], "open")

        def urls(role: str) -> set[str]:
            user = stage.people[role]
            user.__dict__.pop("_rights_memory", None)
            return {task.url for task in waiting.tasks(user, timezone.now())}

        assert handover.get_absolute_url() in urls("receiver")
        assert handover.get_absolute_url() not in urls("holder") | urls("other0")
        assert consultation.get_absolute_url() in urls("other0")
        assert consultation.get_absolute_url() not in urls("administrator")

    def test_the_clock_runs_with_nothing_to_do(self, stage: Stage) -> None:
        run_due()
        run_due(later="arguments of a newer release are no harm")


def test_the_period_of_a_legal_identity_is_half_open(stage: Stage) -> None:
    identity = stage.supply_identity(stage.holder)
    identity.period = factories.since(dt.date(2024, 1, 1), timezone.localdate())
    identity.save()
    assert selectors.legal_identity(timezone.now()) is None


class TestNoteOfThePack:
    def test_one_too_long_is_told_at_its_field_and_kept(self, stage: Stage, signed_in: Any) -> None:
        handover = stage.accepted()
        client, typed = signed_in(stage.people["holder"]), "Chez le bureau d’enregistrement. " * 70
        address = reverse("governance:pack-line", args=[handover.public_id, "domain"])
        refused = client.post(address, {"note": typed})
        assert refused.status_code == 422
        page = html.fromstring(refused.content)
        (control,) = page.xpath("//textarea[@id='note-domain']")
        assert control.text.strip() == typed.strip()
        assert "2" in page.xpath("string(//*[@id='note-domain_error'])")
        assert page.xpath("//details[@open]//textarea/@id") == ["note-domain"]
        assert not PackLine.objects.exists()
        assert client.post(address, {"note": typed[:300]}).status_code == 302
        assert PackLine.objects.get().note == typed[:300].strip()
