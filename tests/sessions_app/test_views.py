"""Pages of sessions: who sees what, bad addresses, the editor's answers with and without script."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Mandate
from sessions_app.minutes import services
from sessions_app.models import MinutesProposal, MinutesVersion
from tests import factories

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def session(people):
    session = factories.SessionFactory(number=21, title="Investir en commun")
    factories.AgendaItemFactory(session=session, position=1, title="Ouverture")
    factories.AgendaItemFactory(session=session, position=2, title="Débat")
    return session


@pytest.fixture
def published(session, people):
    services.save_entry(
        item=session.agenda.get(position=1),
        by=people.animator,
        body="<p>Un accord.</p>",
        based_on=0,
        now=timezone.now(),
    )
    services.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    return session


def address(name, *args, **query):
    return reverse(f"sessions:{name}", args=args, query=query or None)


def send(client, session, body="<p>Texte</p>", *, rev=0, point=1, headers=HTMX, text_format="html"):
    return client.post(
        address("minutes-edit", session.number, point=point),
        {"body": body, "rev": rev, "text_format": text_format},
        headers=headers,
    )


@pytest.mark.parametrize("number", ["0", "99999", "999999999999999999999", "vingt", "21.5", "-1"])
def test_a_session_number_that_names_none_is_not_found(signed_in, people, session, number):
    assert signed_in(people.member).get(f"/sessions/{number}/").status_code == 404


@pytest.mark.parametrize("role", ["member", "former_animator", "funder", "administrator", "observer"])
def test_a_draft_session_does_not_exist_for_readers(signed_in, people, role):
    draft = factories.SessionFactory(number=30, title="Secret de préparation", draft=True)
    factories.AgendaItemFactory(session=draft, position=1)
    client = signed_in(people.role(role))
    for name in (
        "session",
        "minutes",
        "minutes-edit",
        "minutes-preview",
        "minutes-publish",
        "edit",
        "agenda-edit",
        "moves",
    ):
        assert client.get(address(name, 30)).status_code == 404, name
    for page in ("/sessions/", "/", f"/cycles/{draft.cycle.year}/", "/decisions/"):
        response = client.get(page)
        if response.status_code == 200:
            assert "Secret de préparation" not in response.text, page


def test_draft_minutes_and_their_decisions_stay_with_the_animators(signed_in, people, session):
    services.save_entry(
        item=session.agenda.first(), by=people.animator, body="<p>Encore secret</p>", based_on=0, now=timezone.now()
    )
    factories.DecisionFactory(session=session, number=1, text="Décision encore secrète")
    for role in ("member", "former_animator", "funder", "administrator"):
        client = signed_in(people.role(role))
        for page in ("/sessions/", "/sessions/21/", "/decisions/", "/"):
            text = client.get(page).text
            assert "Encore secret" not in text, (role, page)
            assert "Décision encore secrète" not in text, (role, page)
        assert client.get(address("minutes", 21)).status_code == 403
        assert client.get(address("minutes-preview", 21)).status_code == 403
    assert "Encore secret" in signed_in(people.animator).get(address("minutes-preview", 21)).text


def test_members_read_what_is_published(signed_in, people, published):
    client = signed_in(people.member)
    assert "Un accord." in client.get("/sessions/21/").text
    assert "Un accord." in client.get(address("minutes", 21)).text
    assert client.get(address("minutes-version", 21, 1)).status_code == 200
    assert client.get(address("minutes-version", 21, 2)).status_code == 404


def test_the_former_animator_is_told_why_and_what_would_help(signed_in, people, session):
    response = signed_in(people.former_animator).get(address("minutes-edit", 21))
    assert response.status_code == 403
    assert "du RAMEAU" in response.text
    assert "Fondation des Territoires" in response.text


def test_saving_answers_with_the_new_revision(signed_in, people, session):
    client = signed_in(people.animator)
    response = send(client, session)
    assert response.status_code == 200
    assert 'data-rev="1"' in response.text


def test_a_conflict_shows_both_texts_and_the_revision_to_go_on_from(signed_in, people, session):
    client = signed_in(people.animator)
    send(client, session, "<p>Le premier texte</p>")
    response = send(client, session, "<p>Le second texte</p>", rev=0)
    assert response.status_code == 409
    assert 'data-rev="1"' in response.text
    assert "Le premier texte" in response.text
    assert "Le second texte" in response.text


def test_without_script_a_conflict_is_a_page_with_both_texts_and_the_form(signed_in, people, session):
    client = signed_in(people.animator)
    send(client, session, "Le premier texte", headers=None, text_format="plain")
    response = send(client, session, "Le second texte", rev=0, headers=None, text_format="plain")
    assert response.status_code == 409
    assert "Le premier texte" in response.text
    assert response.text.count("Le second texte") >= 2
    assert "<textarea" in response.text


def test_without_script_plain_text_becomes_paragraphs(signed_in, people, session):
    client = signed_in(people.animator)
    response = send(client, session, "Un.\n\nDeux.", headers=None, text_format="plain")
    assert response.status_code == 302
    assert session.agenda.first().entry.body == "<p>Un.</p><p>Deux.</p>"


def test_a_text_over_the_limit_says_so_and_comes_back(signed_in, people, session):
    response = send(signed_in(people.animator), session, f"<p>{'a' * 200_001}</p>", headers=None)
    assert response.status_code == 422
    assert "aaaaaaaa" in response.text


def test_who_lost_the_mandate_while_writing_is_told_that_the_text_is_kept(signed_in, people, session):
    client = signed_in(people.animator)
    send(client, session)
    Mandate.objects.create(organisation=people.formerly_animating, starts_at=timezone.now())
    response = send(client, session, "<p>À moitié écrit</p>", rev=1)
    assert response.status_code == 403
    assert "data-autosave-answer" in response.text
    assert MinutesProposal.objects.get().body == "<p>À moitié écrit</p>"
    new = signed_in(people.former_animator)
    assert "À moitié écrit" in new.get(address("minutes-edit", 21)).text
    new.post(address("minutes-proposal-close", 21, MinutesProposal.objects.get().public_id))
    assert "À moitié écrit" not in new.get(address("minutes-edit", 21)).text


def test_publishing_twice_from_two_tabs_makes_one_version(signed_in, people, session):
    client = signed_in(people.animator)
    send(client, session)
    first = client.post(address("minutes-publish", 21), {"based_on": "0"})
    second = client.post(address("minutes-publish", 21), {"based_on": "0"})
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.headers["Location"] == address("minutes", 21)
    assert MinutesVersion.objects.count() == 1


def test_publishing_nothing_is_refused_with_the_reason(signed_in, people, session):
    response = signed_in(people.animator).post(address("minutes-publish", 21), {"based_on": "0"})
    assert response.status_code == 422
    assert not MinutesVersion.objects.exists()


def test_versions_show_what_they_changed(signed_in, people, published):
    client = signed_in(people.animator)
    client.post(address("minutes-amend", 21))
    send(client, published, "<p>Un désaccord.</p>", rev=1)
    client.post(address("minutes-publish", 21), {"based_on": "1", "reason": "Une coquille"})
    page = signed_in(people.member).get(address("minutes-difference", 21, 2)).text
    assert "<ins" in page
    assert "Une coquille" in page
    old = signed_in(people.member).get(address("minutes-version", 21, 1)).text
    assert "Un accord." in old


def test_sessions_of_a_cycle_and_filters_that_make_no_sense(signed_in, people, published):
    client = signed_in(people.member)
    assert client.get("/sessions/", {"cycle": "2024", "format_session": "pleniere"}).status_code == 200
    response = client.get("/sessions/", {"format_session": "banquet"})
    assert response.status_code == 400
    assert "Investir en commun" not in response.text


def test_the_list_and_the_page_ask_as_often_for_three_sessions_as_for_one(signed_in, people, assert_constant_queries):
    client = signed_in(people.member)
    assert_constant_queries(client, "/sessions/", factories.SessionFactory, most=12)


def test_the_page_asks_as_often_for_three_items_as_for_one(signed_in, people, session, assert_constant_queries):
    def add() -> None:
        position = session.agenda.count() + 1
        item = factories.AgendaItemFactory(session=session, position=position)
        factories.SpeakerFactory(item=item)
        factories.AttendeeFactory(attendance=factories.AttendanceFactory(session=session))
        factories.DecisionFactory(session=session, number=position)
        factories.MaterialFactory(session=session)

    assert_constant_queries(signed_in(people.member), "/sessions/21/", add, most=14)


def test_cancelled_sessions_say_why_and_lead_to_no_room(signed_in, people):
    factories.SessionFactory(number=40, cancelled=True, video_link="https://visio.example/40")
    page = signed_in(people.member).get("/sessions/40/").text
    assert "La salle n’est plus libre." in page
    assert "https://visio.example/40" not in page
