"""What a funder keeps in the browser: programmes with their commitments, documents, settings; wrong input told at its field."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.accounts.rights import PermissionRefused
from core.identifiers import check_siren, check_siret
from core.models import Region
from core.partial_dates import month
from core.partial_dates.values import year
from funding.dashboard import coverage
from funding.enums import AmountAudience, CommitmentUnit, Stage
from funding.models import Commitment, Funder, FundingLine, Initiative, InitiativeDocument, Programme
from funding.number_fields import NumberField
from funding.programmes import services
from funding.programmes.progress import map_of, progress_of
from funding.visibility import Visibility
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db
MEMBER = Visibility(inside=True)


@pytest.fixture
def officer(people):
    """The scene's funder, with an organisation of its own."""
    person = people.funder
    person.own = person.positions.get().organisation
    Funder.objects.create(organisation=person.own)
    return person


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12 500,50 €", "12500.50"),
        ("12\u202f500,50\u00a0€", "12500.50"),
        ("12500.5", "12500.5"),
        ("1.250,5", "1250.5"),
        ("-3", "-3"),
    ],
)
def test_numbers_as_people_type_them(typed, number):
    assert NumberField(max_digits=12, decimal_places=2).clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["beaucoup", "12,3456", "1e9", "9" * 20, "--2"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        NumberField(max_digits=12, decimal_places=2).clean(typed)


@pytest.mark.parametrize("number", ["900000017", "12345678", "12345678A", "732829321"])
def test_a_siren_that_does_not_exist_is_refused(number):
    with pytest.raises(ValidationError):
        check_siren(number)


@pytest.mark.parametrize("number", ["73282932000074", "35600000000048", "35600000009075"])
def test_a_siret_that_exists_passes_also_one_of_the_post(number):
    check_siret(number)


# --- programmes -------------------------------------------------------------------------------------------------------


def test_a_programme_is_begun_and_changed_by_its_lead(officer, signed_in):
    browser = signed_in(officer)
    sent = {
        "name": "Territoires d’essai",
        "lead": officer.own.pk,
        "starts_on": "printemps 2024",
        "foundations": "A\n\nB",
    }
    made = browser.post(reverse("funding:programme-create"), sent)
    programme = Programme.objects.get()
    assert (made.status_code, programme.slug, programme.foundations) == (302, "territoires-d-essai", ["A", "B"])
    changed = browser.post(reverse("funding:programme-edit", args=[programme.slug]), {**sent, "name": "Autre nom"})
    programme.refresh_from_db()
    assert (changed.status_code, programme.name, programme.slug) == (302, "Autre nom", "territoires-d-essai")


def test_nobody_begins_a_programme_for_another_funder(officer):
    other = rows.funder()
    with pytest.raises(PermissionRefused):
        services.save_programme(programme=Programme(name="P", lead=other), by=officer)


def test_a_programme_does_not_begin_after_what_it_holds(officer):
    programme = Programme.objects.create(name="P", slug="p", lead=officer.own)
    of = rows.initiative(programme=programme, starts_on=month(2023, 5))
    programme.starts_on = year(2024)
    with pytest.raises(ValidationError) as refused:
        services.save_programme(programme=programme, by=officer)
    assert set(refused.value.error_dict) == {"starts_on"}
    Initiative.objects.filter(pk=of.pk).update(starts_on=None)
    of.refresh_from_db()  # with the programme as it stands
    rows.line(of=of, by=officer.own, decided_on=dt.date(2023, 12, 31), signed_on=dt.date(2024, 2, 1))
    with pytest.raises(ValidationError):
        services.save_programme(programme=programme, by=officer)


def test_a_count_in_words_stays_in_words(officer, signed_in):
    programme = Programme.objects.create(name="P", slug="p", lead=officer.own)
    browser, address = signed_in(officer), reverse("funding:commitment-add", args=["p"])
    sent = {"text": "Des financements", "unit": "lines", "approximate": "une cinquantaine"}
    refused = browser.post(address, {**sent, "target": "50"})
    assert (refused.status_code, Commitment.objects.count()) == (422, 0)
    assert "une cinquantaine" in refused.content.decode()
    assert browser.post(address, sent).status_code == 302
    commitment = Commitment.objects.get()
    assert (commitment.approximate, commitment.target, commitment.position) == ("une cinquantaine", None, 1)
    rows.line(of=rows.initiative(programme=programme), by=officer.own)
    (progress,) = progress_of(programme, MEMBER, [])
    assert [(part.reached, part.target) for part in progress.parts] == [(1, None)]


@pytest.mark.parametrize(
    "wrong", [{"regions": ["1"]}, {"amount": "-5"}, {"due": "demain"}, {"target": "0"}, {"text": ""}]
)
def test_a_wrong_commitment_is_told_and_not_written(officer, signed_in, wrong):
    Programme.objects.create(name="P", slug="p", lead=officer.own)
    sent = {"text": "Sept", "unit": "territories", "target": "7", **wrong}
    page = signed_in(officer).post(reverse("funding:commitment-add", args=["p"]), sent)
    assert (page.status_code, Commitment.objects.count()) == (422, 0)
    assert set(page.context["form"].errors) == set(wrong)


def test_the_map_of_a_commitment_shows_what_is_reached(officer):
    programme = Programme.objects.create(name="P", slug="p", lead=officer.own)
    Commitment.objects.create(programme=programme, text="Deux", unit=CommitmentUnit.TERRITORIES, target=2)
    rows.initiative(programme=programme, regions=["84"])
    rows.initiative(programme=programme, regions=["01"], stage=Stage.SPOTTED)
    regions = list(Region.objects.in_code_order())
    (progress,) = progress_of(programme, MEMBER, regions)
    drawn = map_of(progress, programme, regions)
    css = {area.code: area.css for area in (*drawn.mainland, *drawn.tiles)}
    assert {code for code, kind in css.items() if kind != "white"} == {"84"}
    assert len(css) == len(regions)


# --- documents and settings -------------------------------------------------------------------------------------------


def test_a_document_is_added_reserved_and_removed(officer, people, signed_in):
    of = rows.initiative(prepared_by=officer.own, slug="tiers-lieu")
    keeper, member = signed_in(officer), signed_in(people.member)

    def fetched(reader) -> int:
        response = reader.get(address)
        if response.streaming:
            response.getvalue()  # reading a file to its end closes it
        return response.status_code

    file = SimpleUploadedFile("note.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    assert keeper.post(reverse("funding:document-add", args=[of.slug]), {"file": file}).status_code == 302
    document = InitiativeDocument.objects.get()
    assert (document.title, document.extension) == ("note", "PDF")
    address = reverse("funding:document", args=[of.slug, document.public_id])
    change = reverse("funding:document-change", args=[of.slug, document.public_id])
    assert fetched(member) == 200
    assert keeper.post(change, {"reserve": "1"}).status_code == 302
    assert (fetched(member), fetched(keeper)) == (403, 200)
    assert keeper.post(change, {"remove": "1"}).status_code == 302
    assert fetched(keeper) == 404


def test_a_file_that_is_not_what_it_says_is_refused(officer, signed_in):
    of = rows.initiative(prepared_by=officer.own)
    wrong = SimpleUploadedFile("note.pdf", b"MZ\x90\x00")
    page = signed_in(officer).post(reverse("funding:document-add", args=[of.slug]), {"file": wrong})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"file"})


@pytest.mark.parametrize(("sent", "status"), [({"fiscal_month": "9"}, 302), ({"fiscal_month": "13"}, 422)])
def test_a_funder_settles_its_financial_year(officer, signed_in, sent, status):
    prefix = str(officer.own.pk)
    form = {f"{prefix}-amounts_for": "public", **{f"{prefix}-{key}": value for key, value in sent.items()}}
    page = signed_in(officer).post(reverse("funding:settings"), {"organisation": prefix, **form})
    assert page.status_code == status
    assert Funder.objects.get(organisation=officer.own).fiscal_month == (9 if status == 302 else 1)


# --- a new funding ----------------------------------------------------------------------------------------------------


def test_a_new_funding_is_of_ones_only_organisation_and_seen_as_it_settled(officer, signed_in):
    Funder.objects.filter(organisation=officer.own).update(amounts_for=AmountAudience.FUNDER)
    form = signed_in(officer).get(reverse("funding:line-add", args=[rows.initiative().slug])).context["form"]
    assert (form["funder"].value(), form["audience"].value()) == (officer.own.pk, AmountAudience.FUNDER)


def test_a_new_funding_of_one_organisation_among_two_is_seen_as_that_one_settled(officer, signed_in):
    other = rows.funder()
    Funder.objects.filter(organisation=other).update(amounts_for=AmountAudience.FUNDER)
    factories.PositionFactory(user=officer, organisation=other)
    browser, address = signed_in(officer), reverse("funding:line-add", args=[rows.initiative().slug])
    form = browser.get(address).context["form"]
    assert (form["funder"].value(), form["audience"].value()) == (None, "")
    sent = {"reference": "A-1", "kind": "grant", "eu_notified": "unknown", "audience": "", "amount_requested": "1 000"}
    assert browser.post(address, sent | {"funder": other.pk, "requested_on": "2025-01-10"}).status_code == 302
    assert FundingLine.objects.get(reference="A-1").audience == AmountAudience.FUNDER


def test_a_call_in_the_future_is_told_in_its_row(officer, signed_in):
    line = rows.line(of=rows.initiative(), by=officer.own)
    address = reverse("funding:line-call", args=[line.public_id, line.instalments.get().public_id])
    page = signed_in(officer).post(address, {"called_on": "2190-01-01"})
    assert page.status_code == 422
    assert [f'id="call-wrong-{line.instalments.get().pk}"' in page.text, 'value="2190-01-01"' in page.text] == [
        True,
        True,
    ]


# --- territories ------------------------------------------------------------------------------------------------------


def test_coverage_at_the_end_of_each_cycle():
    since = dt.datetime(2023, 6, 1, tzinfo=dt.UTC)
    rows.initiative(regions=["84"], created_at=since)
    rows.initiative(regions=["11"], created_at=since, starts_on=month(2022, 3))
    factories.OrganisationFactory(member=True, with_scheme=True, regions=["01"])
    regions = list(Region.objects.filter(code__in=["84", "11", "01", "94"]).order_by("code"))
    found = coverage.by_cycle(regions, MEMBER, [2021, 2022, 2023], dt.date(2023, 7, 1))
    assert {row.region.code: row.covered for row in found} == {
        "01": ["scheme", "scheme", "scheme"],
        "11": ["", "initiative", "initiative"],
        "84": ["", "", "initiative"],
        "94": ["", "", ""],
    }
