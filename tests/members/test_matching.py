"""Which members fit what is needed, ranked, each with its reasons."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from core.models import Region
from members.matching import match
from members.models import Competence
from tests.factories import OrganisationFactory, RegionFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)


def region(code: str, name: str) -> Region:
    return Region.objects.filter(code=code).first() or RegionFactory(code=code, name=name)


@pytest.fixture
def terms() -> list[Competence]:
    return [Competence.objects.create(name=name) for name in ("Évaluation", "Formation")]


def helper(name, terms=(), regions=(), sdgs=(), **more):
    made = OrganisationFactory(name=name, sdgs=list(sdgs), **{"member": True, "level": "regional", **more})
    made.competences.set(terms)
    made.regions.set(regions)
    return made


def found(**asked):
    with translation.override("fr"):
        return [(one.organisation.name, one.reasons) for one in match(day=DAY, **asked)]


def test_who_has_more_in_common_stands_first_and_each_says_why(terms):
    west, east = region("53", "Bretagne"), region("84", "Auvergne-Rhône-Alpes")
    helper("Un seul terme", terms[:1], [west])
    helper("Les deux", terms, [west, east], sdgs=[11])
    helper("Partout", terms[:1], level="national")
    helper("Ailleurs", terms, [east])
    helper("Autre chose", [], [west])
    helper("Dehors", terms, [west], member=False)
    assert found(competences=terms, regions=["53"], sdgs=[11, 13]) == [
        ("Les deux", ["compétences Évaluation, Formation", "région Bretagne", "ODD 11"]),
        ("Un seul terme", ["compétence Évaluation", "région Bretagne"]),
        ("Partout", ["compétence Évaluation", "agit dans tout le pays"]),
    ]


def test_what_is_not_asked_excludes_nobody_and_nothing_asked_finds_nobody(terms):
    helper("Une", terms[:1], [region("53", "Bretagne")])
    helper("Deux", [], [], sdgs=[3])
    assert found(competences=terms[:1], regions=[], sdgs=[]) == [("Une", ["compétence Évaluation"])]
    assert found(competences=[], regions=[], sdgs=[3]) == [("Deux", ["ODD 3"])]
    assert found(competences=[], regions=["53"], sdgs=[]) == [("Une", ["région Bretagne"])]
    assert found(competences=[], regions=[], sdgs=[]) == []


def test_who_asks_is_left_out_and_the_best_are_told(terms):
    own = helper("Soi-même", terms)
    for number in range(3):
        helper(f"Maison {number}", terms[:1])
    assert found(competences=terms, regions=[], sdgs=[], without=[own.pk], most=2) == [
        ("Maison 0", ["compétence Évaluation"]),
        ("Maison 1", ["compétence Évaluation"]),
    ]


def test_it_asks_no_more_for_more(terms, django_assert_max_num_queries):
    for number in range(6):
        helper(f"Maison {number}", terms, [region("53", "Bretagne")])
    with django_assert_max_num_queries(3):
        assert len(match(competences=terms, regions=["53"], sdgs=[], day=DAY)) == 6
