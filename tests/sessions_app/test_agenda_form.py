"""The agenda while it is written: pasted lines, what is saved by itself, and two people at once, of whom nothing is lost."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect

from sessions_app.models import Session, Speaker
from sessions_app.sessions.agenda_lines import Line, read_lines
from tests import factories
from tests.support.forms import form_to

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Accueil", Line("Accueil", None)),
        ("  1.  Accueil – 10 min ", Line("Accueil", 10)),
        ("2) Débat sur le fonds, 45 mn", Line("Débat sur le fonds", 45)),
        ("- Bilan (1 h 30)", Line("Bilan", 90)),
        ("• Bilan : 1h", Line("Bilan", 60)),
        ("3 – Tour de table 20'", Line("Tour de table", 20)),
        ("Tour de table [20 minutes].", Line("Tour de table", 20)),
        ("20 min", Line("20 min", None)),
        ("Le fonds ODD 17", Line("Le fonds ODD 17", None)),
        ("Premiers pas en 15 minutes de Lyon", Line("Premiers pas en 15 minutes de Lyon", None)),
    ],
)
def test_a_line_gives_a_title_and_a_duration(text, line):
    assert read_lines(text) == [line]


def test_a_pasted_list_gives_an_item_a_line():
    assert read_lines("1. Accueil, 10 min\r\n\r\n2. Débat\n   \n3. Clôture (5')") == [
        Line("Accueil", 10),
        Line("Débat", None),
        Line("Clôture", 5),
    ]


# --- two people at once ------------------------------------------------------------------------------------------


@pytest.fixture
def session():
    return factories.SessionFactory(draft=True, number=24, items=3)


PAGE = "/sessions/24/ordre-du-jour/"


def looked_at(client):
    """What a browser would send back of the page as it stands."""
    return {**form_to(client.get(PAGE), PAGE).data}


def written(session):
    return [(item.title, item.minutes_long) for item in session.agenda.all()]


@pytest.fixture
def clients(people, signed_in):
    colleague = factories.PositionFactory(organisation=people.animator.positions.first().organisation).user
    return signed_in(people.animator), signed_in(colleague)


def test_two_people_change_two_fields_of_one_item_and_both_stay(session, clients):
    first, second = clients
    one, other = looked_at(first), looked_at(second)
    first.post(PAGE, {**one, "agenda-0-title": "Accueil"})
    assert second.post(PAGE, {**other, "agenda-0-minutes_long": "40", "lines": "Clôture"}).status_code == 302
    assert written(session) == [("Accueil", 40), ("Point 2", 15), ("Point 3", 15), ("Clôture", 15)]


def test_of_two_who_change_one_field_the_second_is_shown_what_the_first_wrote(session, clients):
    first, second = clients
    one, other = looked_at(first), looked_at(second)
    first.post(PAGE, {**one, "agenda-0-title": "Accueil", "agenda-1-title": "Débat"})
    refused = second.post(PAGE, {**other, "agenda-0-title": "Bienvenue"})
    assert refused.status_code == 409
    form = refused.context["forms"].forms[0]
    assert [text.replace("\xa0", " ") for text in form.errors["title"]] == [
        "« Accueil » a été écrit ici entre-temps, par quelqu’un d’autre ou dans une autre fenêtre de votre part. Enregistrez de nouveau pour garder votre texte."
    ]
    assert written(session)[:2] == [("Accueil", 15), ("Débat", 15)]
    again = dict(form_to(refused, PAGE).data)
    assert again["agenda-0-title"] == ["Bienvenue"]
    assert second.post(PAGE, again).status_code == 302
    assert written(session)[:2] == [("Bienvenue", 15), ("Débat", 15)]


def test_the_order_of_one_and_the_titles_of_the_other_are_joined(session, clients):
    first, second = clients
    one, other = looked_at(first), looked_at(second)
    first.post(PAGE, {**one, "agenda-0-ORDER": "3", "agenda-2-ORDER": "1"})
    second.post(PAGE, {**other, "agenda-0-title": "Accueil"})
    assert [title for title, _minutes in written(session)] == ["Point 3", "Point 2", "Accueil"]
    third = {**other, "agenda-0-ORDER": "2", "agenda-1-ORDER": "1", "agenda-0-title": "Accueil"}
    refused = second.post(PAGE, {**third, "one_time_key": ""})
    assert refused.status_code == 409
    assert (
        "L’ordre a été changé entre-temps, par quelqu’un d’autre ou dans une autre fenêtre de votre part."
        in refused.content.decode()
    )
    second.post(PAGE, {**third, "one_time_key": "", "keep": "1"})
    assert [title for title, _minutes in written(session)] == ["Point 2", "Accueil", "Point 3"]


def test_speakers_are_joined_like_every_field(session, clients):
    first, second = clients
    one, other = looked_at(first), looked_at(second)
    first.post(PAGE, {**one, "agenda-0-speakers": "Ada Loin (invitée)"})
    second.post(PAGE, {**other, "agenda-0-title": "Accueil"})
    item = session.agenda.first()
    assert (item.title, [str(row) for row in item.speakers.all()]) == ("Accueil", ["Ada Loin"])
    assert second.post(PAGE, {**other, "agenda-0-speakers": "Zoé (invitée)", "one_time_key": ""}).status_code == 409


def test_what_saves_itself_keeps_what_somebody_else_wrote_before_and_after(session, clients):
    """The page of the second still shows the old title; each of its sendings leaves the new one alone."""
    first, second = clients
    htmx = {"HTTP_HX_REQUEST": "true"}
    one, other = looked_at(first), looked_at(second)
    first.post(PAGE, {**one, "agenda-0-title": "Accueil"})
    saved = second.post(PAGE, {**other, "agenda-1-title": "Débat"}, **htmx)
    assert saved.status_code == 200
    assert (
        "L’ordre du jour a été modifié entre-temps, par quelqu’un d’autre ou dans une autre fenêtre de votre part"
        in saved.content.decode()
    )
    other |= {"agenda-1-title": "Débat", "one_time_key": ""}
    other |= {f"{form.prefix}-was": form.baseline for form in saved.context["rows"]}
    second.post(PAGE, {**other, "agenda-2-title": "Clôture"}, **htmx)
    assert [title for title, _minutes in written(session)] == ["Accueil", "Débat", "Clôture"]


def test_what_saves_itself_removes_nothing_and_says_what_is_wrong(session, clients):
    client, _other = clients
    data = looked_at(client)
    client.post(PAGE, {**data, "agenda-0-DELETE": "on", "agenda-0-title": "Accueil"}, HTTP_HX_REQUEST="true")
    assert [title for title, _minutes in written(session)] == ["Accueil", "Point 2", "Point 3"]
    wrong = client.post(PAGE, {**data, "agenda-1-minutes_long": "0", "one_time_key": ""}, HTTP_HX_REQUEST="true")
    assert wrong.status_code == 422
    assert "<b>Point 2</b>" in wrong.content.decode()


def test_too_many_or_too_long_lines_are_told_and_kept(session, clients):
    client, _other = clients
    response = client.post(PAGE, {**looked_at(client), "lines": "x" * 201})
    assert response.status_code == 422
    assert "x" * 201 in response.content.decode()
    many = client.post(PAGE, {**looked_at(client), "lines": "\n".join(f"Point {n}" for n in range(4, 62))})
    assert [str(text) for text in many.context["lines"].errors["lines"]] == [
        "Un ordre du jour compte au plus 60 points."
    ]
    assert session.agenda.count() == 3


def test_what_the_other_wrote_is_taken_and_nothing_else_that_was_typed_is_dropped(session, clients):
    first, second = clients
    one, other = looked_at(first), looked_at(second)
    first.post(PAGE, {**one, "agenda-0-title": "Accueil", "agenda-0-speakers": "Ada Loin (invitée)"})
    typed = {**other, "agenda-0-title": "Bienvenue", "agenda-0-speakers": "Zoé (invitée)", "agenda-1-title": "Débat"}
    refused = second.post(PAGE, {**typed, "lines": "Clôture"}, HTTP_HX_REQUEST="true")
    assert refused.status_code == 409
    assert 'name="keep" value="theirs"' in refused.content.decode()
    assert 'href=""' not in refused.content.decode()
    assert second.post(PAGE, {**typed, "lines": "Clôture", "keep": "theirs"}).status_code == 302
    assert [title for title, _minutes in written(session)] == ["Accueil", "Débat", "Point 3", "Clôture"]
    assert [str(row) for row in session.agenda.first().speakers.all()] == ["Ada Loin"]


def test_of_two_orders_the_other_s_may_be_taken_with_one_s_own_titles(session, clients):
    first, second = clients
    one, other = looked_at(first), looked_at(second)
    first.post(PAGE, {**one, "agenda-0-ORDER": "3", "agenda-2-ORDER": "1"})
    mine = {**other, "agenda-0-ORDER": "2", "agenda-1-ORDER": "1", "agenda-0-title": "Accueil"}
    assert second.post(PAGE, mine).status_code == 409
    assert second.post(PAGE, {**mine, "keep": "theirs"}).status_code == 302
    assert [title for title, _minutes in written(session)] == ["Point 3", "Point 2", "Accueil"]


def test_what_another_added_stays_where_it_was_put(session, clients):
    first, second = clients
    other = looked_at(second)
    first.post(PAGE, {**looked_at(first), "lines": "Nouveau"})
    row = looked_at(first)  # its rows: 0, 1, 2, and 3, which goes behind the first
    first.post(PAGE, {**row, "agenda-1-ORDER": "3", "agenda-2-ORDER": "4", "agenda-3-ORDER": "2"})
    assert [title for title, _minutes in written(session)] == ["Point 1", "Nouveau", "Point 2", "Point 3"]
    second.post(PAGE, {**other, "agenda-2-title": "Fin"})
    assert [title for title, _minutes in written(session)] == ["Point 1", "Nouveau", "Point 2", "Fin"]


def test_a_speaker_who_stands_twice_can_go(session, clients):
    client, _other = clients
    for typed in ("Ada Loin (invitée); Ada Loin (invitée)", "Ada Loin (invitée)"):
        client.post(PAGE, {**looked_at(client), "agenda-0-speakers": typed})
    item = session.agenda.first()
    assert [str(row) for row in item.speakers.all()] == ["Ada Loin"]
    client.post(PAGE, {**looked_at(client), "agenda-0-speakers": ""})
    assert not item.speakers.exists()


def test_saving_by_itself_asks_the_database_no_more_often_in_a_long_agenda(session, clients):
    def queries(title):
        data = {**looked_at(client), "agenda-0-title": title}
        with CaptureQueriesContext(connection) as asked:
            assert client.post(PAGE, data, HTTP_HX_REQUEST="true").status_code == 200
        return len(asked)

    client, _other = clients
    queries("Un")
    few = queries("Deux")
    for _item in range(20):
        factories.AgendaItemFactory(session=session)
    assert queries("Trois") == few


# --- in the browser ----------------------------------------------------------------------------------------------


def test_twenty_items_are_pasted_named_and_saved_without_a_button(people, browsing, assert_accessible):
    session = factories.SessionFactory(draft=True, number=24)
    guest_of = factories.OrganisationFactory(name="Fonds du Large", short_name="")
    factories.MembershipFactory(organisation=guest_of)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    add = page.locator("textarea[name=lines]")
    add.fill("Accueil, 10 min")
    add.press("Enter")
    rows = page.locator("[data-reorder-item]")
    expect(rows).to_have_count(1)
    expect(add).to_be_focused()
    expect(add).to_have_value("")
    add.fill("\n".join(f"{n}. Point {n}, 5 min" for n in range(2, 21)))
    add.press("Enter")
    expect(rows).to_have_count(20)
    expect(add).to_be_focused()
    assert session.agenda.count() == 20
    assert list(session.agenda.values_list("title", "minutes_long"))[:2] == [("Accueil", 10), ("Point 2", 5)]

    speakers = rows.nth(1).locator("input[name$='-speakers']")
    speakers.press_sequentially("fonds du")
    expect(page.locator("#speaker-list [role=option]").first).to_have_text("Fonds du Large")
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(speakers).to_have_value("Fonds du Large; ")
    speakers.press_sequentially("Ada Loin")
    page.locator("#speaker-list [role=option]").last.click()
    expect(speakers).to_have_value("Fonds du Large; Ada Loin (invité); ")
    expect(page.locator("#agenda-said")).to_contain_text("Enregistré à")
    expect(page.locator("[name='agenda-1-was']")).to_have_value(re.compile("Ada Loin"))
    item = session.agenda.all()[1]
    assert [str(row) for row in Speaker.objects.filter(item=item)] == ["Fonds du Large", "Ada Loin"]

    rows.nth(0).locator("[data-move='1']").press("Enter")
    expect(page.locator("[name='agenda-0-was']")).to_have_value(re.compile('"place": 2'))
    assert [item.title for item in session.agenda.all()[:2]] == ["Point 2", "Accueil"]


def test_without_a_connection_lines_stay_and_are_tried_again(people, browsing):
    session = factories.SessionFactory(draft=True, number=24)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    page.context.set_offline(True)
    browsing.expect_problem("ERR_INTERNET_DISCONNECTED")
    browsing.expect_problem("htmx:sendError")
    browsing.expect_problem("htmx:afterRequest")
    add = page.locator("textarea[name=lines]")
    add.fill("Accueil")
    add.press("Enter")
    expect(page.locator("#agenda-said")).to_contain_text("la connexion manque")
    expect(add).to_have_value("Accueil")
    page.context.set_offline(False)
    add.press("Enter")
    expect(page.locator("[data-reorder-item]")).to_have_count(1)
    assert [item.title for item in Session.objects.get(pk=session.pk).agenda.all()] == ["Accueil"]


def test_lines_stay_where_a_field_is_wrong_and_the_writer_is_told(people, browsing):
    session = factories.SessionFactory(draft=True, number=24, items=1)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    page.locator("[name='agenda-0-title']").fill("")
    add = page.locator("textarea[name=lines]")
    add.fill("Accueil\nDébat")
    add.press("Enter")
    expect(page.locator("#agenda-said")).to_contain_text("Pas encore enregistré")
    expect(add).to_have_value("Accueil\nDébat")
    page.locator("[name='agenda-0-title']").fill("Ouverture")
    add.press("Enter")
    expect(page.locator("[data-reorder-item]")).to_have_count(3)
    expect(add).to_have_value("")
    assert [title for title, _minutes in written(session)] == ["Ouverture", "Accueil", "Débat"]


def test_the_last_change_is_saved_before_a_link_is_followed(people, browsing):
    session = factories.SessionFactory(draft=True, number=24, items=1)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    page.locator("[name='agenda-0-title']").fill("Accueil")
    page.locator("#agenda-form a.btn-quiet").click()  # back to the session, within the moment before it saves itself
    page.wait_for_url("**/sessions/24/")
    assert written(session) == [("Accueil", 15)]


def test_who_leaves_with_something_unsaved_is_asked(people, browsing):
    factories.SessionFactory(draft=True, number=24, items=1)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("textarea[name=lines]").press_sequentially("Clôture")
    page.evaluate("setTimeout(() => location.assign('/'))")
    page.wait_for_timeout(300)
    assert (asked, page.url.endswith(PAGE)) == (["beforeunload"], True)
    page.locator("textarea[name=lines]").fill("")
    page.evaluate("setTimeout(() => location.assign('/sessions/'))")
    page.wait_for_url("**/sessions/")
    assert asked == ["beforeunload"]


def test_what_was_saved_though_its_answer_was_lost_is_added_once(people, browsing):
    session = factories.SessionFactory(draft=True, number=24, items=1)
    page = browsing.open(people.animator)
    for expected in ("htmx:sendError", "htmx:afterRequest", "ERR_FAILED"):
        browsing.expect_problem(expected)
    page.goto(PAGE)
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/ordre-du-jour/", lose)
    add = page.locator("textarea[name=lines]")
    add.fill("Accueil")
    add.press("Enter")
    expect(page.locator("#agenda-said")).to_contain_text("la connexion manque")
    expect(add).to_have_value("Accueil")
    assert lost == [200]
    page.locator("[name='agenda-0-title']").fill("Ouverture")
    page.locator("[name='agenda-0-title']").press("Enter")
    expect(page.locator("[data-reorder-item]")).to_have_count(2)
    expect(add).to_have_value("")
    expect(page.locator("[name='agenda-0-title']")).to_have_value("Ouverture")
    assert [title for title, _minutes in written(session)] == ["Ouverture", "Accueil"]


def test_who_is_signed_out_keeps_the_page_and_is_told(people, browsing):
    session = factories.SessionFactory(draft=True, number=24, items=1)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    browsing.expect_problem("401")
    add = page.locator("textarea[name=lines]")
    add.fill("Accueil")
    add.press("Enter")
    expect(page.locator("#agenda-said")).to_contain_text("Vous êtes déconnecté")
    expect(add).to_have_value("Accueil")
    assert page.url.endswith(PAGE)
    page.context.add_cookies(cookies)
    add.press("Enter")
    expect(page.locator("[data-reorder-item]")).to_have_count(2)
    assert [title for title, _minutes in written(session)] == ["Point 1", "Accueil"]


def test_who_may_no_longer_write_is_told_why_by_a_page(people, browsing):
    factories.SessionFactory(announced=True, number=24, items=1)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    people.animator.positions.all().delete()
    browsing.expect_problem("403")
    page.locator("[name='agenda-0-title']").fill("Accueil")
    page.locator("[name='agenda-0-title']").press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("pas ouvert|réservé|accès"))


def test_who_no_longer_sees_the_agenda_keeps_what_was_typed(people, browsing):
    session = factories.SessionFactory(draft=True, number=24, items=1)
    page = browsing.open(people.animator)
    page.goto(PAGE)
    Session.objects.filter(pk=session.pk).update(number=25)
    browsing.expect_problem("404")
    add = page.locator("textarea[name=lines]")
    add.fill("Accueil")
    add.press("Enter")
    expect(page.locator("#agenda-said")).to_contain_text("plus accessible")
    expect(add).to_have_value("Accueil")
