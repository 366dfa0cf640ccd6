"""Around a session, in the browser: a date is found, its tasks are done, and what people thought comes out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from core import partial_dates
from sessions_app.evaluations import services as evaluation
from sessions_app.models import DatePoll, Evaluation, EvaluationAnswer, PreparationTask, Session
from tests import factories

DAY = factories.days(60)


@pytest.fixture
def draft(scene):
    return factories.SessionFactory(
        draft=True, number=124, items=1, title="Une session à dater", date=partial_dates.month(DAY.year, DAY.month)
    )


def main_of(page: Page):
    return page.get_by_role("main")


def test_from_a_month_to_a_day_with_its_tasks(portal, people, draft, assert_accessible):
    animator = portal.open(people.animator)
    animator.goto("/sessions/124/modifier/")
    tabs = animator.get_by_role("navigation", name="Préparer la session")
    tabs.get_by_role("link", name="Date").click()
    expect(animator.get_by_role("heading", name="Recherche de date")).to_be_visible()
    assert_accessible(animator)
    for index, day in enumerate((DAY, DAY + dt.timedelta(days=7))):
        animator.locator(f"[name=form-{index}-day]").fill(day.isoformat())
        animator.locator(f"[name=form-{index}-start]").fill("14:00")
        animator.locator(f"[name=form-{index}-end]").fill("17:00")
    animator.get_by_label("Réponses attendues jusqu’au").fill(factories.days(9).isoformat())
    animator.get_by_label("Mot aux membres").fill("À Marseille, sans doute.")
    animator.get_by_role("button", name="Demander aux membres").click()
    expect(main_of(animator)).to_contain_text("Les membres sont prévenus.")

    member = portal.open(people.member)
    member.goto("/")
    task = member.get_by_role("listitem").filter(has_text="Dire quand votre organisation est disponible pour la 124")
    task.get_by_role("link").click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Quand tenir la 124e session ?")
    expect(main_of(member)).to_contain_text("À Marseille, sans doute.")
    assert_accessible(member)
    first, second = member.locator(".dates-choice").all()
    first.get_by_label("Non", exact=True).check()
    second.get_by_label("Si besoin", exact=True).check()
    member.get_by_role("button", name="Enregistrer notre réponse").click()
    expect(main_of(member)).to_contain_text("Votre réponse est enregistrée.")
    expect(member.locator(".dates-choice").nth(1).get_by_label("Si besoin")).to_be_checked()

    animator.goto("/sessions/124/dates/")
    assert_accessible(animator)
    best = animator.locator(".dates-cards .is-best")
    expect(best).to_contain_text("Meilleure date")
    best.get_by_role("button", name="Retenir cette date").click()
    expect(main_of(animator)).to_contain_text("La session reste un brouillon jusqu’à son annonce.")
    session = Session.objects.get(number=124)
    assert session.date == partial_dates.day(DAY + dt.timedelta(days=7))
    assert DatePoll.objects.get(session=session).closed_at is not None

    tabs.get_by_role("link", name="Préparation").click()
    assert_accessible(animator)
    expect(main_of(animator)).to_contain_text("0 tâche faite sur 5.")
    room = animator.get_by_role("listitem").filter(has_text="Réserver la salle")
    expect(room).to_contain_text("J−30")
    room.get_by_role("button", name="C’est fait").click()
    expect(main_of(animator)).to_contain_text("1 tâche faite sur 5.")
    animator.get_by_label("Tâche").fill("Imprimer la carte")
    animator.get_by_label("Qui s’en charge").select_option(people.animator.get_full_name())
    animator.get_by_role("button", name="Ajouter la tâche").click()
    expect(main_of(animator)).to_contain_text("1 tâche faite sur 6.")
    assert PreparationTask.objects.get(title="Imprimer la carte").assignee == people.animator

    member.goto("/sessions/124/dates/")
    expect(main_of(member)).to_contain_text("La session se tiendra le")


def test_what_people_thought(portal, people, scene, assert_accessible):
    session = scene.sessions["reviewed"]
    member = portal.open(people.member)
    member.goto("/")
    member.get_by_role("listitem").filter(has_text="Donner votre avis sur la 107").get_by_role("link").click()
    expect(main_of(member)).to_contain_text("Sans votre nom.")
    assert_accessible(member)
    for row, mark in zip(member.locator(".marks").all(), (5, 4, 4), strict=False):
        row.get_by_label(str(mark), exact=True).check()
    member.get_by_label("Que faut-il garder").fill("Les petits groupes")
    member.get_by_role("button", name="Enregistrer mon avis").click()
    expect(main_of(member)).to_contain_text("Merci : votre avis est enregistré, sans votre nom.")
    assert EvaluationAnswer.objects.get().marks == [5, 4, 4, None]

    open_one = Evaluation.objects.get(session=session)
    for _number in range(3):
        user = factories.PositionFactory(organisation=people.member.positions.get().organisation).user
        evaluation.answer(evaluation=open_one, by=user, marks=[3, 3, 2, 5], words="", now=timezone.now())

    animator = portal.open(people.animator)
    animator.goto(reverse("sessions:evaluation", args=[session.number]))
    expect(main_of(animator)).not_to_contain_text("Les petits groupes")
    assert_accessible(animator)
    animator.get_by_role("link", name="Clore maintenant, pour de bon").click()
    animator.get_by_role("button", name="Clore pour de bon").click()
    expect(main_of(animator)).to_contain_text("Les petits groupes")
    expect(main_of(animator)).to_contain_text("Moyenne 3,5 sur 5, 4 réponses")
    assert_accessible(animator)
    frame = animator.locator(".frame").first
    frame.get_by_text("Tableau").click()
    expect(frame.get_by_role("row", name="3 3")).to_be_visible()
    with animator.expect_download() as waiting:
        animator.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename.endswith(".csv")
    assert not EvaluationAnswer.objects.exists()


def test_the_strip_of_tabs_is_the_same_on_every_page(portal, people, scene):
    """Each tab leads to a page that bears the strip and says which tab it is."""
    session = scene.sessions["published"]
    page = portal.open(people.animator)
    page.goto(f"/sessions/{session.number}/modifier/")
    names = page.get_by_role("navigation", name="Préparer la session").get_by_role("link").all_inner_texts()
    assert len(names) == 11
    for name in names:
        if name == "Compte rendu":  # published: the address leads to the text, or to its amendment
            continue
        strip = page.get_by_role("navigation", name="Préparer la session")
        strip.get_by_role("link", name=name, exact=True).click()
        expect(strip.locator("[aria-current=page]")).to_have_text(name)
        assert strip.get_by_role("link").all_inner_texts() == names
