"""What the dashboard and the lists of fundings show is what is there: years, hidden amounts, order, search, files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation

from core.filters import FilterSet
from core.filters.kinds import OptionFilter, Text
from core.formatting.amounts import euros, signed
from core.partial_dates import day
from funding.enums import AmountAudience, FundingKind, LineState, Stage
from funding.models import FinancialReport, Instalment, Programme
from members.models import Organisation
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db


def test_every_year_has_its_place_in_the_chart_also_an_empty_one(people, signed_in):
    """Twelve years with a gap of four: all twelve stand in the table and in the chart, in their order."""
    keeper = rows.funder(siret="")
    for year in (2012, 2013, 2018, 2023):
        days = {"decided_on": dt.date(year, 5, 2), "signed_on": dt.date(year, 6, 3)}
        rows.line(of=rows.initiative(), by=keeper, due=(), **days)
    shown = signed_in(people.member).get("/financements/").context["board"]
    every = [str(year) for year in range(2012, 2024)]
    assert [row.label for row in shown.years] == every
    assert [row.agreed for row in shown.years] == [
        10_000 if year in ("2012", "2013", "2018", "2023") else 0 for year in every
    ]
    heights = [group.bars[0].height > 0 for group in shown.year_chart.groups]
    assert heights == [year in ("2012", "2013", "2018", "2023") for year in every]
    middles = [group.at for group in shown.year_chart.groups]
    assert len({round(after - before) for before, after in pairwise(middles)}) == 1
    assert all(right.x + right.width <= 560 for right in (group.bars[-1] for group in shown.year_chart.groups))


def test_what_is_in_no_figure_is_counted_within_the_filter(people, signed_in):
    hidden = rows.funder(siret="", slug="discret")
    for year in (2022, 2024, 2024):
        days = {"decided_on": dt.date(year, 5, 2), "signed_on": dt.date(year, 6, 3)}
        rows.line(of=rows.initiative(), by=hidden, due=(), audience=AmountAudience.FUNDER, **days)
    rows.line(of=rows.initiative(), by=rows.funder(siret=""), due=())
    client = signed_in(people.member)
    undisclosed = {
        query: client.get(f"/financements/?{query}").context["board"].undisclosed
        for query in ("", "annee=2024", "annee=2022", "financeur=discret&annee=2022", "etat=solde")
    }
    assert undisclosed == {"": 3, "annee=2024": 2, "annee=2022": 1, "financeur=discret&annee=2022": 1, "etat=solde": 0}


@pytest.mark.parametrize("address", ["/financements/detail/", "/financements/lignes/"])
def test_the_order_by_amount_is_that_of_the_amounts_shown(people, signed_in, address):
    own = Organisation.objects.get(positions__user=people.funder)
    for agreed, change in ((1000, 5000), (3000, 0), (4000, -2500)):
        line = rows.line(of=rows.initiative(), by=own, due=(), amount_agreed=Decimal(agreed))
        if change:
            line.amendments.create(number=1, signed_on=dt.date(2024, 8, 1), change=Decimal(change))
    page = signed_in(people.funder).get(address, {"tri": "montant"}).context["page"]
    assert [line.total for line in page.object_list] == [6000, 3000, 1500]


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1.28"), "1,28\u00a0€"),
        (Decimal(-2000), "\u2212\u00a02\u00a0000\u00a0€"),
        (Decimal("-2000.50"), "\u2212\u00a02\u00a0000,50\u00a0€"),
        (Decimal(0), "0\u00a0€"),
        (Decimal("0.00"), "0\u00a0€"),
    ],
)
def test_amounts_are_written_one_way(amount, text):
    with translation.override("fr"):
        assert (euros(amount), signed(-amount, True).lstrip("+\u2212\u00a0")) == (
            text,
            text.lstrip("\u2212\u00a0"),
        )


# --- lists and their files -----------------------------------------------------------------------------------------------


def lines_of_a_file(answer) -> list[list[str]]:
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def shelf(people):
    """Rows that differ in everything the lists can be narrowed by."""
    factories.SpaceFactory()
    own = Organisation.objects.get(positions__user=people.funder)
    programme = Programme.objects.create(name="Réussir", slug="reussir", lead=own)
    one = rows.initiative(
        title="Tiers-lieu du port", prepared_by=own, programme=programme, regions=["53"], sdgs=[11], stage=Stage.RUNNING
    )
    two = rows.initiative(title="Épicerie", prepared_by=own, regions=["84"], sdgs=[2], stage=Stage.COMPLETED)
    rows.line(of=one, by=own, reference="A-1", contract_number="CONV-53")
    closed = {"state": LineState.SETTLED, "closed_on": dt.date(2025, 1, 31), "kind": FundingKind.LOAN}
    other_year = {"decided_on": dt.date(2022, 5, 2), "signed_on": dt.date(2022, 6, 3)}
    rows.line(of=two, by=own, reference="A-2", contract_number="CONV-84", **closed, **other_year)
    rows.line(of=two, by=rows.funder(siret="", slug="autre"), reference="B-1", due=())
    session = factories.SessionFactory(number=61, date=day(dt.date(2023, 3, 3)))
    factories.DecisionFactory(session=session, responsible=own, text="Première")
    factories.DecisionFactory(session=factories.SessionFactory(number=62), responsible=one.prepared_by, text="Seconde")
    return own


LISTS_WITH_FILES = {
    "/financements/lignes/": "funder",
    "/financements/detail/": "funder",
    "/initiatives/": "funder",
    "/decisions/": "animator",
    "/actions/": "animator",
}


@pytest.mark.parametrize("address", LISTS_WITH_FILES)
def test_a_file_holds_what_its_filter_finds_whichever_filter(shelf, people, signed_in, address):
    """Each option of each filter of each list that has a file: as many rows in the file as on the page."""
    client = signed_in(people.role(LISTS_WITH_FILES[address]))
    filterset: FilterSet = client.get(address).context["filterset"]
    whole = len(lines_of_a_file(client.get(address, {"format": "csv"})))
    narrowed = 0
    for name, filter_ in filterset.filters.items():
        words = ["port"] if isinstance(filter_, Text) else []
        if isinstance(filter_, OptionFilter):
            words = [word for word, _label in filter_.field.choices if word]
        for word in words:
            found = client.get(address, {name: word}).context["filterset"].found
            file = lines_of_a_file(client.get(address, {name: word, "format": "csv"}))
            assert (name, word, len(file) - 1) == (name, word, found)
            narrowed += len(file) != whole
    assert narrowed or whole == 1


def test_the_own_list_is_narrowed_by_region_and_searched(shelf, people, signed_in):
    client = signed_in(people.funder)
    for query, references in (
        ({"region": "53"}, ["A-1"]),
        ({"q": "epicerie"}, ["A-2"]),
        ({"q": "conv-53 tiers"}, ["A-1"]),
        ({"q": "conv-53 epicerie"}, []),
    ):
        page = client.get("/financements/lignes/", query)
        assert [line.reference for line in page.context["page"].object_list] == references
        file = lines_of_a_file(client.get("/financements/lignes/", query | {"format": "csv"}))
        assert [row[0] for row in file[1:]] == references
    page = client.get("/financements/lignes/")
    head = "Initiative, bénéficiaire et programme"
    for told in (head, "Région", "CONV-53", "Réussir", "Association"):
        assert told in page.text


def test_the_dashboard_searches_with_the_same_total_as_its_list(shelf, people, signed_in):
    client = signed_in(people.member)
    board = client.get("/financements/", {"q": "épicerie"}).context["board"]
    detail = client.get("/financements/detail/", {"q": "épicerie"})
    assert board.total_agreed == detail.context["totals"]["agreed"] == 20_000
    assert sorted(line.reference for line in detail.context["page"].object_list) == ["A-2", "B-1"]


def test_what_is_to_be_paid_and_late_reports_are_files_too(shelf, people, signed_in):
    client = signed_in(people.funder)
    due = Instalment.objects.filter(line__reference="A-1").get()
    Instalment.objects.create(line=due.line, number=2, due_on=dt.date(2090, 1, 1), amount=Decimal(500))
    soon = lines_of_a_file(client.get("/financements/a-verser/", {"format": "csv"}))
    assert [row[4] for row in soon[1:]] == ["A-1"]
    assert soon[1][0] == due.due_on.isoformat()
    late = {"avant": "2090-01-02", "format": "csv"}
    assert len(lines_of_a_file(client.get("/financements/a-verser/", late))) == 3
    FinancialReport.objects.create(line=due.line, due_on=dt.date(2025, 3, 1), note="Bilan final")
    reports = lines_of_a_file(client.get("/financements/bilans-en-retard/", {"format": "csv"}))
    assert [row[-1] for row in reports[1:]] == ["Bilan final"]
    for address in ("/financements/a-verser/", "/financements/bilans-en-retard/"):
        assert b"".join(client.get(address, {"format": "xlsx"}).streaming_content).startswith(b"PK")
        assert "?" in client.get(address).context["csv_address"]
