"""Files of the lists: the same rows in every format, the published schemas' rules, nothing hidden, nothing made up."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from core.models import Region
from funding.enums import AmountAudience, FundingKind, LineState, Stage
from funding.exports import scdl
from funding.models import FundingLine
from tests import factories
from tests.funding import rows
from tests.support.queries import counted

pytestmark = pytest.mark.django_db

# The rules of the published schema "subventions" 2.1.1, written down by hand: field → (required, pattern).
DAY = r"\d{4}-\d{2}-\d{2}"
RULES = {
    "nomAttribuant": (True, r".+"),
    "idAttribuant": (True, r"\d{14}"),
    "dateConvention": (True, DAY),
    "referenceDecision": (False, r".*"),
    "nomBeneficiaire": (True, r".+"),
    "idBeneficiaire": (False, r"\d{14}"),
    "rnaBeneficiaire": (False, r"W\d{9}"),
    "objet": (True, r".{1,256}"),
    "montant": (True, r"\d+(\.\d+)?"),
    "nature": (
        True,
        r"aide en numéraire|aide en nature|aide en numéraire;aide en nature|aide en nature;aide en numéraire",
    ),
    "conditionsVersement": (True, r".{1,256}"),
    "datesPeriodeVersement": (True, rf"{DAY}(/{DAY})?"),
    "idRAE": (False, r".{0,5}"),
    "notificationUE": (True, r"oui|non"),
    "pourcentageSubvention": (True, r"0\.(0[1-9]|[1-9]\d?)|1(\.0+)?"),
    "dispositifAide": (False, r".*"),
}


@pytest.fixture
def stock(people):
    """Two initiatives of region 84 and one of the whole country, with fundings of every sort."""
    Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    bank = rows.funder(name="Banque d’essai")
    unknown = rows.funder(name="Fonds sans SIRET", siret="")
    first = rows.initiative(title="=1+1 au village", regions=["84"], stage=Stage.RUNNING)
    second = rows.initiative(regions=["84"], stage=Stage.COMPLETED)
    third = rows.initiative(is_national=True, bearer_siret="")
    rows.line(of=first, by=bank, amount_agreed=Decimal("12500.50"))
    rows.line(of=first, by=unknown, due=())
    rows.line(of=second, by=bank, due=(dt.date(2024, 7, 1), dt.date(2025, 7, 1)), kind=FundingKind.SKILLS)
    rows.line(of=second, by=bank, kind=FundingKind.LOAN)
    rows.line(of=second, by=bank, audience=AmountAudience.FUNDER, reference="CACHÉ", amount_agreed=Decimal(987_654))
    rows.line(of=third, by=bank, eu_notified=None)
    rows.line(of=third, by=unknown, state=LineState.DRAFT, reference="BROUILLON", due=())
    return people


def body(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content)


def table(data: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))[1:]


def numbers(client, path, query):
    """Rows in each format."""
    files = {word: body(client, f"{path}?{query}&format={word}") for word in ("csv", "xlsx", "scdl", "scdl-incomplets")}
    book = load_workbook(io.BytesIO(files["xlsx"]))
    return {
        "csv": len(table(files["csv"], ";")),
        "xlsx": book.worksheets[0].max_row - 1,
        "geojson": len(json.loads(body(client, f"{path}?{query}&format=geojson"))["features"]),
        "scdl": len(table(files["scdl"], ",")) + len(table(files["scdl-incomplets"], ";")),
        "360giving": len(json.loads(body(client, f"{path}?{query}&format=360giving"))["grants"]),
    }


@pytest.mark.parametrize(
    ("query", "initiatives", "lines"), [("", 3, 5), ("region=84", 2, 4), ("stade=achevee", 1, 2), ("q=rien", 0, 0)]
)
def test_every_format_holds_the_filtered_rows(stock, signed_in, query, initiatives, lines):
    """Open formats describe the fundings whose amounts the reader may see."""
    found = numbers(signed_in(stock.member), "/initiatives/", query)
    assert found == {"csv": initiatives, "xlsx": initiatives, "geojson": initiatives, "scdl": lines, "360giving": lines}


def test_the_list_behind_the_dashboard_holds_as_many_rows_in_every_format(stock, signed_in):
    found = numbers(signed_in(stock.member), "/financements/detail/", "stade=en-cours")
    assert set(found.values()) == {3}


def test_every_scdl_row_keeps_the_schema(stock, signed_in):
    data = body(signed_in(stock.member), "/initiatives/?format=scdl").decode()
    assert not data.startswith("\ufeff")
    records = list(csv.DictReader(io.StringIO(data)))
    assert list(records[0]) == list(RULES) == list(scdl.FIELDS)
    assert len(records) == 2
    for record in records:
        for field, (required, pattern) in RULES.items():
            assert re.fullmatch(pattern, record[field]) if record[field] else not required, (field, record[field])
        assert record["idBeneficiaire"] or record["rnaBeneficiaire"]
    first, second = records
    assert (first["montant"], first["conditionsVersement"], first["datesPeriodeVersement"]) == (
        "12500.50",
        "unique",
        "2024-07-01",
    )
    assert (second["nature"], second["conditionsVersement"]) == ("aide en nature", "échelonné")
    assert second["datesPeriodeVersement"] == "2024-07-01/2025-07-01"


def test_the_companion_names_what_is_missing_and_fills_in_nothing(stock, signed_in):
    found = table(body(signed_in(stock.member), "/initiatives/?format=scdl-incomplets"), ";")
    reasons = [row[3] for row in found]
    assert len(reasons) == 3
    assert sum("idAttribuant" in reason and "conditionsVersement" in reason for reason in reasons) == 1
    assert sum("notificationUE" in reason and "idBeneficiaire" in reason for reason in reasons) == 1
    assert sum(str(scdl.NO_SUBVENTION) in reason for reason in reasons) == 1


def test_360giving_has_what_the_standard_requires(stock, signed_in):
    grants = json.loads(body(signed_in(stock.member), "/initiatives/?format=360giving"))["grants"]
    assert len({grant["id"] for grant in grants}) == len(grants)
    for grant in grants:
        assert grant["title"]
        assert grant["description"]
        assert grant["currency"] == "EUR"
        assert grant["amountAwarded"] > 0
        assert re.fullmatch(DAY, grant["awardDate"])
        for side in ("fundingOrganization", "recipientOrganization"):
            assert [set(organisation) for organisation in grant[side]] == [{"id", "name"}]


def test_geojson_says_how_precise_its_points_are(stock, signed_in):
    features = json.loads(body(signed_in(stock.member), "/initiatives/?format=geojson"))["features"]
    placed = [feature for feature in features if feature["geometry"]]
    assert len(placed) == 2
    assert {feature["properties"]["location_precision"] for feature in placed} == {"region"}
    assert {feature["geometry"]["type"] for feature in placed} == {"Point"}


@pytest.mark.parametrize("word", ["csv", "scdl", "scdl-incomplets", "360giving", "geojson"])
def test_a_hidden_amount_and_a_draft_are_in_no_file(stock, signed_in, word):
    for path in ("/initiatives/", "/financements/detail/"):
        text = body(signed_in(stock.member), f"{path}?format={word}").decode()
        assert "987654" not in text.replace(" ", "")
        assert "BROUILLON" not in text
        assert "CACHÉ" not in text


@pytest.mark.parametrize("word", ["csv", "360giving", "geojson"])
def test_a_funder_finds_its_own_hidden_amount_and_no_other(stock, signed_in, word):
    hidden = FundingLine.objects.get(reference="CACHÉ")
    factories.PositionFactory(user=stock.outsider, organisation=hidden.funder)
    rows.line(
        of=hidden.initiative,
        by=rows.funder(name="Autre fonds"),
        audience=AmountAudience.FUNDER,
        amount_agreed=Decimal(123_321),
    )
    own = body(signed_in(stock.outsider), f"/financements/detail/?format={word}").decode()
    assert "987654" in own
    assert "123321" not in own
    assert "987654" not in body(signed_in(stock.funder), f"/financements/detail/?format={word}").decode()


def test_a_formula_in_a_title_stays_text(stock, signed_in):
    client = signed_in(stock.member)
    assert "'=1+1 au village" in [row[1] for row in table(body(client, "/initiatives/?format=csv"), ";")]
    book = load_workbook(io.BytesIO(body(client, "/initiatives/?format=xlsx")))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_the_workbook_says_its_filters_and_definitions(stock, signed_in):
    book = load_workbook(io.BytesIO(body(signed_in(stock.member), "/initiatives/?region=84&format=xlsx")))
    said = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert "Auvergne-Rhône-Alpes" in said.values()
    assert len(said) >= 5
    assert all(said.values())


def test_an_unknown_format_and_an_unreadable_filter_give_no_file(stock, signed_in):
    client = signed_in(stock.member)
    for path in ("/initiatives/", "/financements/detail/"):
        assert client.get(f"{path}?format=doc").status_code == 400
        refused = client.get(f"{path}?region=1&format=scdl")
        assert refused.status_code == 400
        assert refused["Content-Type"].startswith("text/html")


def test_a_longer_list_asks_no_more(stock, signed_in):
    client = signed_in(stock.member)
    body(client, "/initiatives/?format=360giving")
    with counted() as few:
        body(client, "/initiatives/?format=360giving")
    bank = rows.funder()
    for _number in range(5):
        rows.line(of=rows.initiative(regions=["84"]), by=bank)
    with counted() as many:
        body(client, "/initiatives/?format=360giving")
    assert len(many) == len(few)
