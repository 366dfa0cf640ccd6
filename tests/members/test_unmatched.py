"""Needs that nobody answers: the rule in SQL says the same as `match`, over all that can be asked and offered."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils import timezone

from core.models import Region
from funding.enums import Stage
from members.matching import match
from members.models import Competence
from tests.factories import OrganisationFactory, SpaceFactory
from tests.funding import rows as funding_rows
from tests.watch.rows import item
from watch.enums import ItemState, Kind
from watch.needs.querysets import unmatched_initiatives, unmatched_studies

pytestmark = pytest.mark.django_db
TERMS = ("Évaluation", "Formation", "Montage")
PLACES = ((), ("53",), ("53", "84"), ("84",))


def helper(name, terms=(), regions=(), **more):
    made = OrganisationFactory(name=name, **{"member": True, "level": "regional", **more})
    made.competences.set(Competence.objects.filter(name__in=terms))
    made.regions.set(Region.objects.filter(code__in=regions))
    return made


@pytest.fixture
def offered(db):
    SpaceFactory()
    for term in TERMS:
        Competence.objects.create(name=term)
    return [
        helper("Ouest", ["Évaluation"], ["53"]),
        helper("Partout", ["Formation"], level="national"),
        helper("Est seulement", ["Formation"], ["84"], level="national"),
        helper("Sans région", ["Montage"]),
        helper("Dehors", ["Montage"], ["53", "84"], member=False),
    ]


def asked():
    terms = [(), ("Évaluation",), ("Formation",), ("Montage",), ("Évaluation", "Montage")]
    return list(product(terms, PLACES))


def nobody(terms, regions, **more):
    day = timezone.localdate()
    return bool(terms) and not match(competences=terms, regions=list(regions), sdgs=[], day=day, **more)


def test_both_rules_agree_on_studies(offered):
    expected = []
    for terms, places in asked():
        wanted = list(Competence.objects.filter(name__in=terms))
        study = item(kind=Kind.NEEDS_STUDY, competences=wanted, regions=Region.objects.filter(code__in=places))
        if nobody(wanted, places):
            expected.append(study.title)
    assert [study.title for study in unmatched_studies(timezone.localdate())] == expected
    assert 0 < len(expected) < len(asked())


def test_both_rules_agree_on_initiatives_without_their_bearer(offered):
    expected, bearer = [], offered[0]
    for terms, places in asked():
        wanted = list(Competence.objects.filter(name__in=terms))
        made = funding_rows.initiative(title=f"{terms} {places}", bearer=bearer, bearer_name="", regions=list(places))
        made.competences.set(wanted)
        if nobody(wanted, places, without=[bearer.pk]):
            expected.append(made.title)
    assert [row.title for row in unmatched_initiatives(timezone.localdate())] == expected
    assert 0 < len(expected) < len(asked())


def test_what_is_over_or_not_out_waits_for_nobody_and_the_animators_are_told(people, signed_in):
    SpaceFactory()
    term = Competence.objects.create(name="Sourcellerie")
    item(kind=Kind.NEEDS_STUDY, title="Brouillon", state=ItemState.DRAFT, competences=[term], contributor=people.member)
    dropped = funding_rows.initiative(title="Abandonnée", stage=Stage.DROPPED)
    dropped.competences.set([term])
    home = signed_in(people.animator).get("/").text
    assert "aucun membre ne répond" not in home
    item(kind=Kind.NEEDS_STUDY, title="Étude seule", is_national=True, competences=[term])
    running = funding_rows.initiative(title="Initiative seule", slug="seule")
    running.competences.set([term])
    home = signed_in(people.animator).get("/").text
    assert "2 besoins auxquels aucun membre ne répond" in home
    assert "auxquels" not in signed_in(people.member).get("/").text
    page = signed_in(people.animator).get("/veille/besoins/")
    assert [row.title for row in page.context["studies"]] == ["Étude seule"]
    assert [row.title for row in page.context["initiatives"]] == ["Initiative seule"]
    assert "Sourcellerie" in page.text
