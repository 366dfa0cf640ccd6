"""Creating, changing and duplicating a session, and its agenda: bad input is told at the field, nothing is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone, translation
from playwright.sync_api import expect

from core import partial_dates
from core.accounts.rights import PermissionRefused
from sessions_app.enums import SessionState
from sessions_app.minutes.review import services as circulation
from sessions_app.models import AgendaItem, Session
from sessions_app.sessions import services, speakers
from tests import factories

pytestmark = pytest.mark.django_db

FACTS = {
    "number": 24,
    "title": "Une nouvelle séance",
    "summary": "",
    "date": "12/03/2031",
    "start": "14:00",
    "end": "16:30",
    "format": "plenary",
    "mode": "hybrid",
    "place": "Paris",
    "video_link": "",
}


@pytest.fixture
def client(people, signed_in):
    return signed_in(people.animator)


def create(client, **changes):
    return client.post("/sessions/nouvelle/", {**FACTS, "cycle": factories.CycleFactory().pk, **changes})


def errors(response):
    assert response.status_code == 422
    return {name: [str(text) for text in texts] for name, texts in response.context["form"].errors.items()}


def test_a_new_session_is_a_draft_with_the_next_number(client):
    factories.SessionFactory(number=23)
    assert client.get("/sessions/nouvelle/").context["form"]["number"].value() == 24
    response = create(client)
    session = Session.objects.get(number=24)
    assert response.headers["Location"] == "/sessions/24/ordre-du-jour/"
    assert (session.state, session.date) == (SessionState.DRAFT, partial_dates.day(dt.date(2031, 3, 12)))
    assert session.starts_at == dt.datetime(2031, 3, 12, 13, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("date", "utc"),
    [("29/03/2031", 13), ("30/03/2031", 12), ("25/10/2031", 12), ("26/10/2031", 13)],  # around the changes of clocks
)
def test_times_are_those_of_paris_over_the_change_of_clocks(client, date, utc):
    create(client, date=date)
    assert Session.objects.get(number=24).starts_at.astimezone(dt.UTC).hour == utc
    form = client.get("/sessions/24/modifier/").context["form"]
    assert form["start"].value() == dt.time(14)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": "13:00"}, "end"),
        ({"end": "14:00"}, "end"),
        ({"start": ""}, "start"),
        ({"date": "30/03/2031", "start": "02:30"}, "start"),  # the hour that summer time leaves out
        ({"date": "30/03/2031", "start": "01:30", "end": "02:59"}, "end"),
        ({"date": "mars 2031"}, "date"),
        ({"date": "31/02/2031"}, "date"),
        ({"date": "bientôt"}, "date"),
        ({"date": ""}, "date"),
        ({"cycle": ""}, "cycle"),
        ({"cycle": "999999"}, "cycle"),
        ({"title": ""}, "title"),
        ({"title": "é" * 300}, "title"),
        ({"number": "0"}, "number"),
        ({"number": "vingt"}, "number"),
        ({"number": "99999999"}, "number"),
        ({"video_link": "javascript:alert(1)"}, "video_link"),
        ({"format": "autre"}, "format"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(client, changes, field):
    response = create(client, **changes)
    assert list(errors(response)) == [field]
    page = response.content.decode()
    assert 'id="id_' + field + '_error"' in page
    assert "Paris" in page
    assert not Session.objects.exists()


def test_a_number_that_is_taken_is_told(client):
    factories.SessionFactory(number=24)
    assert list(errors(create(client))) == ["number"]


def test_a_refused_change_leaves_head_and_links_of_the_page_as_they_are(client):
    factories.SessionFactory(number=22)
    factories.SessionFactory(draft=True, number=24, title="Avant")
    page = client.get("/sessions/24/modifier/")
    data = {name: field.value() or "" for name, field in ((each.name, each) for each in page.context["form"])}
    refused = client.post("/sessions/24/modifier/", {**data, "number": "22", "title": "Après"})
    assert list(errors(refused)) == ["number"]
    text = refused.content.decode()
    assert "/sessions/24/etat/" in text
    assert "/sessions/22/" not in text
    assert 'value="22"' in text
    assert 'value="Après"' in text


def test_titles_may_hold_any_script(client):
    title = "إدارة مشتركة 🌍 « L’avenir » <b>& plus</b>"
    create(client, title=title)
    assert Session.objects.get(number=24).title == title
    page = client.get("/sessions/24/").content.decode()
    assert "<b>& plus</b>" not in page


def edit(client, session, **changes):
    facts = {
        **FACTS,
        "number": session.number,
        "cycle": session.cycle_id,
        "title": session.title,
        "place": session.place,
    }
    return client.post(f"/sessions/{session.number}/modifier/", {**facts, **changes})


def test_an_announced_session_keeps_its_exact_day(client):
    session = factories.SessionFactory(announced=True)
    assert list(errors(edit(client, session, date="mars 2031", start="", end=""))) == ["date"]


def test_a_held_session_keeps_a_date(client):
    session = factories.SessionFactory()
    assert list(errors(edit(client, session, date="", start="", end=""))) == ["date"]


def test_saving_the_facts_does_not_undo_a_move_made_meanwhile(people):
    session = factories.SessionFactory(draft=True)
    stale = Session.objects.get(pk=session.pk)
    Session.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED, reason="Grève")
    stale.title = "Autre titre"
    services.save_session(session=stale, by=people.animator, now=timezone.now())
    session.refresh_from_db()
    assert (session.state, session.reason, session.title) == (SessionState.CANCELLED, "Grève", "Autre titre")


# --- the agenda --------------------------------------------------------------------------------------------------


def forms(*items, lines=""):
    data = {"agenda-TOTAL_FORMS": len(items), "agenda-INITIAL_FORMS": len(items), "lines": lines}
    for index, item in enumerate(items):
        row = {"kind": "information", "minutes_long": 15, "speakers": "", "ORDER": "", **item}
        data |= {f"agenda-{index}-{name}": value for name, value in row.items()}
    return data


def save_agenda(client, session, *items, lines=""):
    return client.post(f"/sessions/{session.number}/ordre-du-jour/", forms(*items, lines=lines))


def titles(session):
    return list(session.agenda.values_list("title", flat=True))


def test_the_number_fields_give_the_order(client):
    session = factories.SessionFactory(draft=True, items=3)
    rows = [
        {"id": item.pk, "title": item.title, "ORDER": place}
        for item, place in zip(session.agenda.all(), (3, 1, 2), strict=True)
    ]
    assert save_agenda(client, session, *rows).status_code == 302
    assert titles(session) == ["Point 2", "Point 3", "Point 1"]
    assert list(session.agenda.values_list("position", flat=True)) == [1, 2, 3]


def test_an_agenda_that_runs_past_the_announced_end_is_told(client):
    day = dt.datetime(2031, 3, 30, 0, 30, tzinfo=dt.UTC)  # 1.30 in Paris; an hour later it is 3.30
    session = factories.SessionFactory(
        draft=True, date=partial_dates.day(dt.date(2031, 3, 30)), starts_at=day, ends_at=day + dt.timedelta(hours=1)
    )
    page = f"/sessions/{session.number}/ordre-du-jour/"
    assert "Écrivez les premiers points" in client.get(page).content.decode()
    assert client.get(page).context["ends_at"] is None
    save_agenda(client, session, lines="Débat 60 min")
    assert client.get(page).context["minutes_over"] == 0
    kept = {"id": session.agenda.get().pk, "title": "Débat", "minutes_long": 60, "ORDER": 1}
    save_agenda(client, session, kept, lines="Suite (25 mn)")
    shown = client.get(page)
    assert shown.context["minutes_over"] == 25
    assert "De 25 minutes : la session finit à 3 h 30." in shown.content.decode().replace("\xa0", " ")


def test_open_actions_of_earlier_sessions_become_an_item_once(client):
    action = factories.ActionItemFactory(session=factories.SessionFactory(number=21), text="Écrire la fiche")
    session = factories.SessionFactory(draft=True, number=22)
    page = f"/sessions/{session.number}/ordre-du-jour/"
    assert client.get(page).context["under_way"] == []  # the members have not read it yet
    type(action).objects.update(released_at=timezone.now())
    assert "Écrire la fiche" in client.get(page).content.decode()
    data = forms(lines="Débat") | {"with_follow_up": "1"}
    assert client.post(page, data).status_code == 302
    assert titles(session) == ["Débat", "Suites à donner des sessions précédentes"]
    assert client.get(page).context["under_way"] == []
    held = factories.SessionFactory(number=23)
    assert client.get(f"/sessions/{held.number}/ordre-du-jour/").context["under_way"] == []


def test_items_are_added_and_removed_and_blank_lines_are_nothing(client):
    session = factories.SessionFactory(draft=True, items=2)
    first, second = session.agenda.all()
    response = save_agenda(
        client,
        session,
        {"id": first.pk, "title": first.title, "ORDER": 1, "DELETE": "on"},
        {"id": second.pk, "title": second.title, "ORDER": 2},
        lines="Débat, 45 min\n\n",
    )
    assert response.status_code == 302
    assert titles(session) == ["Point 2", "Débat"]
    assert session.agenda.last().minutes_long == 45


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"title": "é" * 300}, {"minutes_long": "0"}, {"minutes_long": "601"}, {"minutes_long": ""}],
)
def test_a_wrong_item_is_told_and_the_rest_kept(client, wrong):
    session = factories.SessionFactory(draft=True, items=2)
    first, second = session.agenda.all()
    good = {"id": first.pk, "title": "Bon point", "ORDER": 1}
    response = save_agenda(
        client, session, good, {"id": second.pk, "title": "Autre", "ORDER": 2, **wrong}, lines="Un mot"
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Bon point" in page
    assert "Un mot" in page
    assert titles(session) == ["Point 1", "Point 2"]


def test_an_item_with_minutes_stays(client):
    session = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=session)
    item = session.agenda.get()
    response = save_agenda(client, session, {"id": item.pk, "title": item.title, "ORDER": 1, "DELETE": "on"})
    assert response.status_code == 422
    assert item.title in response.context["forms"].forms[0].errors["DELETE"][0]
    assert "invalid" in response.content.decode()
    assert titles(session) == [item.title]


def remove_first(client, session):
    item = session.agenda.first()
    others = [{"id": each.pk, "title": each.title} for each in session.agenda.all()[1:]]
    rows = [{"id": item.pk, "title": item.title, "DELETE": "on"}, *others]
    response = save_agenda(client, session, *rows)
    errors = response.context["forms"].forms[0].errors.get("DELETE", []) if response.context else []
    return response.status_code, [error.replace("\u00a0", " ") for error in errors]


def test_an_item_that_a_review_asks_about_or_that_approves_minutes_stays(client, people):
    reviewed = factories.SessionFactory(number=22, items=2)
    factories.MinutesFactory(session=reviewed)
    bare = factories.AgendaItemFactory(session=reviewed, position=0, title="Sans texte")
    ahead = factories.SessionFactory(draft=True, number=23, items=1)
    now = timezone.now()
    review = circulation.circulate(session=reviewed, by=people.animator, days=8, now=now)
    asked = circulation.ask(
        circulation=review, item=bare, by=people.animator, wish="Dire oui", outside_name="Une intervenante", now=now
    )
    status, errors = remove_first(client, reviewed)
    assert (status, errors) == (
        422,
        ["Une modification de « Sans texte » a été demandée en relecture : ce point ne peut plus être retiré."],
    )
    circulation.refuse(request=asked, by=people.animator, reason="Non", now=now)
    circulation.defer(circulation=review, by=people.animator, now=now)
    status, errors = remove_first(client, ahead)
    title = "« Approbation du compte rendu de la 22e session »"
    told = f"Un compte rendu attend son approbation sous {title} : ce point ne peut pas être retiré."
    assert (status, errors) == (422, [told])
    circulation.stop(circulation=review, by=people.animator, reason="Erreur", now=now)
    assert titles(ahead) == ["Point 1"]  # nothing is to be approved there any more
    assert remove_first(client, ahead)[0] == 302


def test_an_item_of_another_session_cannot_be_taken(client):
    session, other = factories.SessionFactory(draft=True), factories.SessionFactory(items=1)
    item = other.agenda.get()
    save_agenda(client, session, {"id": item.pk, "title": "Volé", "ORDER": 1})
    item.refresh_from_db()
    assert (item.session, item.title) == (other, "Point 1")


def test_items_that_somebody_added_meanwhile_come_behind(client):
    session = factories.SessionFactory(draft=True)
    save_agenda(client, session, lines="Le premier\nLe deuxième")
    response = save_agenda(client, session, lines="Écrit en même temps")
    assert response.status_code == 302
    assert titles(session) == ["Le premier", "Le deuxième", "Écrit en même temps"]


def test_an_item_that_somebody_removed_meanwhile_is_told_and_kept_in_the_form(client):
    session = factories.SessionFactory(draft=True, items=1)
    gone = {"id": session.agenda.get().pk, "title": "Ma nouvelle formule", "ORDER": 1}
    session.agenda.all().delete()
    response = save_agenda(client, session, gone)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Ce point a été retiré entre-temps, par quelqu’un d’autre ou dans une autre fenêtre de votre part." in page
    assert "Ma nouvelle formule" in page
    assert save_agenda(client, session, {**gone, "DELETE": "on"}).status_code == 302


def test_speakers_are_people_organisations_and_guests(people):
    known = factories.OrganisationFactory(name="Réseau des tiers-lieux", short_name="RTL")
    line = f"{people.member.get_full_name()} (RTL); rtl; Jeanne Dupont (invitée); Paul Autre (guest, RTL)"
    found = speakers.read(line)
    assert found.unknown == []
    assert who(found) == [
        (people.member, known, ""),
        (None, known, ""),
        (None, None, "Jeanne Dupont"),
        (None, known, "Paul Autre"),
    ]
    with translation.override("fr"):
        text = speakers.as_text(found.speakers)
    assert text.endswith("; Jeanne Dupont (invité); Paul Autre (invité, Réseau des tiers-lieux)")
    assert who(speakers.read(text)) == who(found)


def who(reading):
    return [(row.user, row.organisation, row.guest_name) for row in reading.speakers]


def test_a_list_with_commas_is_split_and_a_name_with_a_comma_stays_whole(people):
    ministry = factories.OrganisationFactory(name="Ministère de la Jeunesse, des Sports et du Droit")
    network = factories.OrganisationFactory(name="Réseau", short_name="RTL")
    name = people.member.get_full_name()
    found = speakers.read(f"{name}, Ministère de la jeunesse, des sports et du droit, RTL, Ada Loin (invitée), Inconnu")
    assert who(found) == [
        (people.member, None, ""),
        (None, ministry, ""),
        (None, network, ""),
        (None, None, "Ada Loin"),
    ]
    assert [unknown.name for unknown in found.unknown] == ["Inconnu"]


def test_of_two_people_of_one_name_the_one_of_the_named_organisation_speaks(people):
    one, other = (factories.UserFactory(first_name="Anne", last_name="Martin") for _ in range(2))
    place = factories.PositionFactory(user=other)
    found = speakers.read(f"Anne Martin ({place.organisation.name})")
    assert who(found) == [(other, place.organisation, "")]
    assert who(speakers.read("Anne Martin")) == [(one, None, "")]


def test_a_name_that_nobody_bears_is_told_with_what_was_meant(client, people):
    session = factories.SessionFactory(draft=True, items=1)
    item = session.agenda.get()
    name = people.member.get_full_name()
    row = {"id": item.pk, "title": item.title, "ORDER": 1}
    response = save_agenda(client, session, {**row, "speakers": f"{name}x; Zoé Ailleurs"})
    assert response.status_code == 422
    told = [text.replace("\xa0", " ") for text in response.context["forms"].forms[0].errors["speakers"]]
    assert told == [
        f"Personne dans l’espace ne se nomme « {name}x ». Pensiez-vous à {name} ? Pour un invité, écrivez : {name}x (invité)",
        "Personne dans l’espace ne se nomme « Zoé Ailleurs ». Pour un invité, écrivez : Zoé Ailleurs (invité)",
    ]
    assert not item.speakers.exists()
    assert save_agenda(client, session, {**row, "speakers": f"{name}, Zoé Ailleurs (invitée)"}).status_code == 302
    first = list(item.speakers.values_list("user", "guest_name", "public_id"))
    assert [row[:2] for row in first] == [(people.member.pk, ""), (None, "Zoé Ailleurs")]
    save_agenda(client, session, {**row, "speakers": f"Zoé Ailleurs (invité); {name}"})
    kept = list(item.speakers.values_list("user", "guest_name", "public_id"))
    assert kept == first[::-1]  # minutes name a guest by the identifier


def test_duplicating_takes_the_agenda_and_leaves_what_happened(people, client):
    session = factories.SessionFactory(number=7, items=2, video_link="https://visio.example/7")
    factories.SpeakerFactory(item=session.agenda.first())
    factories.MinutesFactory(session=session)
    factories.DecisionFactory(session=session)
    factories.SessionFactory(number=23)
    response = client.post("/sessions/7/dupliquer/")
    assert response.headers["Location"] == "/sessions/24/modifier/"
    copy = Session.objects.get(number=24)
    assert (copy.state, copy.date, copy.starts_at, copy.video_link) == (SessionState.DRAFT, None, None, "")
    assert titles(copy) == titles(session)
    assert copy.agenda.first().speakers.get().guest_name == "Dominique Invitée"
    assert not copy.decisions.exists()
    assert not hasattr(copy, "minutes")
    assert AgendaItem.objects.count() == 4


@pytest.mark.parametrize("role", ["outsider", "observer", "member", "former_animator", "funder", "administrator"])
def test_only_animators_prepare(people, role):
    session, by = factories.SessionFactory(draft=True), people.role(role)
    with pytest.raises(PermissionRefused):
        services.save_session(session=session, by=by, now=timezone.now())
    with pytest.raises(PermissionRefused):
        services.save_agenda(session=session, items=[], by=by, now=timezone.now())
    with pytest.raises(PermissionRefused):
        services.duplicate(session=session, by=by, now=timezone.now())


def test_the_agenda_is_reordered_by_keys_in_the_browser(people, browsing):
    session = factories.SessionFactory(draft=True, items=3)
    page = browsing.open(people.animator)
    page.goto(f"/sessions/{session.number}/ordre-du-jour/")
    first = page.locator("[data-reorder-item]").first
    down = first.locator("[data-move='1']")
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.move") == "1"  # the focus stays on the moved item's button
    assert page.locator("[data-reorder] + [role=status]").inner_text().endswith("3")
    last = page.locator("[data-reorder-item]").nth(2)
    box, target = last.bounding_box(), page.locator("[data-reorder-item]").first.bounding_box()
    assert box["y"] > target["y"]
    expect(page.locator("#agenda-said")).to_contain_text("Enregistré à")  # nobody pressed a button
    assert titles(session) == ["Point 2", "Point 3", "Point 1"]


def test_the_agenda_is_reordered_by_dragging_and_the_new_place_is_said(people, browsing, assert_accessible):
    session = factories.SessionFactory(draft=True, items=3)
    page = browsing.open(people.animator, height=2400)
    page.goto(f"/sessions/{session.number}/ordre-du-jour/")
    assert_accessible(page)
    items = page.locator("[data-reorder-item]")
    box = items.nth(2).bounding_box()
    target = items.nth(0).bounding_box()
    grip = (box["x"] + box["width"] / 2, box["y"] + 12)  # beside the fields, which are not handles
    page.mouse.move(*grip)
    page.mouse.down()
    page.mouse.move(grip[0], grip[1] - 40, steps=4)
    # The drag has begun only once the ghost is there: what the mouse did before is not followed.
    expect(page.locator("[data-reorder-item].sortable-ghost input[name$='-title']")).to_have_value("Point 3")
    for offset in range(40, 0, -8):
        page.mouse.move(grip[0], target["y"] + offset)
        page.wait_for_timeout(100)
    expect(items.nth(0).locator("input[name$='-title']")).to_have_value("Point 3")
    page.mouse.up()
    expect(page.locator("[data-reorder] + [role=status]")).to_have_text(re.compile("1$"))
    assert [field.input_value() for field in page.locator("input[name$='-ORDER']").all()[:3]] == ["1", "2", "3"]
    expect(page.locator("#agenda-said")).to_contain_text("Enregistré à")  # nobody pressed a button
    assert titles(session) == ["Point 3", "Point 1", "Point 2"]
