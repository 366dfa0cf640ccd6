"""The list of competences, chosen by organisations, as facets of the directory, on its map and on organisations' pages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from core.models import Region
from core.partial_dates import year
from members.models import Competence, Organisation
from tests.factories import OrganisationFactory, RegionFactory, SchemeFactory
from tests.support.forms import form_to

pytestmark = pytest.mark.django_db
LIST = "/membres/competences/"


@pytest.fixture
def evaluation() -> Competence:
    return Competence.objects.create(name="Évaluation")


def region(code: str, name: str) -> Region:
    return Region.objects.filter(code=code).first() or RegionFactory(code=code, name=name)


def send(client: Any, address: str, **typed: Any) -> Any:
    return client.post(address, {**form_to(client.get(address), address).data, **typed})


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


@pytest.mark.parametrize("role", ["animator", "administrator"])
def test_a_term_is_added_once_however_it_is_spelled(people, signed_in, role, evaluation):
    client = signed_in(people.role(role))
    assert send(client, LIST, name="Conseil juridique").status_code == 302
    again = send(client, LIST, name="EVALUATION")
    assert again.status_code == 422
    assert "Cette compétence est déjà dans la liste." in again.text
    assert sorted(Competence.objects.values_list("name", flat=True)) == ["Conseil juridique", "Évaluation"]


def test_a_term_is_renamed_for_all(people, signed_in, evaluation):
    own = Organisation.objects.get(slug="atelier")
    own.competences.add(evaluation)
    client = signed_in(people.animator)
    send(client, f"{LIST}{evaluation.public_id}/", name="Évaluation d’impact")
    assert [one.name for one in own.competences.all()] == ["Évaluation d’impact"]


def test_a_merge_moves_every_tie_once(people, signed_in, evaluation):
    other = Competence.objects.create(name="Mesure d’impact")
    both, one = OrganisationFactory(name="Les deux"), OrganisationFactory(name="L’une")
    both.competences.set([evaluation, other])
    one.competences.set([other])
    client = signed_in(people.animator)
    address = f"{LIST}{other.public_id}/fusionner/"
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"into": other.pk}).status_code == 422
    answer = client.post(address, {"into": evaluation.pk}, follow=True)
    assert "« Mesure d’impact » est désormais « Évaluation »" in plain(answer.text)
    assert not Competence.objects.filter(pk=other.pk).exists()
    for organisation in (both, one):
        assert list(organisation.competences.all()) == [evaluation]


def test_a_term_in_use_stays_and_an_unused_one_goes(people, signed_in, evaluation):
    own = Organisation.objects.get(slug="atelier")
    own.competences.add(evaluation)
    client = signed_in(people.animator)
    answer = client.post(f"{LIST}{evaluation.public_id}/retirer/", follow=True)
    assert "Cette compétence est utilisée" in answer.text
    own.competences.clear()
    client.post(f"{LIST}{evaluation.public_id}/retirer/")
    assert not Competence.objects.exists()


@pytest.mark.parametrize("role", ["member", "observer", "former_animator", "funder", "outsider"])
def test_nobody_else_keeps_the_list(people, signed_in, evaluation, role):
    client, address = signed_in(people.role(role)), f"{LIST}{evaluation.public_id}/"
    assert [client.get(LIST).status_code, client.get(address).status_code] == [403, 403]
    for path in (LIST, address, f"{address}fusionner/", f"{address}retirer/"):
        assert client.post(path, {"name": "X"}).status_code == 403
    assert Competence.objects.get().name == "Évaluation"


def test_own_representatives_say_what_they_can_help_with(people, signed_in, evaluation):
    client = signed_in(people.member)
    answer = send(client, "/membres/atelier/modifier/", competences=[evaluation.pk], sdgs=["11", "13"])
    assert answer.status_code == 302
    own = Organisation.objects.get(slug="atelier")
    assert (list(own.competences.all()), own.sdgs) == ([evaluation], [11, 13])
    page = client.get("/membres/atelier/").text
    assert f"?competence={evaluation.public_id}" in page
    assert "13. " in page
    assert send(client, "/membres/atelier/modifier/", sdgs=["18"]).status_code == 422


def test_the_directory_narrows_by_competence_goal_and_words_and_counts(people, signed_in, evaluation):
    own = Organisation.objects.get(slug="atelier")
    own.competences.add(evaluation)
    own.sdgs = [11]
    own.save()
    client = signed_in(people.member)
    for query in (f"competence={evaluation.public_id}", "odd=11", "q=evaluation"):
        page = client.get(f"/membres/?{query}")
        assert [one.slug for one in page.context["page"].object_list] == ["atelier"], query
    facets = {facet.name: facet for facet in client.get("/membres/").context["filterset"].facets}
    assert [(one.label, one.count) for one in facets["competence"].options] == [("Évaluation", 1)]
    assert {one.value: one.count for one in facets["odd"].options}["11"] == 1
    assert client.get("/membres/?competence=autre").status_code == 400
    file = b"".join(client.get("/membres/?format=csv").streaming_content).decode("utf-8-sig")
    assert "Compétences" in file.splitlines()[0]
    assert "Évaluation" in file
    assert "Évaluation" in client.get("/membres/?vue=tableau").text


def test_a_scheme_that_has_ended_counts_in_no_facet(people, signed_in):
    own = Organisation.objects.get(slug="atelier")
    SchemeFactory(organisation=own, engineerings=["project"], helps=["legal"], ended_on=year(2021))
    SchemeFactory(organisation=own, engineerings=["public"], helps=["technical"], name="Autre dispositif")
    client = signed_in(people.member)
    facets = {facet.name: facet for facet in client.get("/membres/").context["filterset"].facets}
    assert {one.value: one.count for one in facets["ingenierie"].options} == {"publique": 1, "projet": 0, "catalyse": 0}
    assert {one.value: one.count for one in facets["aide"].options} == {
        "technique": 1,
        "financiere": 0,
        "juridique": 0,
    }
    assert list(client.get("/membres/?ingenierie=projet").context["page"].object_list) == []
    assert len(client.get("/membres/?ingenierie=publique").context["page"].object_list) == 1


def test_the_map_counts_members_by_region_with_its_table_beside(people, signed_in):
    own = Organisation.objects.get(slug="atelier")
    own.regions.set([region("53", "Bretagne"), region("84", "Auvergne-Rhône-Alpes")])
    page = signed_in(people.member).get("/membres/?vue=carte&q=atelier")
    rows = {row.name: row for row in page.context["presence"].rows}
    assert (rows["Bretagne"].number, rows["Auvergne-Rhône-Alpes"].number) == (1, 1)
    assert rows["Bretagne"].url == "?q=atelier&region=53"
    assert 'aria-label="Bretagne : 1 membre"' in plain(page.text)
    assert page.context["presence"].without == 0
    everybody = signed_in(people.member).get("/membres/?vue=carte").context
    assert everybody["presence"].without == everybody["filterset"].found - 1
    english = signed_in(people.member)
    english.cookies["django_language"] = "en"
    assert 'aria-label="Bretagne: 1 member"' in english.get("/membres/?vue=carte").text
