"""Lists and long pages on a phone: close cards, long parts folded, and nothing that cannot be reached."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.web.pagination import PER_PAGE
from funding.models import Programme
from members.invitations import chosen
from members.models import Organisation
from sessions_app.minutes import services as minutes_services
from sessions_app.models import Answer, MinutesEntry
from tests import factories
from tests.funding import rows

PHONE, DESK = 360, 1280
HIGHEST = 8000  # pixels of a full page of a list


def height(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollHeight")


@pytest.fixture
def session(people):
    """A held session with long minutes and forty organisations."""
    made = factories.SessionFactory(items=6, number=21)
    version = factories.MinutesVersionFactory(session=made, author=people.animator, organisation=people.animating)
    assert version.snapshot["agenda"]
    for _number in range(40):
        factories.AttendanceFactory(session=made, organisation=factories.OrganisationFactory())
    return made


FOLDS = {"ordre-du-jour": ".agenda", "compte-rendu": ".minute-item", "presences": "table"}


@pytest.mark.parametrize(("anchor", "inside"), FOLDS.items())
def test_an_anchor_opens_its_fold(browsing, people, session, anchor, inside):
    page = browsing.open(people.member, width=PHONE)
    page.goto(session.get_absolute_url())
    part = page.locator(f"#{anchor}").locator(inside).first
    expect(part).to_be_hidden()
    page.get_by_role("navigation", name="Sur cette page").locator(f"a[href='#{anchor}']").click()
    expect(part).to_be_visible()
    page.locator(f"#{anchor} > .body > details.fold > summary, #{anchor} > details.fold > summary").first.click()
    expect(part).to_be_hidden()
    page.get_by_role("navigation", name="Sur cette page").locator(f"a[href='#{anchor}']").click()
    expect(part).to_be_visible()
    page.goto("/")
    page.goto(f"{session.get_absolute_url()}#{anchor}")
    expect(part).to_be_visible()


def test_a_link_to_one_item_opens_the_minutes(browsing, people, session):
    page = browsing.open(people.member, width=PHONE)
    page.goto(f"{session.get_absolute_url()}#point-3")
    expect(page.locator("#point-3")).to_be_visible()
    expect(page.locator("#point-3")).to_be_in_viewport()


@pytest.mark.parametrize("way", ["wide", "paper", "no script"])
def test_elsewhere_nothing_is_folded(browsing, people, session, way):
    page = browsing.open(people.member, width=DESK if way == "wide" else PHONE, java_script_enabled=way != "no script")
    page.goto(session.get_absolute_url())
    if way == "paper":
        page.emulate_media(media="print")
    for anchor, inside in FOLDS.items():
        expect(page.locator(f"#{anchor}").locator(inside).first).to_be_visible()
    expect(page.locator("main details.fold > summary").first).to_be_hidden()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_long_minutes_give_way_to_their_contents(browsing, people, width):
    made = factories.SessionFactory(items=3, number=20)
    factories.MinutesFactory(session=made)
    words = "<p>" + "Un long passage du compte rendu de ce point. " * 60 + "</p>"
    MinutesEntry.objects.filter(item__session=made).update(body=words)
    minutes_services.open_amendment(session=made, by=people.animator, now=timezone.now())
    minutes_services.publish(session=made, by=people.animator, based_on=0, now=timezone.now())
    page = browsing.open(people.member, width=width)
    page.goto(made.get_absolute_url())
    part = page.locator("#compte-rendu")
    expect(part.get_by_role("listitem")).to_have_text(["Point 1", "Point 2", "Point 3"])
    expect(part).not_to_contain_text("Un long passage")
    assert part.evaluate("(part) => part.offsetHeight") < 600
    part.get_by_role("link", name="Point 2").click()
    expect(page).to_have_url(re.compile(r"/sessions/20/compte-rendu/#point-2$"))
    expect(page.locator("#point-2 .read")).to_be_visible()
    if width == PHONE:  # the others are closed under their titles
        expect(page.locator("#point-3 .read")).to_be_hidden()
        page.locator("#point-3 summary").click()
    expect(page.locator("#point-3 .read")).to_be_visible()


def test_a_session_ahead_shows_its_agenda(browsing, people):
    made = factories.SessionFactory(announced=True, items=3)
    page = browsing.open(people.member, width=PHONE)
    page.goto(made.get_absolute_url())
    expect(page.locator(".agenda")).to_be_visible()


LISTS = ["/financements/detail/", "/financements/lignes/", "/initiatives/", "/initiatives/?vue=tableau"]


@pytest.mark.parametrize("address", LISTS)
def test_a_full_list_is_no_higher_than_a_few_screens(browsing, people, address):
    """Long names, a programme, a contract: a full page of the dearest rows."""
    funder = Organisation.objects.get(slug="fonds-odd-17")
    programme = Programme.objects.create(name="Réussir ensemble la territorialisation", slug="reussir", lead=funder)
    for number in range(PER_PAGE + 5):
        made = rows.initiative(
            title=f"Coopération des acteurs du Grand Ouest {number}",
            summary="Une plateforme de réemploi pour les chantiers publics et privés de tout le territoire. " * 3,
            programme=programme,
        )
        rows.line(of=made, by=funder, reference=f"R-{number}", contract_number=f"C-2026-{number:03}")
    page = browsing.open(people.funder, width=PHONE)
    page.goto(address)
    assert height(page) <= HIGHEST
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


ORGANISATIONS = 40  # members of the space, with long names


@pytest.fixture
def gathering(people):
    """A held session for which all organisations answered, with people in position at each of them."""
    made = factories.SessionFactory(items=3, number=25)
    for number in range(ORGANISATIONS):
        organisation = factories.OrganisationFactory(name=f"Association des coopératives du Grand Ouest {number}")
        factories.MembershipFactory(organisation=organisation)
    for organisation in Organisation.objects.filter(name__startswith="Association des coop"):
        for _each in range(2):
            factories.PositionFactory(organisation=organisation)
        answering = factories.PositionFactory(organisation=organisation).user
        answer = Answer(session=made, organisation=organisation, user=answering, recorded_by=answering, choice="yes")
        answer.answered_at = timezone.now()
        answer.save()
    return made


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "nothing recorded"])
def test_the_attendance_form_stays_within_a_few_screens(browsing, people, gathering, recorded):
    for organisation in Organisation.objects.all() if recorded else []:
        factories.AttendanceFactory(session=gathering, organisation=organisation)
    page = browsing.open(people.animator, width=PHONE)
    page.goto(f"/sessions/{gathering.number}/presences/")
    assert page.locator("[data-attendance-row]").count() >= ORGANISATIONS
    assert height(page) <= HIGHEST
    first = page.locator("[data-attendance-row]").first
    assert first.locator("fieldset").is_visible() is not recorded


def test_a_recorded_row_opens_and_is_saved(browsing, people, gathering):
    for organisation in Organisation.objects.all():
        factories.AttendanceFactory(session=gathering, organisation=organisation)
    page = browsing.open(people.animator, width=PHONE)
    page.goto(f"/sessions/{gathering.number}/presences/")
    row = page.locator("[data-attendance-row]").first
    row.locator("summary").click()
    row.get_by_role("radio", name="Excusée").check(force=True)
    expect(row.locator(".att-said")).to_contain_text("Enregistré")
    page.set_viewport_size({"width": DESK, "height": 900})
    expect(page.locator("[data-attendance-row]").nth(1).locator("fieldset")).to_be_visible()


def test_the_answers_stay_within_a_few_screens(browsing, people, gathering):
    page = browsing.open(people.animator, width=PHONE)
    page.goto(f"/sessions/{gathering.number}/reponses/")
    assert height(page) <= HIGHEST


def test_a_page_of_people_to_invite_stays_within_a_few_screens(browsing, people):
    organisation = factories.OrganisationFactory(name="Association des coopératives du Grand Ouest")
    for number in range(chosen.MOST + 5):
        user = factories.UserFactory(email=f"prenom.nom-compose-{number}@exemple.example", last_login=None)
        factories.PositionFactory(organisation=organisation, user=user)
    page = browsing.open(people.animator, width=PHONE)
    page.goto("/membres/personnes/inviter/choisies/")
    assert page.locator("input[name=person]").count() == chosen.MOST
    assert height(page) <= HIGHEST


@pytest.mark.parametrize("address", ["/donnees-personnelles/", "/membres/", "/sessions/assiduite/"])
def test_long_pages_stay_within_a_few_screens(browsing, people, gathering, address):
    """Fifty organisations, each with what it does and where it was."""
    for organisation in Organisation.objects.filter(name__startswith="Association des coop"):
        Organisation.objects.filter(pk=organisation.pk).update(summary="Une coopérative de tout le territoire. " * 4)
        factories.AttendanceFactory(session=gathering, organisation=organisation)
    page = browsing.open(people.animator, width=PHONE)
    page.goto(address)
    assert height(page) <= HIGHEST
