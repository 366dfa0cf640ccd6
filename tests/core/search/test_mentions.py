"""What texts name by "@" and "#": offered, linked and told of as far as the reader may see it, and no further."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.partial_dates import day
from core.richtext.mentions import linked
from core.search import indexing, mentions
from core.search.models import Passage
from funding.models import Funder
from members.merging import services as merging
from members.models import Organisation
from sessions_app.minutes import publication, services
from sessions_app.minutes.review import services as review
from sessions_app.models import Cycle, MinutesEntry, MinutesVersion, Session
from tests import factories
from tests.funding import rows
from tests.support.people import ROLES, People
from tests.support.secrets import published
from tests.watch.rows import item as entry_of_the_watch
from watch.enums import ItemState, Kind

ADDRESS = "/recherche/mentions/"
REL = ' rel="noopener noreferrer"'


def mention(kind: str, row: Any, label: str, *, href: str = "") -> str:
    href = f' href="{href}"' if href else ""
    sign = "@" if kind == "organisation" else "#"
    return f'<a{href} data-mention="{kind}" data-id="{row.pk}"{REL}>{sign}{label}</a>'


def atelier() -> Organisation:
    return Organisation.objects.get(slug="atelier")


def offered(client: Any, sign: str, text: str) -> list[tuple[str, str]]:
    answer = client.get(ADDRESS, {"signe": sign, "q": text})
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")
    return [(found["kind"], found["label"]) for found in answer.json()["results"]]


def places(user: Any, kind: str, row: Any) -> list[str]:
    user.__dict__.pop("_rights_memory", None)
    return [place.url for place in mentions.places(user, kind, row.pk)]


# --- offered while one writes -----------------------------------------------------------------------------------------


@pytest.fixture
def named(people: People) -> dict[str, Any]:
    """One object of each kind that is out, and one that is not, with the same word in their names."""
    funder = Organisation.objects.get(slug="fonds-odd-17")
    Funder.objects.create(organisation=funder, siret=rows.SIRET)
    found = {
        "organisation": factories.OrganisationFactory(name="Les Tilleuls", slug="les-tilleuls"),
        "initiative": rows.initiative(title="Tilleuls en ville", slug="tilleuls"),
        "veille": entry_of_the_watch(title="Plan tilleuls", slug="plan-tilleuls"),
        "session": factories.SessionFactory(number=71, title="Sous les tilleuls"),
        "hidden session": factories.SessionFactory(number=72, title="Tilleuls cachés", state="draft"),
        "hidden entry": entry_of_the_watch(title="Tilleuls tus", slug="tilleuls-tus", state=ItemState.TO_REVIEW),
        "hidden initiative": rows.initiative(title="Tilleuls en attente", slug="tilleuls-attente", draft_of=funder),
    }
    factories.OrganisationFactory(name="Autre", slug="autre", presentation="Nous plantons des tilleuls")
    indexing.index_pending()
    return found


def test_each_sign_offers_its_kinds_by_their_names_alone(named, people, signed_in):
    client = signed_in(people.animator)
    assert offered(client, "@", "tille") == [("organisation", "Les Tilleuls")]
    assert set(offered(client, "#", "Tilléuls")) == {
        ("initiative", "Tilleuls en ville"),
        ("veille", "Plan tilleuls"),
        ("session", "Session 71 – Sous les tilleuls"),
    }
    assert offered(client, "#", "71") == [("session", "Session 71 – Sous les tilleuls")]
    assert offered(client, "@", "les till") == [("organisation", "Les Tilleuls")]
    [found] = client.get(ADDRESS, {"signe": "#", "q": "plan"}).json()["results"]
    assert found == {
        "kind": "veille",
        "id": str(named["veille"].pk),
        "label": "Plan tilleuls",
        "note": "fiche de veille",
    }


@pytest.mark.parametrize("role", sorted({*ROLES} - {"visitor"}))
def test_what_is_not_out_is_offered_to_nobody(named, people, signed_in, role):
    """Not even to whoever sees it: readers of the text would be told its name."""
    found = offered(signed_in(people.role(role)), "#", "tilleuls") + offered(signed_in(people.role(role)), "@", "till")
    assert not {label for _kind, label in found} & {
        "Session 72 – Tilleuls cachés",
        "Tilleuls tus",
        "Tilleuls en attente",
    }
    if role == "outsider":
        assert found == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"signe": "@"},
        {"signe": "@", "q": ""},
        {"signe": "!", "q": "tilleuls"},
        {"signe": "@@", "q": "tilleuls"},
        {"signe": "@", "q": "'\" & | ! :* <->"},
        {"signe": "@", "q": "🌳"},
        {"signe": "@", "q": "t" * 10_000},
        {"signe": "#", "q": "le de la"},
    ],
    ids=str,
)
def test_what_is_no_question_has_an_empty_answer(named, people, signed_in, asked):
    answer = signed_in(people.member).get(ADDRESS, asked)
    assert (answer.status_code, answer.json()) == (200, {"results": []})


def test_visitors_are_asked_to_sign_in(named, client):
    assert client.get(ADDRESS, {"signe": "@", "q": "till"}).status_code == 302


# --- kept in a text ---------------------------------------------------------------------------------------------------


def entry(people: People, body: str, *, number: int = 81) -> Session:
    session = factories.SessionFactory(number=number, items=1)
    factories.MinutesFactory(session=session, entries=body)
    return session


def save(client: Any, session: Session, body: str, text_format: str = "html") -> str:
    stored = MinutesEntry.objects.filter(item__session=session).first()
    answer = client.post(
        f"/sessions/{session.number}/compte-rendu/modifier/?point=1",
        {"body": body, "text_format": text_format, "rev": stored.revision if stored else 0},
    )
    assert answer.status_code == 302
    return MinutesEntry.objects.get(item__session=session).body


def test_a_mention_is_stored_without_an_address(people, signed_in):
    session, client = entry(people, "<p>Avant</p>"), signed_in(people.animator)
    sent = '<p>Avec <a href="https://ailleurs.example" data-mention="organisation" data-id="7">@X</a>.</p>'
    assert save(client, session, sent) == f'<p>Avec <a data-mention="organisation" data-id="7"{REL}>@X</a>.</p>'
    unknown = '<p><a href="/x" data-mention="personne" data-id="7" onclick="x()">@Y</a></p>'
    assert save(client, session, unknown) == f'<p><a href="/x" data-id="7"{REL}>@Y</a></p>'


def test_without_script_mentions_survive_a_change(people, signed_in):
    organisation = atelier()
    marked = mention("organisation", organisation, "Atelier des communs ruraux")
    session, client = entry(people, f"<p>Avec {marked}.</p>"), signed_in(people.animator)
    page = client.get(f"/sessions/{session.number}/compte-rendu/modifier/?point=1").text
    assert "\nAvec @Atelier des communs ruraux.</textarea>" in page
    changed = "Merci à @Atelier des communs ruraux, pas à @Atelier des communs ruraux2."
    assert save(client, session, changed, "plain") == f"<p>Merci à {marked}, pas à @Atelier des communs ruraux2.</p>"


def test_every_rich_text_field_offers_mentions(people, signed_in):
    session, client = entry(people, "<p>Texte</p>"), signed_in(people.animator)
    for address in (
        f"/sessions/{session.number}/compte-rendu/modifier/",
        reverse("sessions:minutes-edit-all", args=[session.number]),
        session.cycle.get_absolute_url() + "modifier/",
    ):
        page = client.get(address).text
        assert f'data-mentions="{ADDRESS}"' in page, address
        assert 'data-command="mention-organisation"' in page
        assert 'data-command="mention-other"' in page


# --- read -------------------------------------------------------------------------------------------------------------


def test_a_mention_leads_whoever_sees_its_object(people, signed_in):
    funder = Organisation.objects.get(slug="fonds-odd-17")
    Funder.objects.create(organisation=funder, siret=rows.SIRET)
    draft = rows.initiative(title="Le quetsche", slug="quetsche", draft_of=funder)
    other = factories.SessionFactory(number=90)
    marks = {
        "organisation": (atelier(), "L’Atelier d’alors"),
        "session": (other, "90e session"),
        "veille": (entry_of_the_watch(title="Étude", slug="etude"), "Étude"),
        "initiative": (draft, "Le quetsche"),
    }
    text = "<p>" + ", ".join(mention(kind, row, label) for kind, (row, label) in marks.items()) + "</p>"
    session = published(people, 91, text[3:-4])
    publication.make_public(session=session, by=people.animator, now=timezone.now())
    indexing.index_pending()

    def read(role: str, address: str) -> str:
        return html.unescape(signed_in(people.role(role)).get(address).text)

    for address in ("/sessions/91/compte-rendu/", "/sessions/91/"):
        page = read("member", address)
        for kind in ("organisation", "session", "veille"):
            row, label = marks[kind]
            assert mention(kind, row, label, href=row.get_absolute_url()) in page
        assert ", #Le quetsche</p>" in page
        assert draft.get_absolute_url() not in page
        page = read("funder", address)
        assert mention("initiative", draft, "Le quetsche", href=draft.get_absolute_url()) in page
    public = html.unescape(Client().get(reverse("sessions:minutes-public", args=[91])).text)
    assert "@L’Atelier d’alors, #90e session, #Étude, #Le quetsche</p>" in public
    assert "data-mention" not in public


def test_a_renamed_object_keeps_the_label_of_the_day_and_a_deleted_one_loses_its_link(people, signed_in):
    kept, gone = factories.OrganisationFactory(name="Un", slug="un"), factories.OrganisationFactory(name="Deux")
    published(people, 92, f"{mention('organisation', kept, 'Un')} et {mention('organisation', gone, 'Deux')}")
    indexing.index_pending()
    kept.name, kept.slug = "Un et demi", "un-et-demi"
    kept.save()
    gone.delete()
    indexing.index_pending()
    page = signed_in(people.member).get("/sessions/92/compte-rendu/").text
    assert f"{mention('organisation', kept, 'Un', href='/membres/un-et-demi/')} et @Deux</p>" in page


def test_a_merged_organisation_leads_on_and_is_told_on_the_page_of_the_kept_one(people, signed_in):
    kept = factories.OrganisationFactory(name="Les Sorbiers", slug="les-sorbiers")
    double = factories.OrganisationFactory(name="Les Aubépines", slug="les-aubepines")
    published(people, 93, f"Avec {mention('organisation', double, 'Les Aubépines')}")
    indexing.index_pending()
    merging.merge(kept=kept, merged=double, choices={}, by=people.administrator, now=timezone.now())
    indexing.index_pending()
    client = signed_in(people.member)
    page = client.get("/sessions/93/compte-rendu/").text
    assert mention("organisation", double, "Les Aubépines", href="/membres/les-sorbiers/") in page
    assert 'href="/sessions/93/compte-rendu/#point-1-p1"' in client.get("/membres/les-sorbiers/").text


# --- "Mentioned in" ---------------------------------------------------------------------------------------------------


def test_each_page_tells_where_its_object_is_mentioned_newest_first(people, signed_in):
    organisation = atelier()
    initiative = rows.initiative(title="Le verger", slug="verger")
    watched = entry_of_the_watch(title="Étude", slug="etude", kind=Kind.PUBLICATION)
    early = factories.SessionFactory(number=94)
    objects = {"organisation": organisation, "initiative": initiative, "veille": watched, "session": early}
    words = ", ".join(mention(kind, row, "nom") for kind, row in objects.items())
    for number, year in ((95, 2023), (96, 2024)):
        session = published(people, number, f"Rien.</p><ul><li><p>Merci à {words}</p></li></ul><p>Fin.")
        Session.objects.filter(pk=session.pk).update(date=day(dt.date(year, 5, 2)))
        version = MinutesVersion.objects.get(session=session)
        assert version.snapshot["agenda"][0]["body"].count("data-mention") == 4
    indexing.rebuild()
    client = signed_in(people.member)
    for kind, row in objects.items():
        page = client.get(row.get_absolute_url()).text
        section = page[page.index('<section class="folio" id="mentions">') :]
        section = section[: section.index("</section>")]
        assert "Évoqué dans" in section
        found = [part.split('"')[0] for part in section.split('<a href="')[1:]]
        assert found == [f"/sessions/{number}/compte-rendu/#point-1-p3" for number in (96, 95)], kind
        assert section.count("Merci à") == 2
        assert "Rien." not in section
        place = client.get("/sessions/96/compte-rendu/").text
        assert 'id="point-1-p3"' in place
    nobody = factories.OrganisationFactory(name="Personne", slug="personne")
    assert "Évoqué dans" not in client.get(nobody.get_absolute_url()).text


def test_many_mentions_are_folded(people, signed_in):
    organisation = atelier()
    words = mention("organisation", organisation, "nom")
    published(people, 97, "</p><p>".join(f"{number} {words}" for number in range(1, 104)))
    indexing.index_pending()
    page = signed_in(people.member).get(organisation.get_absolute_url()).text
    before, after = page[page.index('id="mentions"') :].split("<details", 1)
    assert before.count("<article") == 10
    assert after.split("</details>")[0].count("<article") == 90
    assert "90 mentions plus anciennes" in after
    assert "Les 100 mentions les plus récentes sont affichées." in after


def test_more_mentions_ask_no_more(people, signed_in, assert_constant_queries):
    organisation, numbers = atelier(), iter(range(120, 140))

    def add() -> None:
        words = ", ".join(
            mention(kind, row, "nom")
            for kind, row in (("organisation", organisation), ("session", factories.SessionFactory()))
        )
        published(people, next(numbers), words)
        indexing.index_pending()

    client = signed_in(people.member)
    assert_constant_queries(client, organisation.get_absolute_url(), add, most=16)
    latest = Session.objects.get(number=next(numbers) - 1)
    published(people, 150, "</p><p>".join([mention("organisation", organisation, "nom")] * 5))
    indexing.index_pending()
    assert_constant_queries(client, latest.get_absolute_url(), add, most=18)


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn", "amended away"])
def test_what_is_not_in_force_mentions_nothing(people, signed_in, state):
    organisation = atelier()
    words = f"<p>Avec {mention('organisation', organisation, 'nom')}</p>"
    if state in ("draft", "review"):
        session = entry(people, words, number=98)
        if state == "review":
            review.circulate(session=session, by=people.animator, days=8, now=timezone.now())
    else:
        session = published(people, 98, words[3:-4])
        indexing.index_pending()
        assert len(places(people.member, "organisation", organisation)) == 1
        if state == "withdrawn":
            publication.withdraw(session=session, by=people.animator, reason="Erreur", now=timezone.now())
        else:
            services.open_amendment(session=session, by=people.animator, now=timezone.now())
            MinutesEntry.objects.filter(item__session=session).update(body="<p>Rien</p>")
            services.publish(session=session, by=people.animator, now=timezone.now(), reason="Une faute", based_on=1)
    readers = [people.member, people.funder, people.administrator]
    for _moment in range(2):  # before the index was brought up to date, and after
        for reader in readers:
            assert places(reader, "organisation", organisation) == []
        assert "Évoqué dans" not in signed_in(people.member).get(organisation.get_absolute_url()).text
        indexing.index_pending()
    if state in ("draft", "review"):
        assert places(people.animator, "organisation", organisation) == []
        assert not Passage.objects.exclude(mentions=[]).exists()


def test_a_reserved_item_mentions_for_members_alone(people):
    organisation = atelier()
    session = published(people, 99, "Rien", reserved=f"Un jasmin {mention('organisation', organisation, 'nom')}")
    publication.make_public(session=session, by=people.animator, now=timezone.now())
    indexing.index_pending()
    assert len(places(people.member, "organisation", organisation)) == 1
    assert places(people.visitor, "organisation", organisation) == []


def test_the_introduction_of_a_cycle_mentions_too(people, signed_in):
    cycle, organisation = factories.SessionFactory(number=100).cycle, atelier()
    body = f"<p>Un</p><p>Avec {mention('organisation', organisation, 'nom')}</p>"
    client = signed_in(people.animator)
    stored = Cycle.objects.get(pk=cycle.pk).introduction
    sent = {"theme": cycle.theme, "introduction": body, "text_format": "html", "seen": stored}
    assert client.post(cycle.get_absolute_url() + "modifier/", sent).status_code == 302
    indexing.index_pending()
    place = f"{cycle.get_absolute_url()}#introduction-p2"
    assert places(people.member, "organisation", organisation) == [place]
    page = signed_in(people.member).get(cycle.get_absolute_url()).text
    link = mention("organisation", organisation, "nom", href=organisation.get_absolute_url())
    assert f'<p id="introduction-p2">Avec {link}</p>' in page
    assert f"<p>Avec {link}</p>" in signed_in(people.member).get(cycle.get_absolute_url() + "actes/").text


def test_words_are_escaped_wherever_a_mention_leads():
    marked = '<p><a data-mention="session" data-id="1" rel="noopener noreferrer">#a &lt;b&gt;</a></p>'
    assert linked(marked, {"session:1": '/x?a=1&b="2"'}) == (
        '<p><a href="/x?a=1&amp;b=&quot;2&quot;" data-mention="session" data-id="1" rel="noopener noreferrer">#a &lt;b&gt;</a></p>'
    )
    assert linked(marked, {}) == "<p>#a &lt;b&gt;</p>"
