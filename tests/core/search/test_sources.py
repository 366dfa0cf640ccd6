"""What the sources of all apps read is watched, and what they lead to is there for whoever finds it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.files.kinds import PDF
from core.search import indexing, page, querysets
from core.search.models import Passage
from core.search.sources import sources
from members.merging import services as merging
from members.models import Competence, Organisation
from tests import factories
from tests.funding import rows
from tests.matrix.scene import Scene, build
from tests.support.people import People
from tests.support.secrets import plant

# Read for what is indexed, though never changed: the regions of France, the year of a cycle, which is its address, and
# stored files.
STILL = {"core_region", "sessions_app_cycle", "core_storedfile"}
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def scene(people: People) -> Scene:
    made = build(people)
    plant(made)
    indexing.index_pending()
    return made


def urls(user: Any, text: str) -> list[str]:
    user.__dict__.pop("_rights_memory", None)
    return [hit.url for hit in page.results(user, text, {name: [] for name in page.facet_names()}, "").hits]


def test_whatever_an_entry_is_made_of_is_watched(scene):
    unwatched = {}
    for source in sources().values():
        ids = list(source.model._default_manager.values_list("pk", flat=True))
        assert ids, source.kind
        with CaptureQueriesContext(connection) as asked:
            assert list(source.entries(ids)), source.kind
        tables = {table for query in asked for table in TABLE.findall(query["sql"])}
        others = tables - {watched.model._meta.db_table for watched in source.watched} - STILL
        if others:
            unwatched[source.kind] = others
    assert unwatched == {}


@pytest.mark.parametrize("role", ["member", "animator", "funder", "visitor"])
def test_what_is_found_opens_at_its_place(scene, people, signed_in, client, role):
    reader = people.role(role)
    readable = querysets.readable(reader)
    with connection.cursor() as cursor:
        cursor.execute(readable.sql, readable.params)
        keys = [key for (key,) in cursor.fetchall()]
    anchors: dict[str, set[str]] = defaultdict(set)
    for passage in Passage.objects.filter(pk__in=keys):
        outside = sources()[passage.kind].reads_public(reader)
        anchors[passage.public_address if outside else passage.address].add(passage.anchor)
    assert anchors
    asking = client if role == "visitor" else signed_in(reader)
    missing = {}
    for address, wanted in anchors.items():
        response = asking.get(address)
        text = "" if response.streaming else response.content.decode()
        lost = {anchor for anchor in wanted if anchor and f'id="{anchor}"' not in text}
        if response["Content-Type"] == PDF.content_type:  # a page of it
            lost = {anchor for anchor in wanted if not re.fullmatch(r"page=[1-9]\d*", anchor)}
        if response.status_code != 200 or lost:
            missing[address] = (response.status_code, lost)
    assert missing == {}


def test_a_renamed_organisation_is_found_by_its_new_name_wherever_it_stands(scene, people):
    organisation = Organisation.objects.get(slug="atelier")
    initiative = rows.initiative(
        title="Le quetsche", slug="quetsche", bearer=organisation, bearer_name="", bearer_siret=""
    )
    decision = factories.DecisionFactory(
        session=factories.SessionFactory(number=601), responsible=organisation, text="Planter"
    )
    indexing.index_pending()
    for old, new in ((organisation.name, "Les Amélanchiers"), ("Les Amélanchiers", "Les Cornouillers")):
        organisation.name, organisation.short_name = new, ""
        organisation.slug = new.lower().replace(" ", "-").replace("é", "e")
        organisation.save()
        indexing.index_pending()
        found = urls(people.animator, new)
        assert organisation.get_absolute_url() in found
        assert f"{organisation.get_absolute_url()}#people" in found
        assert initiative.get_absolute_url() in found
        assert any(decision.reference in url for url in found)
        assert not Passage.objects.filter(text__contains=old).exclude(kind="compte-rendu").exists()


def test_of_merged_organisations_one_is_found_by_both_names(scene, people):
    kept = factories.OrganisationFactory(name="Les Sorbiers")
    double = factories.OrganisationFactory(name="Les Aubépines", slug="les-aubepines")
    person = factories.PositionFactory(organisation=double, user__first_name="Ida", user__last_name="Myrte")
    initiative = rows.initiative(title="Le quetsche", slug="quetsche", bearer=double, bearer_name="", bearer_siret="")
    indexing.index_pending()
    assert urls(people.member, "aubépines")[0] == double.get_absolute_url()
    merging.merge(kept=kept, merged=double, choices={}, by=people.administrator, now=timezone.now())
    indexing.index_pending()
    assert urls(people.member, "aubépines") == [kept.get_absolute_url()]
    assert not Passage.objects.filter(address=double.get_absolute_url()).exists()
    assert urls(people.member, "Ida Myrte") == [f"{kept.get_absolute_url()}#people"]
    assert initiative.get_absolute_url() in urls(people.member, "sorbiers")
    facets = page.results(people.member, "quetsche", {name: [] for name in page.facet_names()}, "").panel.facets
    (options,) = [facet.options for facet in facets if facet.name == "organisation"]
    assert [(option.label, option.count) for option in options] == [(kept.label, 1)]
    assert person.user.is_active


def test_competences_and_renamed_people_are_found(scene, people):
    organisation = Organisation.objects.get(slug="atelier")
    competence = Competence.objects.create(name="Vannerie")
    organisation.competences.add(competence)
    organisation.sdgs = [15]
    organisation.save()
    indexing.index_pending()
    place = f"{organisation.get_absolute_url()}#competences"
    assert urls(people.member, "vannerie") == [place]
    assert place in urls(people.member, "vie terrestre")
    Competence.objects.filter(pk=competence.pk).update(name="Osier")
    assert urls(people.member, "vannerie") == []
    indexing.index_pending()
    assert urls(people.member, "osier") == [place]
    person = people.member
    person.first_name, person.last_name = "Alba", "Rose"
    person.save()
    indexing.index_pending()
    assert urls(people.member, "Alba Rose")[0].endswith("#people")
    person.is_active = False
    person.save()
    assert urls(people.member, "Alba Rose") == []
