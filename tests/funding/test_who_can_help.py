"""On the page of an initiative: the members whose competences and territories fit, each with its reasons."""

from __future__ import annotations

import pytest

from core.models import Region
from members.models import Competence, Organisation
from tests.factories import OrganisationFactory, RegionFactory
from tests.funding import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(people):
    term = Competence.objects.create(name="Évaluation")
    west = Region.objects.filter(code="53").first() or RegionFactory(code="53", name="Bretagne")
    atelier = Organisation.objects.get(slug="atelier")
    atelier.competences.set([term])
    atelier.regions.set([west])
    OrganisationFactory(name="Sans rapport", member=True)
    made = rows.initiative(regions=["53"], bearer=None)
    made.competences.set([term])
    return made


def section(answer) -> str:
    return answer.text.partition('id="who-can-help"')[2].partition("</section>")[0]


@pytest.mark.parametrize("role", ["member", "observer", "animator", "administrator"])
def test_members_read_who_can_help_and_why(people, signed_in, wanted, role):
    told = section(signed_in(people.role(role)).get(wanted.get_absolute_url()))
    assert "compétence Évaluation · région Bretagne" in told
    assert "Atelier des communs ruraux" in told
    assert "Sans rapport" not in told


def test_in_english(people, signed_in, wanted):
    client = signed_in(people.member)
    client.cookies["django_language"] = "en"
    assert "competence Évaluation · region Bretagne" in section(client.get(wanted.get_absolute_url()))


def test_without_a_match_it_says_so_and_without_a_wish_members_read_nothing(people, signed_in, wanted):
    Organisation.objects.get(slug="atelier").competences.clear()
    client = signed_in(people.member)
    assert "Aucun membre n’a ces compétences" in section(client.get(wanted.get_absolute_url()))
    wanted.competences.clear()
    assert section(client.get(wanted.get_absolute_url())) == ""


def test_visitors_read_no_directory_there(client, wanted):
    assert "who-can-help" not in client.get(wanted.get_absolute_url()).text


def test_a_merged_competence_stays_wanted(people, signed_in, wanted):
    other = Competence.objects.create(name="Mesure d’impact")
    old = Competence.objects.get(name="Évaluation")
    signed_in(people.animator).post(f"/membres/competences/{old.public_id}/fusionner/", {"into": other.pk})
    assert list(wanted.competences.all()) == [other]
