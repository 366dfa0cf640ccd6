"""Every bad input of the governance pages: the exact sentence, where people look for it, and nothing typed lost.

Sent through the pages, as the browser sends it, in French.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.formatting import names
from core.partial_dates import day, display, month
from governance.consultations import ballots, proxies, services as consultations
from governance.consultations.services import Question
from governance.enums import HandoverState, Stance
from governance.handovers import services
from governance.models import Ballot, Consultation, Handover, Mandate
from members.models import Membership
from sessions_app.enums import Presence
from sessions_app.models import Session
from tests import factories
from tests.factories import days, moment, since
from tests.governance.stage import Stage
from tests.governance.test_consultations import opened, prepared

SignedIn = Callable[[Any], Client]
TYPED = "Ce que j’avais tapé"


def errors_of(page: str) -> dict[str, list[str]]:
    """The sentences shown, by the field they stand at; those above the form under ""."""
    found: dict[str, list[str]] = {}
    for name, block in re.findall(r'<div id="id_([\w-]+)_error">(.*?)</div>', page, re.DOTALL):
        found[name] = [html.unescape(text) for text in re.findall(r"<span>(.*?)</span>", block, re.DOTALL)]
    for block in re.findall(r'<div class="alert alert-danger.*?</div>\s*</div>', page, re.DOTALL):
        found.setdefault("", []).append(html.unescape(re.sub(r"<[^>]+>|\s+", " ", block)).strip())
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("releve.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n", content_type="application/pdf")


def refused(client: Client, address: str, data: dict[str, Any], field: str, sentence: str) -> str:
    """Sends the form; it comes back (422) with `sentence` at `field`. Returns the page."""
    answer = client.post(address, data)
    assert answer.status_code == 422, answer.status_code
    said = {name: [plain(text) for text in texts] for name, texts in errors_of(answer.text).items()}
    assert any(sentence in text for text in said.get(field, [])), said
    return answer.text


class TestReceiver:
    def draft(self, stage: Stage, signed_in: SignedIn, receiver: Any, sentence: str) -> None:
        page = refused(
            signed_in(stage.people["holder"]),
            "/gouvernance/passations/nouvelle/",
            {"receiver": receiver.pk, "purpose": TYPED},
            "receiver",
            sentence,
        )
        assert TYPED in page
        assert not Handover.objects.exists()

    def test_equals_the_holder(self, stage: Stage, signed_in: SignedIn) -> None:
        sentence = "L’animation passe à une autre organisation que celle qui l’assure."
        self.draft(stage, signed_in, stage.holder, sentence)

    def test_is_no_member(self, stage: Stage, signed_in: SignedIn) -> None:
        outsider = factories.OrganisationFactory(name="Une passante")
        self.draft(stage, signed_in, outsider, f"{outsider.label} n’est pas membre de l’espace.")

    def test_has_left_since_the_page_was_opened(self, stage: Stage, signed_in: SignedIn) -> None:
        address = f"{stage.drafted().get_absolute_url()}proposer/"
        membership = stage.receiver.memberships.get()
        membership.period = since(dt.date(2020, 3, 20), days(-1))
        membership.save()
        answer = signed_in(stage.people["holder"]).post(address, {"comment": TYPED})
        assert answer.status_code == 422
        assert f"{stage.receiver.label} n’est pas membre de l’espace." in plain(html.unescape(answer.text))
        assert TYPED in answer.text

    def test_is_asked_to_take_an_interim_though_it_holds(self, stage: Stage, signed_in: SignedIn) -> None:
        page = refused(
            signed_in(stage.people["other0"]),
            "/gouvernance/interim/",
            {"organisation": stage.others[0].pk, "receiver": stage.holder.pk, "reason": TYPED},
            "receiver",
            "L’animation passe à une autre organisation que celle qui l’assure.",
        )
        assert TYPED in page


class TestDates:
    def accept(self, stage: Stage, signed_in: SignedIn, handover: Handover, date: str, sentence: str) -> None:
        page = refused(
            signed_in(stage.people["receiver"]),
            f"{handover.get_absolute_url()}accepter/",
            {"body": TYPED, "accepted_on": date, "document": paper()},
            "accepted_on",
            sentence,
        )
        assert TYPED in page
        assert date in page

    def test_acceptance_before_the_proposal(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = stage.proposed()
        before = days(-1).strftime("%d/%m/%Y")
        sentence = f"Cette date est antérieure à celle de la proposition : {plain(display(handover.proposed_on))}."
        self.accept(stage, signed_in, handover, before, sentence)

    def test_acceptance_in_the_future(self, stage: Stage, signed_in: SignedIn) -> None:
        tomorrow = days(1).strftime("%d/%m/%Y")
        self.accept(stage, signed_in, stage.proposed(), tomorrow, "Cette date est dans l’avenir.")

    def test_acceptance_undated(self, stage: Stage, signed_in: SignedIn) -> None:
        page = refused(
            signed_in(stage.people["receiver"]),
            f"{stage.proposed().get_absolute_url()}accepter/",
            {"body": TYPED, "accepted_on": "", "document": paper()},
            "accepted_on",
            "Indiquez quand cela a eu lieu.",
        )
        assert TYPED in page

    def test_a_date_nobody_can_read(self, stage: Stage, signed_in: SignedIn) -> None:
        sentence = "Écrivez un jour, un mois, une saison ou une année : 12/11/2024, novembre 2024, été 2020, 2024."
        self.accept(stage, signed_in, stage.proposed(), "le douze", sentence)

    def historical(self, stage: Stage) -> Handover:
        handover = services.accept(
            handover=stage.proposed(is_historical=True, proposed_on=month(2024, 10)),
            by=stage.people["receiver"],
            body="Comité exécutif",
            accepted_on=day(dt.date(2024, 11, 12)),
            now=timezone.now(),
        )
        return services.validate(
            handover=handover,
            by=stage.people["holder"],
            session=stage.session(date=month(2024, 11)),
            statement="Validé.",
            now=timezone.now(),
        )

    @pytest.mark.parametrize(
        ("date", "sentence"),
        [
            ("octobre 2024", "Cette date est antérieure à celle de l’acceptation : 12 novembre 2024."),
            ("2019", "Le nouveau mandat commence après celui auquel il succède : été 2020."),
            ("mars 2020", "Le nouveau mandat commence après celui auquel il succède : été 2020."),
        ],
    )
    def test_effect_before_a_step_or_before_the_running_mandate(
        self, stage: Stage, signed_in: SignedIn, date: str, sentence: str
    ) -> None:
        page = refused(
            signed_in(stage.people["holder"]),
            f"{self.historical(stage).get_absolute_url()}remettre/",
            {"effective_on": date, "comment": TYPED},
            "effective_on",
            sentence,
        )
        assert TYPED in page
        assert Mandate.objects.count() == 1

    def test_effect_set_for_a_moment_that_is_over(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = stage.validated()
        stage.supply_identity()
        for at, sentence in (
            (moment(-24), "Les droits ne peuvent pas changer de mains dans le passé."),
            (moment(-365 * 12), "Le nouveau mandat commence après celui auquel il succède."),
        ):
            refused(
                signed_in(stage.people["holder"]),
                f"{handover.get_absolute_url()}remettre/",
                {"when": "later", "at": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")},
                "at",
                sentence,
            )

    def test_no_moment_set(self, stage: Stage, signed_in: SignedIn) -> None:
        refused(
            signed_in(stage.people["holder"]),
            f"{stage.validated().get_absolute_url()}remettre/",
            {"when": "later", "at": ""},
            "at",
            "Fixez le moment.",
        )

    def test_a_term_that_ends_before_it_begins(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = stage.validated()
        stage.supply_identity()
        refused(
            signed_in(stage.people["holder"]),
            f"{handover.get_absolute_url()}remettre/",
            {"when": "now", "term_ends_on": days(0).isoformat()},
            "term_ends_on",
            "Le dernier jour convenu vient après le premier.",
        )
        assert stage.running() == stage.holder

    def test_a_correction_that_turns_the_order_round(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = self.historical(stage)
        page = refused(
            signed_in(stage.people["administrator"]),
            f"{handover.get_absolute_url()}corriger/",
            {
                "proposed_on": "13/11/2024",
                "accepted_body": "Comité exécutif",
                "accepted_on": "12/11/2024",
                "validation_session": handover.validation_session_id,
                "validation_statement": "Validé.",
                "reason": TYPED,
            },
            "proposed_on",
            "Cette date est postérieure à celle de l’acceptation : 12 novembre 2024.",
        )
        assert TYPED in page


class TestValidation:
    @pytest.mark.parametrize(
        ("traits", "sentence"),
        [
            ({"cancelled": True}, "Cette session a été annulée."),
            ({"announced": True, "date": day(days(0))}, "Cette session n’a pas encore eu lieu."),
            ({"date": day(dt.date(2024, 4, 18))}, "Cette session a précédé la proposition."),
            ({"date": day(dt.date(2020, 4, 2))}, "Cette session a précédé le mandat qui est transmis."),
        ],
    )
    def test_in_a_session_that_does_not_fit(
        self, stage: Stage, signed_in: SignedIn, traits: dict[str, Any], sentence: str
    ) -> None:
        page = refused(
            signed_in(stage.people["holder"]),
            f"{stage.accepted().get_absolute_url()}valider/",
            {"session": stage.session(**traits).pk, "statement": TYPED},
            "session",
            sentence,
        )
        assert TYPED in page

    def test_in_no_session(self, stage: Stage, signed_in: SignedIn) -> None:
        refused(
            signed_in(stage.people["holder"]),
            f"{stage.accepted().get_absolute_url()}valider/",
            {"session": "", "statement": TYPED},
            "session",
            "Indiquez dans quelle session les membres ont validé.",
        )

    def test_without_a_word(self, stage: Stage, signed_in: SignedIn) -> None:
        refused(
            signed_in(stage.people["holder"]),
            f"{stage.accepted().get_absolute_url()}valider/",
            {"session": stage.session().pk, "statement": ""},
            "statement",
            "Écrivez ce qui a été dit.",
        )

    def test_by_a_consultation_about_something_else(self, stage: Stage, signed_in: SignedIn) -> None:
        refused(
            signed_in(stage.people["holder"]),
            f"{stage.accepted().get_absolute_url()}valider/",
            {"session": stage.session().pk, "consultation": opened(stage).pk},
            "consultation",
            "Choisissez la consultation portant sur cette passation.",
        )

    def test_by_consensus_where_nobody_is_recorded_as_present(self, stage: Stage, signed_in: SignedIn) -> None:
        """Neither without any attendance, nor where all who are recorded were away."""
        handover, session = stage.accepted(), stage.session(attended=False)
        factories.AttendanceFactory(session=session, organisation=stage.others[0], presence=Presence.EXCUSED)
        page = refused(
            signed_in(stage.people["holder"]),
            f"{handover.get_absolute_url()}valider/",
            {"session": session.pk, "statement": TYPED},
            "session",
            "Personne n’est noté présent à cette session : enregistrez d’abord les présences.",
        )
        assert TYPED in page
        factories.AttendanceFactory(session=session, organisation=stage.others[1])
        assert self.by_consensus(stage, signed_in, handover, session).status_code == 302

    def by_consensus(self, stage: Stage, signed_in: SignedIn, handover: Handover, session: Session) -> Any:
        address = f"{handover.get_absolute_url()}valider/"
        return signed_in(stage.people["holder"]).post(address, {"session": session.pk, "statement": TYPED})

    def asked(self, stage: Stage, handover: Handover) -> Consultation:
        now, by = timezone.now(), stage.people["holder"]
        question = Question(title="La passation", question="D’accord ?")
        return consultations.prepare(by=by, question=question, handover=handover, now=now)

    def open(self, stage: Stage, consultation: Consultation) -> None:
        consultations.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())

    def close(self, stage: Stage, consultation: Consultation, *stances: str) -> None:
        for number, stance in enumerate(stances):
            ballots.give(
                consultation=consultation,
                by=stage.people[f"other{number}"],
                organisation=stage.others[number],
                stance=Stance(stance),
                reason="…",
                now=timezone.now(),
            )
        consultations.close_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())

    def test_by_consensus_around_a_consultation(self, stage: Stage, signed_in: SignedIn) -> None:
        """Open, then rejected: a sentence does not take the place of the members' answer. Asked again, it counts."""
        handover, session = stage.accepted(), stage.session()
        first = self.asked(stage, handover)
        self.open(stage, first)
        client = signed_in(stage.people["holder"])
        address = f"{handover.get_absolute_url()}valider/"
        data = {"session": session.pk, "statement": TYPED}
        waiting = "Les membres sont consultés sur cette passation : attendez la clôture, ou annulez la consultation."
        assert TYPED in refused(client, address, data, "consultation", waiting)
        self.close(stage, first, "objection", "consent", "consent", "consent")
        rejected = "Les membres n’ont pas adopté la dernière consultation sur cette passation : posez-leur d’abord à nouveau la question."
        assert TYPED in refused(client, address, data, "consultation", rejected)
        again = self.asked(stage, handover)
        self.open(stage, again)
        refused(client, address, {**data, "consultation": first.pk}, "consultation", "Les membres n’ont pas adopté")
        self.close(stage, again, "consent", "consent", "consent", "consent")
        assert client.post(address, data).status_code == 302
        handover.refresh_from_db()
        assert handover.state == HandoverState.VALIDATED

    def test_by_consensus_while_a_consultation_is_prepared_or_was_called_off(
        self, stage: Stage, signed_in: SignedIn
    ) -> None:
        handover, session = stage.accepted(), stage.session()
        draft, called_off = self.asked(stage, handover), self.asked(stage, handover)
        self.open(stage, called_off)
        consultations.call_off(consultation=called_off, by=stage.people["holder"], reason="Erreur.", now=timezone.now())
        assert self.by_consensus(stage, signed_in, handover, session).status_code == 302
        answer = signed_in(stage.people["holder"]).post(f"{draft.get_absolute_url()}ouvrir/")
        said = "La passation sur laquelle elle porte n’attend plus les membres."
        assert said in plain(html.unescape(answer.text)), "nobody is asked about what is decided"
        draft.refresh_from_db()
        assert draft.state == "draft"


class TestEvidence:
    def test_the_document_is_missing(self, stage: Stage, signed_in: SignedIn) -> None:
        page = refused(
            signed_in(stage.people["receiver"]),
            f"{stage.proposed().get_absolute_url()}accepter/",
            {"body": TYPED, "accepted_on": days(0).strftime("%d/%m/%Y")},
            "document",
            "Ajoutez le document où se lit la décision de l’instance.",
        )
        assert TYPED in page

    def test_the_body_is_missing(self, stage: Stage, signed_in: SignedIn) -> None:
        refused(
            signed_in(stage.people["receiver"]),
            f"{stage.proposed().get_absolute_url()}accepter/",
            {"body": "", "accepted_on": days(0).strftime("%d/%m/%Y"), "document": paper()},
            "body",
            "Indiquez quelle instance a accepté.",
        )

    @pytest.mark.parametrize(("slug", "role"), [("refuser", "receiver"), ("retirer", "holder")])
    def test_an_end_without_reason(self, stage: Stage, signed_in: SignedIn, slug: str, role: str) -> None:
        address = f"{stage.proposed().get_absolute_url()}{slug}/"
        refused(signed_in(stage.people[role]), address, {"reason": " "}, "reason", "Donnez un motif.")

    def test_the_legal_identity_is_missing(self, stage: Stage, signed_in: SignedIn) -> None:
        address = f"{stage.validated().get_absolute_url()}remettre/"
        answer = signed_in(stage.people["holder"]).post(address, {"when": "now", "comment": TYPED})
        assert answer.status_code == 422
        said = (
            f"{names.subject(stage.receiver.label, first=True)} doit d’abord fournir son identité légale : éditeur, directeur de la"
            " publication, hébergeur, contact pour les données personnelles."
        )
        assert said in plain(html.unescape(answer.text))
        assert TYPED in answer.text
        assert stage.running() == stage.holder


class TestBackAndAgain:
    def test_a_step_sent_twice_leads_to_where_it_stands(self, stage: Stage, signed_in: SignedIn) -> None:
        handover = stage.proposed()
        client = signed_in(stage.people["receiver"])
        data = {"body": "Comité", "accepted_on": days(0).strftime("%d/%m/%Y")}
        for _time in range(2):
            answer = client.post(f"{handover.get_absolute_url()}accepter/", {**data, "document": paper()}, follow=True)
            assert answer.redirect_chain == [(handover.get_absolute_url(), 302)]
        said = "Cette étape a déjà été franchie, ou ne peut pas l’être maintenant. Voyez où en est la passation."
        assert said in plain(html.unescape(answer.text))
        assert handover.steps.filter(step="accept").count() == 1
        assert handover.documents.count() == 1

    def test_a_second_handover(self, stage: Stage, signed_in: SignedIn) -> None:
        stage.proposed()
        answer = signed_in(stage.people["holder"]).post(
            "/gouvernance/passations/nouvelle/", {"receiver": stage.others[0].pk, "purpose": TYPED}
        )
        assert answer.status_code == 422
        assert "Une autre passation est en cours." in plain(html.unescape(answer.text))
        assert TYPED in answer.text


class TestConsultations:
    def test_without_voters(self, stage: Stage, signed_in: SignedIn) -> None:
        consultation = prepared(stage)
        for membership in Membership.objects.all():
            membership.period = since(dt.date(2020, 3, 20), days(-1))
            membership.save()
        client = signed_in(stage.people["holder"])
        answer = client.post(f"{consultation.get_absolute_url()}ouvrir/", follow=True)
        said = "Personne n’a de voix : l’espace n’a aucun membre aujourd’hui."
        assert said in plain(html.unescape(answer.text))
        consultation.refresh_from_db()
        assert consultation.state == "draft"

    def test_a_voice_after_the_position_ended(self, stage: Stage, signed_in: SignedIn) -> None:
        consultation = opened(stage)
        client = signed_in(stage.people["other0"])
        assert client.get(consultation.get_absolute_url()).status_code == 200
        position = stage.others[0].positions.get()
        position.period = since(days(-400), days(0))
        position.save()
        answer = client.post(
            f"{consultation.get_absolute_url()}position/",
            {"organisation": stage.others[0].pk, "stance": "consent", "reason": "", "based_on": 0},
        )
        assert answer.status_code == 403
        assert not Ballot.objects.exists()

    def test_an_objection_without_reason(self, stage: Stage, signed_in: SignedIn) -> None:
        organisation = stage.others[0]
        page = refused(
            signed_in(stage.people["other0"]),
            f"{opened(stage).get_absolute_url()}position/",
            {"organisation": organisation.pk, "stance": "objection", "reason": "", "based_on": 0},
            f"{organisation.pk}_reason",
            "Une objection se motive.",
        )
        assert re.search(r'value="objection"[^>]*checked', page), "the choice made is not lost"

    def test_loops_and_chains_of_pouvoirs(self, stage: Stage, signed_in: SignedIn) -> None:
        consultation = opened(stage)
        first, second, third = stage.others[:3]

        def entrust(giver: int, holder: Any, field: str, sentence: str) -> None:
            organisation = stage.others[giver]
            refused(
                signed_in(stage.people[f"other{giver}"]),
                f"{consultation.get_absolute_url()}pouvoir/",
                {"giver": organisation.pk, f"proxy-{organisation.pk}-holder": holder.pk},
                f"proxy-{organisation.pk}-holder" if field else "",
                sentence,
            )

        given = {"by": stage.people["other0"], "giver": first, "holder": second, "now": timezone.now()}
        proxies.give(consultation=consultation, **given)
        holds = "Votre organisation détient des pouvoirs d’autres membres : elle ne peut pas confier sa propre voix."
        entrust(1, first, "holder", f"{names.subject(first.label, first=True)} a déjà confié sa voix.")
        entrust(1, third, "", holds)
        entrust(2, first, "holder", f"{names.subject(first.label, first=True)} a déjà confié sa voix.")
        entrust(2, stage.others[2], "", "Un pouvoir se donne à une autre organisation.")
        entrust(0, third, "", "Votre organisation a déjà donné un pouvoir ; révoquez-le d’abord.")

    def test_a_closing_time_behind(self, stage: Stage, signed_in: SignedIn) -> None:
        page = refused(
            signed_in(stage.people["holder"]),
            "/gouvernance/consultations/nouvelle/",
            {"title": TYPED, "question": "D’accord ?", "closes_at": "2024-01-01T12:00"},
            "closes_at",
            "Choisissez une heure de clôture à venir.",
        )
        assert TYPED in page

    @pytest.mark.parametrize(
        ("field", "sent", "sentence"),
        [
            (
                "opens_at",
                "0001-01-01T00:00",
                "Choisissez une ouverture à venir, ou laissez vide pour ouvrir à la main.",
            ),
            (
                "opens_at",
                "2024-01-01T12:00",
                "Choisissez une ouverture à venir, ou laissez vide pour ouvrir à la main.",
            ),
            ("opens_at", "9999-12-31T23:59", "Choisissez une ouverture dans l’année qui vient."),
            ("closes_at", "0001-01-01T00:00", "Choisissez une heure de clôture à venir."),
            ("closes_at", "9999-12-31T23:59", "Choisissez une clôture dans l’année qui vient."),
        ],
    )
    def test_moments_that_no_calendar_holds(
        self, stage: Stage, signed_in: SignedIn, field: str, sent: str, sentence: str
    ) -> None:
        """Whichever bound stands first, the field's or the service's: it is refused at its field, and nothing is kept."""
        client = signed_in(stage.people["holder"])
        data = {"title": TYPED, "question": "D’accord ?", field: sent}
        answer = client.post("/gouvernance/consultations/nouvelle/", data)
        assert answer.status_code == 422
        said = [plain(text) for text in errors_of(answer.text)[field]]
        assert sentence in said or sent[:4] in ("0001", "9999"), said
        assert said
        assert TYPED in answer.text
        assert not Consultation.objects.exists()
        assert client.get("/gouvernance/consultations/").status_code == 200
        assert client.get("/gouvernance/journal/").status_code == 200

    @pytest.mark.parametrize("sent", ["0001-01-01T00:00", "9999-12-31T23:59"])
    def test_a_handing_over_at_a_moment_that_no_calendar_holds(
        self, stage: Stage, signed_in: SignedIn, sent: str
    ) -> None:
        handover = stage.validated()
        stage.supply_identity()
        client = signed_in(stage.people["holder"])
        answer = client.post(f"{handover.get_absolute_url()}remettre/", {"when": "later", "at": sent})
        assert answer.status_code == 422
        assert errors_of(answer.text)["at"]
        assert Mandate.objects.count() == 1

    def test_a_position_for_who_has_answered_or_was_away(self, stage: Stage, signed_in: SignedIn) -> None:
        consultation = opened(stage, session=stage.session())
        refused(
            signed_in(stage.people["holder"]),
            f"{consultation.get_absolute_url()}au-nom-de/",
            {"organisation": stage.others[1].pk, "stance": "consent", "reason": TYPED},
            "organisation",
            "Cette organisation n’est pas notée présente à la session de cette consultation.",
        )
