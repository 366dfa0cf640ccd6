"""Arrêtés des chiffres: the same for ever, for whom they are safe, their differences named and adding up."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone, translation
from openpyxl import load_workbook

from core import canonical
from core.accounts.rights import PermissionRefused
from core.reports import verification
from funding.enums import AmountAudience, FrozenAudience, LineState, PaymentKind
from funding.figures import as_of, compute
from funding.frozen import content, differences, services
from funding.models import Amendment, FrozenFigures, FundingLine, Payment, Programme
from tests import factories
from tests.funding import rows
from tests.support.queries import counted

pytestmark = pytest.mark.django_db

NOW = timezone.now()
QUARTER = dt.date(2025, 12, 31)
FREEZE = "/financements/arretes/nouveau/"


@pytest.fixture
def funder():
    return rows.funder(name="Fonds", slug="fonds", member=True)


@pytest.fixture
def other():
    return rows.funder(name="Autre", slug="autre", member=True)


@pytest.fixture
def stock(funder, other):
    """Two fundings of the funder with an amendment and payments before and after the day, and three of others."""
    first = rows.line(of=rows.initiative(), by=funder, reference="A-1", amount_agreed=Decimal(10_000))
    Amendment.objects.create(line=first, number=1, signed_on=dt.date(2025, 3, 1), change=Decimal(2_000))
    Amendment.objects.create(line=first, number=2, signed_on=dt.date(2026, 2, 1), change=Decimal(500))
    pay(first, 4_000, dt.date(2025, 6, 1))
    pay(first, 3_000, dt.date(2026, 1, 15))
    rows.line(of=first.initiative, by=funder, reference="A-2", amount_agreed=Decimal("6000.50"), due=())
    rows.line(of=first.initiative, by=other, reference="B-1", amount_agreed=Decimal(8_000))
    rows.line(
        of=first.initiative, by=other, reference="B-2", audience=AmountAudience.FUNDER, amount_agreed=Decimal(987_654)
    )
    late = {"decided_on": dt.date(2026, 1, 5), "signed_on": dt.date(2026, 1, 6)}
    rows.line(of=rows.initiative(), by=funder, reference="A-3", amount_agreed=Decimal(700), **late)


def pay(line: FundingLine, amount: int, day: dt.date, kind: str = PaymentKind.PAYMENT) -> None:
    Payment.objects.create(line=line, amount=Decimal(amount), paid_on=day, kind=kind)


def freeze(funder, officer, query="", audience=FrozenAudience.ORGANISATION, day=QUARTER):
    return services.freeze(
        name="Bilan 2025", as_of=day, query=query, organisation=funder, audience=audience, by=officer, now=NOW
    )  # fmt: skip


def told(frozen) -> dict[str, Decimal | int | None]:
    return {figure.key: figure.value for figure in content.read(frozen).figures}


def test_a_day_in_the_past_is_read_from_dated_facts(stock, funder, officer):
    found = told(freeze(funder, officer, "financeur=fonds"))
    assert found["agreed"] == Decimal("18000.50")  # 10 000 + 2 000 and 6 000,50: neither the later avenant nor A-3
    assert (found["paid"], found["remaining"]) == (Decimal(4_000), Decimal("14000.50"))
    assert (found["lines"], found["backed"], found["largest"]) == (2, 1, Decimal(12_000))


def test_a_day_yet_to_bring_anything_gives_the_figures_of_the_dashboard(stock, funder):
    lines = FundingLine.objects.given_by(funder)
    day = dt.date(2099, 1, 1)
    assert as_of.compute_at(as_of.granted_at(lines, day)) == compute.compute(lines.granted())


def test_what_was_closed_later_still_counted_then(funder):
    line = rows.line(of=rows.initiative(), by=funder, due=())
    FundingLine.objects.update(state=LineState.CANCELLED, closed_on=dt.date(2026, 3, 1), reason="Abandon")
    assert list(as_of.granted_at(FundingLine.objects.all(), QUARTER)) == [line]
    assert not as_of.granted_at(FundingLine.objects.all(), dt.date(2026, 3, 1))


def test_its_fundings_sum_to_its_figures(stock, funder, officer):
    read = content.read(freeze(funder, officer))
    for key in content.PARTS:
        assert sum(line.figures[key] for line in read.lines) == read.figure(key).value, key


def test_a_frozen_quarter_is_the_same_after_corrections_and_names_each_difference(stock, funder, officer):
    frozen = freeze(funder, officer, "financeur=fonds")
    before = (FrozenFigures.objects.get().content, told(frozen))
    first, second = FundingLine.objects.filter(reference__in=("A-1", "A-2")).order_by("reference")
    Payment.objects.filter(line=first, paid_on=dt.date(2025, 6, 1)).update(amount=Decimal(3_500))
    second.state, second.closed_on, second.reason = LineState.CANCELLED, dt.date(2025, 11, 1), "Renonce"
    second.save()
    rows.line(of=rows.initiative(), by=funder, reference="A-4", amount_agreed=Decimal(1_000), due=())
    again = FrozenFigures.objects.get()
    assert (again.content, told(again)) == before
    assert canonical.sha256(again.content) == again.content_sha256
    found = {row.figure.key: row for row in differences.since(again)}
    agreed, paid = found["agreed"], found["paid"]
    assert [(cause.kind, cause.line.reference, cause.change) for cause in agreed.causes] == [
        (differences.Kind.REMOVED, "A-2", Decimal("-6000.50")),
        (differences.Kind.ADDED, "A-4", Decimal(1_000)),
    ]
    assert agreed.causes[0].reason == differences.CANCELLED
    assert [(cause.kind, cause.old, cause.new) for cause in paid.causes] == [
        (differences.Kind.CHANGED, Decimal(4_000), Decimal(3_500))
    ]
    for row in found.values():
        assert sum(cause.change for cause in row.causes) == row.change == row.now - row.figure.value


def test_until_today_the_differences_hold_what_happened_since(stock, funder, officer):
    frozen = freeze(funder, officer, "financeur=fonds")
    assert not any(row.causes for row in differences.since(frozen))
    found = {row.figure.key: row for row in differences.since(frozen, day=dt.date(2026, 6, 1))}
    assert [(cause.line.reference, cause.change) for cause in found["agreed"].causes] == [
        ("A-1", Decimal(500)), ("A-3", Decimal(700)),
    ]  # fmt: skip
    assert found["paid"].change == Decimal(3_000)


def test_differences_cost_the_same_whatever_their_number(stock, funder, officer):
    frozen = freeze(funder, officer)
    with counted() as few:
        differences.since(frozen)
    for number in range(5):
        rows.line(of=rows.initiative(), by=funder, reference=f"N-{number}", due=())
    with counted() as many:
        differences.since(frozen)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "statement", ["UPDATE funding_frozenfigures SET name = 'x'", "DELETE FROM funding_frozenfigures"]
)
def test_the_database_refuses_to_change_it(stock, funder, officer, owner, statement):
    freeze(funder, officer)
    with (
        pytest.raises(Exception, match=r"permission denied|immutable"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("query", "day"),
    [("region=1", QUARTER), ("financeur=inconnu", QUARTER), ("", dt.date(1999, 1, 1)), ("", dt.date(2999, 1, 1))],
    ids=["no such region", "no such funder", "nothing then", "a day to come"],
)
def test_what_makes_no_sense_is_refused(stock, funder, officer, query, day):
    with pytest.raises(ValidationError):
        freeze(funder, officer, query, day=day)
    assert not FrozenFigures.objects.exists()


# --- who reads what ---------------------------------------------------------------------------------------------------


def test_for_the_members_it_holds_only_what_every_member_may_see(stock, funder, officer, other):
    FundingLine.objects.filter(reference="A-2").update(audience=AmountAudience.FUNDER)
    frozen = freeze(funder, officer, audience=FrozenAudience.MEMBERS)
    assert [line.reference for line in content.read(frozen).lines] == ["A-1", "B-1"]
    assert content.read(frozen).undisclosed == 2  # A-2 and B-2: neither is told to every member
    assert "6000.50" not in str(frozen.content)


def test_one_of_an_organisation_is_found_by_nobody_else(stock, signed_in, funder, officer, other, people):
    frozen = freeze(funder, officer)
    rival = factories.PositionFactory(organisation=other).user
    for page in ("", "ecarts/", "?format=csv", "rapport/", "rapport.pdf"):
        address = frozen.get_absolute_url() + page
        assert signed_in(rival).get(address).status_code == 404, page
        assert signed_in(people.member).get(address).status_code == 404, page
    assert "Bilan 2025" not in signed_in(rival).get("/financements/arretes/").text
    assert signed_in(officer).get(frozen.get_absolute_url()).status_code == 200


def test_an_amount_that_is_no_longer_shared_is_said_to_be_so(stock, funder, officer, other):
    frozen = freeze(funder, officer, "financeur=autre", audience=FrozenAudience.MEMBERS)
    FundingLine.objects.filter(reference="B-1").update(audience=AmountAudience.FUNDER, amount_agreed=Decimal(123_456))
    cause = differences.since(frozen)[0].causes[0]
    assert (cause.kind, cause.new, cause.reason) == (differences.Kind.REMOVED, 0, differences.NO_LONGER_SHARED)


def test_an_organisation_freezes_the_programmes_it_leads_and_nothing_else(stock, funder):
    lead = factories.OrganisationFactory(member=True)
    leader = factories.PositionFactory(organisation=lead).user
    programme = Programme.objects.create(name="Réussir", slug="reussir", lead=lead)
    FundingLine.objects.get(reference="A-1").initiative.__class__.objects.update(programme=programme)
    assert freeze(lead, leader, "programme=reussir").content["lines"]
    for query in ("", "financeur=fonds"):
        with pytest.raises(PermissionRefused):
            freeze(lead, leader, query)


def test_observers_read_and_do_not_freeze(stock, funder, signed_in):
    observer = factories.PositionFactory(organisation=funder, observer=True).user
    with pytest.raises(PermissionRefused):
        freeze(funder, observer)
    assert signed_in(observer).get(FREEZE).status_code == 403


# --- in the browser and as files --------------------------------------------------------------------------------------


def test_freezing_from_the_dashboard_and_its_files(stock, signed_in, funder, officer):
    client = signed_in(officer)
    page = client.get(f"{FREEZE}?financeur=fonds&tri=montant")
    assert page.status_code == 200
    values = {"name": "=1+1", "as_of": "2025-12-31", "organisation": funder.pk, "audience": "organisation"}
    assert client.post(f"{FREEZE}?financeur=fonds", values | {"as_of": "hier"}).status_code == 422
    made = client.post(f"{FREEZE}?financeur=fonds&tri=montant", values)
    frozen = FrozenFigures.objects.get()
    assert (made.status_code, frozen.query) == (302, "financeur=fonds")
    address = frozen.get_absolute_url()
    shown = client.get(address)
    assert shown.status_code == 200
    text = b"".join(client.get(f"{address}?format=csv").streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{address}?format=xlsx").streaming_content)))
    assert len(table) - 1 == book.worksheets[0].max_row - 1 == len(frozen.content["lines"]) == 2
    notes = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert notes["SHA-256"] == frozen.content_sha256
    assert "'=1+1" in notes.values()
    assert client.get(f"{address}ecarts/").status_code == 200
    assert client.get(f"{address}ecarts/?au=aujourdhui").status_code == 200
    assert client.get(f"{address}ecarts/?au=demain").status_code == 400
    assert client.get(f"{FREEZE}?region=1").status_code == 400


def test_its_code_is_verified(stock, funder, officer, client):
    frozen = freeze(funder, officer)
    found = verification.by_digits(frozen.content_sha256)
    assert (found.content_sha256, found.is_in_force) == (frozen.content_sha256, True)
    answer = client.get(f"/verifier/{frozen.content_sha256}/")
    assert answer.status_code == 200
    assert "Bilan 2025" not in answer.text


def test_it_is_read_in_both_languages_as_it_was_told(stock, funder, officer):
    frozen = freeze(funder, officer, "financeur=fonds")
    with translation.override("fr"):
        french = content.read(frozen)
    with translation.override("en"):
        english = content.read(frozen)
    assert (french.figures[0].label, english.figures[0].label) == ("Accordé", "Agreed")
    assert french.described == [("Financeur", "Fonds")]
