"""The governance page: who animates, the timeline with its partial dates, in a number of queries that stays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from core.partial_dates import PartialDate, day, month, season, year
from governance.enums import EventKind, MandateKind, ResponsibilityKind
from governance.handovers import services
from governance.models import Consultation, Handover, Mandate, Responsibility, SpaceEvent
from governance.register import page as register_page
from governance.templatetags.governance import since
from tests import factories
from tests.factories import days, moment
from tests.governance.scene import consult
from tests.governance.stage import Stage

URL = "governance:page"


def event(**given: Any) -> SpaceEvent:
    fields = {"kind": EventKind.OTHER, "date": year(2022), "title": "Bilan", **given}
    row = SpaceEvent(**fields)
    row.full_clean()
    row.save()
    return row


def timeline(stage: Stage) -> list[str]:
    found = register_page.governance_page(now=timezone.now(), sees_drafts=False)
    return [shown.title for group in found.years for shown in group.events]


class TestTimeline:
    def test_a_known_day_comes_before_what_is_known_to_the_month(self, stage: Stage) -> None:
        for title, date in (
            ("l’année", year(2024)),
            ("le mois", month(2024, 11)),
            ("la saison", season("summer", 2024)),
            ("le jour", day(dt.date(2024, 11, 12))),
            ("la naissance", day(dt.date(2020, 3, 20))),
        ):
            event(title=title, date=date)
        told = [title for title in timeline(stage) if title.startswith(("l’", "le ", "la "))]
        assert told == ["la naissance", "la saison", "le jour", "le mois", "l’année"]

    def test_sessions_by_number_drafts_left_out(self, stage: Stage) -> None:
        factories.SessionFactory(number=21, title="Cofinancer", date=month(2024, 11))
        factories.SessionFactory(number=22, title="Secrète", draft=True, date=month(2024, 12))
        factories.SessionFactory(number=23, title="À venir", announced=True)
        told = timeline(stage)
        assert "Cofinancer" in told
        assert "Secrète" not in told
        assert told[-1] == "À venir"

    def test_a_handover_and_its_acceptance(self, stage: Stage) -> None:
        handover = stage.completed()
        found = register_page.governance_page(now=timezone.now(), sees_drafts=False)
        turns = [shown for group in found.years for shown in group.events if shown.url == handover.get_absolute_url()]
        assert [shown.knot for shown in turns] == ["", "turn"]

    def test_an_acceptance_known_to_the_month_still_comes_before_the_effect(self, stage: Stage) -> None:
        handover = stage.completed()
        first = timezone.localdate().replace(day=1)
        Handover.objects.filter(pk=handover.pk).update(accepted_on=month(first.year, first.month))
        found = register_page.governance_page(now=timezone.now(), sees_drafts=False)
        turns = [shown for group in found.years for shown in group.events if shown.url == handover.get_absolute_url()]
        assert [shown.knot for shown in turns] == ["", "turn"]

    def test_a_draft_leaves_no_trace(self, stage: Stage, signed_in: Callable) -> None:
        stage.drafted()
        page = signed_in(stage.people["other0"]).get(reverse(URL)).content.decode()
        assert stage.receiver.name not in page


class TestRunning:
    def test_who_and_since_when(self, stage: Stage, signed_in: Callable) -> None:
        page = signed_in(stage.people["other0"]).get(reverse(URL)).content.decode()
        assert stage.holder.name in page
        assert stage.people["holder"].get_full_name() in page
        assert stage.people["observer"].get_full_name() not in page, "observers do not animate"

    def test_nobody_yet(self, db: None, signed_in: Callable) -> None:
        user = factories.PositionFactory(user__signs_in=True).user
        assert signed_in(user).get(reverse(URL)).status_code == 200

    def test_a_term_that_is_over_warns(self, stage: Stage, signed_in: Callable) -> None:
        factories.MandateFactory(
            organisation=stage.receiver, kind=MandateKind.INTERIM, term_ends_on=days(-3), starts_at=moment(-200)
        )
        found = register_page.governance_page(now=timezone.now(), sees_drafts=False)
        assert found.past_term
        assert found.running.organisation == stage.receiver

    def test_responsibilities_beside_the_mandate(self, stage: Stage) -> None:
        for organisation, kind in (
            (stage.holder, ResponsibilityKind.FOUNDER),
            (stage.receiver, ResponsibilityKind.FOUNDER),
        ):
            Responsibility.objects.create(organisation=organisation, kind=kind, since=day(dt.date(2020, 3, 20)))
        Responsibility.objects.create(
            organisation=stage.others[0], kind=ResponsibilityKind.TOOLS_FUNDING, has_ended=True
        )
        found = register_page.governance_page(now=timezone.now(), sees_drafts=False)
        assert [len(rows) for _name, rows in found.responsibilities_by_name] == [2]
        assert len(found.former_responsibilities) == 1


@pytest.mark.parametrize(
    ("date", "french"),
    [
        (day(dt.date(2020, 3, 20)), "Depuis le 20 mars 2020"),
        (month(2024, 11), "Depuis novembre 2024"),
        (season("summer", 2020), "Depuis l’été 2020"),
        (season("spring", 2020), "Depuis le printemps 2020"),
        (year(2024), "Depuis 2024"),
    ],
)
def test_since_with_the_article_french_wants(date: PartialDate, french: str) -> None:
    with translation.override("en"):
        assert since(date).startswith("Since ")
    with translation.override("fr"):
        assert since(date) == french


def test_every_act_is_listed_wherever_it_led(stage: Stage) -> None:
    declined = stage.proposed()
    services.decline(handover=declined, by=stage.people["receiver"], reason="Trop tôt.", now=timezone.now())
    effective = stage.completed()
    consult(stage.people["receiver"], "open")
    closed = consult(stage.people["receiver"], "closed")
    found = register_page.governance_page(now=timezone.now(), sees_drafts=False)
    title = f"Passation : {stage.holder.label} → {stage.receiver.label}"
    assert {(act.title.replace("\u00a0", " "), act.label, act.url) for act in found.acts} == {
        (title, "Refusée", declined.get_absolute_url()),
        (title, "Effective", effective.get_absolute_url()),
        ("Consultation : Question closed", "Quorum non atteint", closed.get_absolute_url()),
    }
    assert [row.title for row in found.consultations] == ["Question open"]


def test_no_more_queries_with_more_of_everything(
    stage: Stage, signed_in: Callable, assert_constant_queries: Callable
) -> None:
    numbers = iter(range(100))

    def more() -> None:
        number = next(numbers)
        event(title=f"Événement {number}")
        factories.SessionFactory(number=200 + number)
        factories.MandateFactory(organisation=stage.holder, starts_at=moment(-300 + number))
        Responsibility.objects.create(organisation=stage.others[0], kind=ResponsibilityKind.OTHER)
        factories.PositionFactory(organisation=stage.holder)

    assert_constant_queries(signed_in(stage.people["other0"]), reverse(URL), more, most=15)


def test_the_handovers_page_asks_as_often_with_more_steps(
    stage: Stage, signed_in: Callable, assert_constant_queries: Callable
) -> None:
    from governance.handovers import corrections

    handover = stage.completed()
    bodies = iter(range(100))

    def more() -> None:
        corrections.correct(
            handover=handover,
            by=stage.people["administrator"],
            changes={"accepted_body": f"Instance {next(bodies)}"},
            reason="Faute.",
            now=timezone.now(),
        )

    assert_constant_queries(signed_in(stage.people["other0"]), handover.get_absolute_url(), more, most=20)


def test_consultations_ask_as_often_with_more_voters(
    stage: Stage, signed_in: Callable, assert_constant_queries: Callable
) -> None:
    from governance.models import Ballot, Voter

    consultation = consult(stage.people["holder"], "closed")

    def more() -> None:
        organisation = factories.OrganisationFactory(member=True)
        voter = Voter.objects.create(consultation=consultation, organisation=organisation)
        Ballot.objects.create(voter=voter, stance="consent", by=stage.people["other0"], given_at=timezone.now())

    assert_constant_queries(signed_in(stage.people["other0"]), consultation.get_absolute_url(), more, most=15)


def test_the_end_of_a_mandate_is_the_start_of_the_next(stage: Stage) -> None:
    handover = stage.completed()
    former, running = Mandate.objects.for_list()
    assert former.ended_on == running.started_on == handover.effective_on
    assert former.ends_at == running.starts_at


@pytest.mark.parametrize(
    ("address", "data", "model"),
    [
        ("/gouvernance/evenements/nouveau/", {"kind": "other", "date": "été 2025", "title": "Rencontre"}, SpaceEvent),
        ("/gouvernance/consultations/nouvelle/", {"title": "Essai", "question": "D’accord ?"}, Consultation),
    ],
)
def test_a_form_sent_twice_adds_once(
    stage: Stage, signed_in: Any, address: str, data: dict[str, str], model: Any
) -> None:
    client = signed_in(stage.people["holder"])
    key = re.search(r'name="one_time_key" value="(\w+)"', client.get(address).text)[1]
    for _time in range(2):
        assert client.post(address, {**data, "one_time_key": key}).status_code == 302
    assert model.objects.count() == 1


def test_what_is_open_comes_first_and_years_that_are_over_are_folded(stage: Stage, signed_in: Any) -> None:
    factories.SessionFactory(title="Une séance de 2021", date=day(dt.date(2021, 4, 2)))
    event(date=day(days(0)))
    stage.proposed()
    client = signed_in(stage.people["other0"])
    page = client.get("/gouvernance/").text
    assert page.index('id="en-cours-1"') < page.index('id="mandats"') < page.index('id="frise"')
    years = {
        year: bool(opened)
        for opened, year in re.findall(r'<details class="year"( open)?>\s*<summary><h3>(\d{4})', page)
    }
    assert years["2021"] is False
    assert years[max(years)] is True
    assert "Une séance de 2021" in page, "folded, not left out"
    without = client.get("/gouvernance/?sessions=non").text
    assert "Une séance de 2021" not in without
    assert "Afficher les sessions" in without
