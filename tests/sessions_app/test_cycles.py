"""The page of a cycle, its proceedings, and the form of its theme and introduction."""

from __future__ import annotations

import pytest
from django.utils import timezone

from core import partial_dates
from governance.handovers import completion
from governance.models import Mandate
from sessions_app.minutes import publication, services
from sessions_app.models import Cycle
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    return factories.CycleFactory(year=2024, theme="mise en Commun(s)", introduction="<p>Une <em>année</em>.</p>")


@pytest.fixture
def session(cycle, people):
    session = factories.SessionFactory(cycle=cycle, number=21, title="Investir en commun")
    item = factories.AgendaItemFactory(session=session, position=1, title="Ouverture")
    services.save_entry(item=item, by=people.animator, body="<p>Un accord.</p>", based_on=0, now=timezone.now())
    factories.DecisionFactory(session=session, number=1, text="Un essai de six mois.")
    factories.ActionItemFactory(session=session, number=1, text="Rédiger la fiche.")
    factories.AttendanceFactory(session=session, organisation=people.animating)
    factories.MaterialFactory(session=session, title="Les diapositives")
    return session


def publish(session, people):
    return services.publish(session=session, by=people.animator, based_on=0, now=timezone.now())


def test_the_page_gathers_what_its_sessions_brought(signed_in, people, cycle, session):
    publish(session, people)
    initiative = rows.initiative()
    initiative.sessions.add(session)
    page = signed_in(people.member).get("/cycles/2024/").text
    for text in (
        "Mise en Commun(s)",
        '<p id="introduction-p1">Une <em>année</em>.</p>',
        "Investir en commun",
        "Un essai de six mois.",
        "Rédiger la fiche.",
        "Les diapositives",
        initiative.title,
    ):
        assert text in page, text
    assert "1 session tenue" in page
    assert "1 organisation présente" in page


def test_nothing_of_a_draft_shows(signed_in, people, cycle, session):
    factories.SessionFactory(cycle=cycle, number=30, draft=True, title="En préparation")
    page = signed_in(people.member).get("/cycles/2024/").text
    for text in ("En préparation", "Un essai de six mois.", "Rédiger la fiche.", "Un accord.", "Lire les actes"):
        assert text not in page, text
    assert "En préparation" in signed_in(people.animator).get("/cycles/2024/").text


def test_cycles_lead_to_their_neighbours(signed_in, people, cycle):
    factories.CycleFactory(year=2022, theme="Avant")
    factories.CycleFactory(year=2026, theme="Après")
    page = signed_in(people.member).get("/cycles/2024/").text
    assert 'rel="prev" href="/cycles/2022/"' in page
    assert 'rel="next" href="/cycles/2026/"' in page


def test_the_proceedings_hold_the_minutes_in_force_in_order(signed_in, people, cycle, session):
    publish(session, people)
    services.open_amendment(session=session, by=people.animator, now=timezone.now())
    services.save_entry(
        item=session.agenda.get(), by=people.animator, body="<p>Brouillon.</p>", based_on=1, now=timezone.now()
    )
    factories.SessionFactory(cycle=cycle, number=20, title="Sans texte")
    page = signed_in(people.member).get("/cycles/2024/actes/").text
    assert "Un accord." in page
    assert "Un essai de six mois." in page
    assert "Brouillon." not in page
    assert "Sans compte rendu publié" in page
    assert people.animator.last_name not in page.split("<main", 1)[1].split("</main>")[0]


def test_the_proceedings_end_with_handovers_and_initiatives_of_the_cycle(signed_in, people, cycle, session):
    publish(session, people)
    rows.initiative(title="Maison des communs").sessions.add(session)
    completion.record_past(
        mandate=Mandate.objects.get(organisation=people.animating),
        by=people.animator,
        body="Comité exécutif",
        session=session,
        statement="La session en valide la pertinence.",
        effective_on=partial_dates.month(2024, 11),
        now=timezone.now(),
    )
    main = signed_in(people.member).get("/cycles/2024/actes/").text.split("<main", 1)[1]
    assert main.index("Un accord.") < main.index("Passation") < main.index("Maison des communs")


def test_withdrawn_minutes_are_not_in_the_proceedings(signed_in, people, cycle, session):
    publish(session, people)
    publication.withdraw(session=session, by=people.animator, reason="Une erreur", now=timezone.now())
    for role in ("member", "animator"):
        assert "Un accord." not in signed_in(people.role(role)).get("/cycles/2024/actes/").text


def test_page_and_proceedings_ask_as_often_for_three_sessions_as_for_one(
    signed_in, people, cycle, assert_constant_queries
):
    def add() -> None:
        session = factories.SessionFactory(cycle=cycle, items=2)
        factories.MinutesFactory(session=session)
        factories.DecisionFactory(session=session, responsible=people.animating)
        factories.ActionItemFactory(session=session, responsible=people.animating)
        factories.AttendanceFactory(session=session, organisation=people.animating)
        factories.MaterialFactory(session=session)
        factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)

    factories.SpaceFactory()
    add()
    client = signed_in(people.member)
    assert_constant_queries(client, "/cycles/2024/", add, most=12)
    assert_constant_queries(client, "/cycles/2024/actes/", add, most=10)


def edit(client, **changes):
    sent = {
        "theme": "mise en Commun(s)",
        "introduction": "<p>Deux.</p>",
        "text_format": "html",
        "seen": "<p>Une <em>année</em>.</p>",
    }
    return client.post("/cycles/2024/modifier/", {**sent, **changes})


def test_animators_change_theme_and_introduction(signed_in, people, cycle):
    client = signed_in(people.animator)
    assert client.get("/cycles/2024/modifier/").status_code == 200
    assert edit(client, theme="Autre thème").status_code == 302
    cycle.refresh_from_db()
    assert (cycle.year, cycle.theme, cycle.introduction) == (2024, "Autre thème", "<p>Deux.</p>")


def test_without_script_the_introduction_is_plain_text(signed_in, people, cycle):
    edit(signed_in(people.animator), introduction="Un.\n\nDeux <b>.", text_format="plain")
    cycle.refresh_from_db()
    assert cycle.introduction == "<p>Un.</p><p>Deux &lt;b&gt;.</p>"


def test_scripts_do_not_reach_the_introduction(signed_in, people, cycle):
    edit(signed_in(people.animator), introduction="<p onclick=x>Net<script>alert(1)</script></p>")
    cycle.refresh_from_db()
    assert cycle.introduction == "<p>Net</p>"


def test_two_who_change_one_cycle_see_both_texts(signed_in, people, cycle):
    client = signed_in(people.animator)
    edit(client)
    response = edit(client, introduction="<p>Trois.</p>")
    assert response.status_code == 409
    assert "Deux." in response.text
    assert "Trois." in response.text
    cycle.refresh_from_db()
    assert cycle.introduction == "<p>Deux.</p>"
    assert edit(client, introduction="<p>Trois.</p>", seen="<p>Deux.</p>").status_code == 302


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"theme": ""}, "obligatoire"),
        ({"theme": "x" * 161}, "160"),
        ({"introduction": f"<p>{'a' * 200_001}</p>"}, "trop long"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(signed_in, people, cycle, changes, told):
    response = edit(signed_in(people.animator), **{"introduction": "<p>À garder.</p>", **changes})
    assert response.status_code == 422
    assert told in response.text
    assert "À garder." in response.text or "aaaa" in response.text
    cycle.refresh_from_db()
    assert cycle.theme == "mise en Commun(s)"


def test_a_new_cycle_is_offered_the_next_year_and_a_taken_one_is_told(signed_in, people, cycle):
    client = signed_in(people.animator)
    assert 'value="2025"' in client.get("/cycles/nouveau/").text
    sent = {"theme": "Relier", "introduction": "", "text_format": "html", "seen": ""}
    assert client.post("/cycles/nouveau/", {**sent, "year": "2024"}).status_code == 422
    response = client.post("/cycles/nouveau/", {**sent, "year": "2025"})
    assert response.headers["Location"] == "/cycles/2025/"
    assert Cycle.objects.get(year=2025).theme == "Relier"


@pytest.mark.parametrize("role", ["member", "former_animator", "observer", "administrator", "funder"])
def test_nobody_else_changes_a_cycle(signed_in, people, cycle, role):
    client = signed_in(people.role(role))
    assert client.get("/cycles/2024/modifier/").status_code == 403
    assert edit(client).status_code == 403
    assert client.post("/cycles/nouveau/", {"year": "2030", "theme": "x"}).status_code == 403
    assert not Cycle.objects.filter(theme="x").exists()
