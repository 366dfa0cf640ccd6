"""What a reader may not see is in no result, no count and no suggestion; nor is what was withdrawn a moment ago."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts import rights
from core.partial_dates import day
from core.search import indexing, page
from core.search.models import Passage, PendingChange
from core.search.sources import sources
from funding.enums import AmountAudience
from funding.models import Funder
from governance.models import SpaceEvent
from members.models import Organisation
from sessions_app.enums import Audience
from sessions_app.minutes import publication
from sessions_app.models import Material, MaterialProposal
from sessions_app.permissions import may_open
from tests import factories
from tests.funding import rows
from tests.matrix.scene import Scene, build
from tests.support.file_texts import file_with_text, material_with_text
from tests.support.people import ROLES, People
from tests.support.secrets import MEMBERS, SECRETS, organisation_of, plant, published

# what no text holds that is in the index, for anybody: drafts of minutes, reviews and requests, proposals, messages,
# entries of the watch that are not out
NEVER_INDEXED = {
    "bergamote",
    "eglantine",
    "framboise",
    "groseille",
    "hibiscus",
    "kumquat",
    "papaye",
    "quetsche",
    "rhubarbe",
}

# in texts of files: word → who may open the file
IN_FILES = {
    "nefle": {"animator", "observer"},  # kept for who took part: the organisation of both alone was there
    "azerole": {"animator", "member"},  # kept for who took part: the member's organisation, too
    "prunelle": MEMBERS,  # for members
    "quenouille": {"animator"},  # of a session that is a draft
    "ronce": set(),  # of a version that was replaced
    "sureau": set(),  # of what a member proposes
}


def plant_files(scene: Scene, people: People) -> None:
    draft, opened, other = (scene.sessions[name] for name in ("draft", "public", "published"))
    material_with_text(draft, "Croquis", "Une quenouille")
    material_with_text(opened, "Relevé", "", "Une nefle", audience=Audience.PARTICIPANTS)
    former = material_with_text(opened, "Note", "Une ronce")
    material_with_text(opened, "Note", "Une prunelle", series=former.series, version=2)
    factories.AttendanceFactory(session=other, organisation=organisation_of(people.member))
    material_with_text(other, "Plan", "Une azerole", audience=Audience.PARTICIPANTS)
    MaterialProposal.objects.update(link="", file=file_with_text("Un sureau"))


def chosen() -> dict[str, list[str]]:
    return {name: [] for name in page.facet_names()}


def fresh(user: Any) -> Any:
    """As at the beginning of a request."""
    user.__dict__.pop("_rights_memory", None)
    return user


def found(user: Any, text: str) -> int:
    return page.results(fresh(user), text, chosen(), "").found


@pytest.fixture
def scene(people: People) -> Scene:
    made = build(people)
    plant(made)
    indexing.index_pending()
    return made


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_of_the_planted_words_what_it_may_read(scene, people, role):
    may = {word for word, readers in SECRETS.items() if role in readers} - NEVER_INDEXED
    assert {word for word in SECRETS if found(people.role(role), word)} == may
    # neither the beginning of a word nor a slip in it tells more
    assert {word for word in SECRETS if page.suggestions(fresh(people.role(role)), word[:6])} <= may
    slips = {word for word in SECRETS if page.results(fresh(people.role(role)), f"{word}ss", chosen(), "").corrected}
    assert slips <= may


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_of_the_texts_of_files_what_it_may_open(scene, people, signed_in, role):
    plant_files(scene, people)
    indexing.index_pending()
    may = {word for word, readers in IN_FILES.items() if role in readers}
    assert {word for word in IN_FILES if found(people.role(role), word)} == may
    assert {word for word in IN_FILES if page.suggestions(fresh(people.role(role)), word[:5])} <= may
    slips = {word for word in IN_FILES if page.results(fresh(people.role(role)), f"{word}ss", chosen(), "").corrected}
    assert slips <= may
    # whoever finds a text may open its file, whoever may open it finds its text
    for material in Material.objects.current().exclude(file=None).select_related("session"):
        allowed = rights.allows(fresh(people.role(role)), "sessions_app.view_session", material.session) and may_open(
            people.role(role), material
        )
        words = set(" ".join(material.file.text.pages).split()) & set(IN_FILES)
        assert bool(words & may) is allowed, material


def test_drafts_reviews_and_messages_are_in_no_passage(scene):
    for word in NEVER_INDEXED:
        assert not Passage.objects.filter(text__icontains=word).exists(), word
        assert not Passage.objects.filter(names__icontains=word).exists(), word


def test_visitors_find_public_minutes_without_what_is_reserved(scene, people):
    hits = page.results(people.visitor, "particulier", chosen(), "").hits
    address = reverse("sessions:minutes-public", args=[208])
    assert [hit.url for hit in hits] == [f"{address}#point-1-p1"]
    assert b'id="point-1-p1"' in Client().get(address).content
    assert found(people.visitor, "jasmin") == 0
    assert found(people.member, "jasmin") > 0


def test_minutes_that_are_withdrawn_are_gone_at_once(people):
    session = published(people, 301, "Une pistache dans le texte")
    publication.make_public(session=session, by=people.animator, now=timezone.now())
    indexing.index_pending()
    assert found(people.visitor, "pistache") == found(people.member, "pistache") == 1
    publication.withdraw(session=session, by=people.animator, reason="Erreur", now=timezone.now())
    # without waiting for the index, and after it
    for _moment in range(2):
        assert found(people.visitor, "pistache") == found(people.member, "pistache") == 0
        assert page.suggestions(fresh(people.member), "pista") == []
        indexing.index_pending()
    assert found(people.animator, "pistache") == 1


def test_an_initiative_in_draft_is_its_funders_alone(people):
    funder = Organisation.objects.get(slug="fonds-odd-17")
    Funder.objects.create(organisation=funder, siret=rows.SIRET)
    rows.initiative(title="Le quetsche", slug="quetsche", draft_of=funder)
    indexing.index_pending()
    assert {role for role in ROLES if found(people.role(role), "quetsche")} == {"funder"}
    assert {role for role in ROLES if page.suggestions(fresh(people.role(role)), "quets")} == {"funder"}
    slips = {role for role in ROLES if page.results(fresh(people.role(role)), "quetshe", chosen(), "").corrected}
    assert slips == {"funder"}


def test_amounts_are_in_no_passage(people):
    funder = Organisation.objects.get(slug="fonds-odd-17")
    initiative = rows.initiative()
    for audience in AmountAudience.values:
        rows.line(of=initiative, by=funder, audience=audience, amount_agreed=Decimal(765_432), due=())
    indexing.rebuild()
    assert Passage.objects.filter(kind="initiative").count() == 1
    assert not Passage.objects.filter(text__regex="765.?432").exists()


def test_a_change_below_django_hides_the_object_until_it_is_read_anew(people):
    event = SpaceEvent.objects.create(kind="other", title="Une myrtille", date=day(dt.date(2024, 5, 2)))
    indexing.index_pending()
    assert found(people.member, "myrtille") == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE governance_spaceevent SET title = 'Une airelle' WHERE id = %s", [event.pk])
    assert found(people.member, "myrtille") == 0
    indexing.index_pending()
    assert PendingChange.objects.count() == 0
    assert (found(people.member, "myrtille"), found(people.member, "airelle")) == (0, 1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM governance_spaceevent WHERE id = %s", [event.pk])
    indexing.index_pending()
    assert not Passage.objects.filter(kind="evenement").exists()


def test_a_save_is_indexed_with_its_commit(transactional_db):
    with transaction.atomic():
        session = factories.SessionFactory(number=77, title="Une rhubarbe")
        assert PendingChange.objects.filter(kind="session", object_id=session.pk).exists()
    assert not PendingChange.objects.exists()
    assert Passage.objects.get(kind="session", object_id=session.pk).title.endswith("Une rhubarbe")
    session.title = "Un cassis"
    session.save()
    assert Passage.objects.get(kind="session", object_id=session.pk).title.endswith("Un cassis")


def test_rebuilt_the_index_is_the_same(scene):
    def whole() -> set[tuple[Any, ...]]:
        return set(Passage.objects.values_list("kind", "object_id", "position", "title", "text", "anchor"))

    before = whole()
    Passage.objects.filter(kind="session").update(names="autre")
    told: list[str] = []
    number = indexing.rebuild(lambda source, done, total: told.append(source.kind))
    assert whole() == before
    assert number == len(before)
    assert set(told) == set(sources())


def test_every_watched_table_bears_its_trigger(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'search_mark_%'")
        there = {(name, table.strip('"')) for name, table in cursor.fetchall()}
    wanted = {watched.model._meta.db_table for source in sources().values() for watched in source.watched}
    assert {table for _name, table in there} == wanted
    assert len(there) == sum(len(source.watched) for source in sources().values())
