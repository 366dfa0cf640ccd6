"""The history of an item: what each save changed, two compared in both ways, an earlier one taken up again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core.richtext.diff import changed_words, diff, side_by_side
from sessions_app.minutes import services
from sessions_app.models import Minutes, MinutesEntry, MinutesRevision
from sessions_app.personal_data import forget_revisions
from tests import factories

pytestmark = pytest.mark.django_db

TEXTS = ("<p>Un accord clair.</p>", "<p>Un désaccord clair.</p><ul><li><p>deux</p></li></ul>", "<p>Un désaccord.</p>")


@pytest.fixture
def session(people):
    session = factories.SessionFactory(number=21)
    factories.AgendaItemFactory(session=session, position=1, title="Ouverture")
    return session


@pytest.fixture
def item(session):
    return session.agenda.get()


@pytest.fixture
def saved(item, people):
    """Three saves of the item."""
    for number, text in enumerate(TEXTS):
        save(item, people, text, number)
    return item


@pytest.fixture
def client(signed_in, people):
    return signed_in(people.animator)


def save(item, people, body, based_on):
    return services.save_entry(item=item, by=people.animator, body=body, based_on=based_on, now=timezone.now())


def address(name="minutes-history", **query):
    return reverse(f"sessions:{name}", args=[21], query={"point": 1, **query})


def test_each_save_says_how_many_words_came_and_went(client, saved):
    assert "+&nbsp;2 mots, −&nbsp;1" in client.get(address()).text
    assert changed_words(TEXTS[0], TEXTS[1]).added == 2
    assert changed_words(TEXTS[0], TEXTS[1]).removed == 1


def test_two_saves_are_compared_in_one_text_and_side_by_side(client, saved):
    one = client.get(address(revision=2)).text
    assert "<del>accord</del> <ins>désaccord</ins>" in one
    sides = client.get(address(revision=2, vue="cote-a-cote")).text
    assert "<p>Un <del>accord</del>  clair.</p>" in sides
    assert "<p>Un  <ins>désaccord</ins> clair.</p>" in sides


def test_any_two_saves_can_be_compared_whatever_their_order(client, saved):
    forward = client.get(address(revision=3, avec=1)).text
    backward = client.get(address(revision=1, avec=3)).text
    for page in (forward, backward):
        assert "<del>accord clair.</del> <ins>désaccord.</ins>" in page


@pytest.mark.parametrize("query", [{"revision": 9}, {"revision": 2, "avec": 9}, {"page": 2}])
def test_saves_that_do_not_exist_are_not_found(client, saved, query):
    assert client.get(address(**query)).status_code == 404


def test_an_item_without_text_has_no_history(client, session):
    response = client.get(address())
    assert response.status_code == 200
    assert "Rien n’est encore enregistré." in response.text


def test_taking_an_earlier_text_up_is_a_new_save_and_loses_nothing(client, saved, people):
    response = client.post(address("minutes-restore"), {"revision": 1, "rev": 3})
    assert response.status_code == 302
    entry = MinutesEntry.objects.get()
    assert (entry.body, entry.revision) == (TEXTS[0], 4)
    kept = MinutesRevision.objects.order_by("number").values_list("number", "body")
    assert list(kept) == [(1, TEXTS[0]), (2, TEXTS[1]), (3, TEXTS[2]), (4, TEXTS[0])]
    assert "enregistrement\u00a04" in client.get(response.headers["Location"]).text


def test_taking_up_after_somebody_else_saved_shows_both_texts(client, saved, people):
    save(saved, people, "<p>Entre-temps.</p>", 3)
    response = client.post(address("minutes-restore"), {"revision": 1, "rev": 3})
    assert response.status_code == 409
    assert "Entre-temps." in response.text
    assert "Un accord clair." in response.text
    assert MinutesEntry.objects.get().body == "<p>Entre-temps.</p>"


def test_published_minutes_are_not_taken_back(client, saved, session, people):
    services.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    assert "Reprendre ce texte" not in client.get(address(revision=1)).text
    client.post(address("minutes-restore"), {"revision": 1, "rev": 3})
    assert MinutesEntry.objects.get().body == TEXTS[2]


@pytest.mark.parametrize("revision", ["0", "9", "", "x"])
def test_a_save_that_does_not_exist_is_not_taken_up(client, saved, revision):
    assert client.post(address("minutes-restore"), {"revision": revision, "rev": 3}).status_code == 404


def test_the_history_asks_as_often_for_three_saves_as_for_one(client, item, people, assert_constant_queries):
    def add() -> None:
        revision = MinutesEntry.objects.get(item=item).revision if MinutesEntry.objects.exists() else 0
        save(item, people, f"<p>Texte {revision}.</p>", revision)

    add()
    add()
    assert_constant_queries(client, address(), add, most=14)


# --- a conflict without script: three ways out ---------------------------------------------------------------------


def post(client, body, rev, **more):
    return client.post(
        reverse("sessions:minutes-edit", args=[21], query={"point": 1}),
        {"body": body, "rev": rev, "text_format": "plain", **more},
    )


@pytest.fixture
def conflict(client, item, people):
    save(item, people, "<p>De Karim.</p>", 0)
    response = post(client, "De Claire.", 0)
    assert response.status_code == 409
    return response.text


def test_the_three_ways_out_are_offered_on_what_is_stored_now(conflict):
    assert 'name="rev" value="1"' in conflict
    for choice in ("mine", "theirs", "both"):
        assert f'name="settle" value="{choice}"' in conflict


def test_keeping_mine_saves_it_on_top(client, conflict):
    post(client, "De Claire.", 1, settle="mine")
    assert MinutesEntry.objects.get().body == "<p>De Claire.</p>"


def test_taking_theirs_keeps_mine_in_the_history(client, conflict):
    post(client, "De Claire.", 1, settle="theirs")
    assert MinutesEntry.objects.get().body == "<p>De Karim.</p>"
    bodies = MinutesRevision.objects.order_by("number").values_list("body", flat=True)
    assert list(bodies) == ["<p>De Karim.</p>", "<p>De Claire.</p>", "<p>De Karim.</p>"]


def test_bringing_both_together_gives_one_form_with_both_to_edit(client, conflict):
    response = post(client, "De Claire.", 1, settle="both")
    assert response.status_code == 200
    assert "De Claire.\n\nDe Karim." in response.text
    assert MinutesEntry.objects.get().revision == 1
    post(client, "De Claire et Karim.", 1)
    assert MinutesEntry.objects.get().body == "<p>De Claire et Karim.</p>"


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_third_save_meanwhile_is_a_conflict_again(client, conflict, item, people, choice):
    save(item, people, "<p>De Sofia.</p>", 1)
    response = post(client, "De Claire.", 1, settle=choice)
    assert response.status_code == 409
    assert "De Sofia." in response.text
    assert MinutesEntry.objects.get().body == "<p>De Sofia.</p>"


def test_sides_drop_what_only_the_other_has():
    sides = side_by_side(diff("<p>a</p><table><tbody><tr><td><p>x</p></td></tr></tbody></table>", "<p>a b</p>"))
    assert "<table>" in sides.older
    assert sides.newer.replace(" ", "") == "<p>a<ins>b</ins></p>"


def test_the_history_bears_the_gaps_of_what_was_forgotten(client, item, session, people):
    minutes = factories.MinutesFactory(session=session, state="published")
    entry = MinutesEntry.objects.get(minutes=minutes)
    saved_at = timezone.now() - dt.timedelta(days=4000)
    for number in (2, 3):
        body = f"<p>Un essai {number}.</p>"
        MinutesRevision.objects.create(entry=entry, number=number, body=body, author=people.member, saved_at=saved_at)
    MinutesRevision.objects.create(
        entry=entry, number=4, body="<p>La fin.</p>", author=people.member, saved_at=timezone.now()
    )
    MinutesEntry.objects.filter(pk=entry.pk).update(revision=4, body="<p>La fin.</p>")
    assert forget_revisions(timezone.now() - dt.timedelta(days=365), timezone.now()) == 2
    page = client.get(address())
    assert page.status_code == 200
    assert [(line.revision.number, line.change and line.change.added) for line, _ in page.context["lines"]] == [
        (4, None),
        (1, 4),
    ]
    assert page.text.count("l’enregistrement précédent n’est plus conservé") == 1
    assert "Comparé à l’enregistrement 1" in page.text
    assert "jamais" not in page.text
    assert client.get(address(revision=4, avec=3)).status_code == 404
    Minutes.objects.update(state="draft")
    assert "n’est plus conservé" in client.get(address("minutes-edit")).text
