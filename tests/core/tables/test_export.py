"""Exports as a spreadsheet reads them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy as _
from openpyxl import load_workbook

from core.partial_dates import month
from core.tables import Column, export, wanted_format

pytestmark = pytest.mark.django_db  # a response that ends lets go of old connections
PARIS = dt.timezone(dt.timedelta(hours=1))
ROWS: list[dict[str, Any]] = [
    {"name": "Atelier; « communs »", "amount": Decimal("12500.50"), "day": dt.date(2024, 11, 12), "known": True},
    {"name": '=HYPERLINK("http://x")', "amount": -3, "day": None, "known": False},
]
COLUMNS = [
    Column("Nom", lambda row: row["name"], width=40),
    Column("=Montant", lambda row: row["amount"], number_format="#,##0.00 €"),
    Column("Jour", lambda row: row["day"]),
    Column("Connu", lambda row: row["known"]),
    Column("Quand", lambda row: month(2024, 11)),
    Column("Régions", lambda row: ["Bretagne", "Corse"]),
    Column("À", lambda row: dt.datetime(2024, 11, 12, 14, 5, tzinfo=PARIS)),
]


def content(response: Any) -> bytes:
    try:
        return b"".join(response.streaming_content)
    finally:
        response.close()


def read_csv(language: str = "fr") -> list[list[str]]:
    with translation.override(language):
        response = export("csv", columns=COLUMNS, rows=iter(ROWS), name="Mes membres", title="Membres")
    data = content(response)  # sent after the language of the request has ended
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_as_french_excel_opens_it() -> None:
    with translation.override("fr"):
        yes, no = gettext("yes"), gettext("no")
    assert read_csv() == [
        ["Nom", "'=Montant", "Jour", "Connu", "Quand", "Régions", "À"],
        ["Atelier; « communs »", "12500,50", "2024-11-12", yes, "novembre 2024", "Bretagne, Corse", "2024-11-12 14:05"],
        ['\'=HYPERLINK("http://x")', "-3", "", no, "novembre 2024", "Bretagne, Corse", "2024-11-12 14:05"],
    ]


def test_csv_in_english() -> None:
    assert read_csv("en")[1][1:5] == ["12500.50", "2024-11-12", "yes", "November 2024"]


def test_csv_is_made_while_it_is_sent() -> None:
    taken: list[int] = []

    def rows() -> Any:
        for number in range(1000):
            taken.append(number)
            yield ROWS[0]

    response = export("csv", columns=COLUMNS, rows=rows(), name="x", title="x")
    lines = iter(response.streaming_content)
    next(lines), next(lines)
    assert len(taken) == 1


def test_xlsx_holds_typed_cells_and_says_what_was_filtered() -> None:
    response = export(
        "xlsx", columns=COLUMNS, rows=ROWS, name="Mes membres", title="Membres: tous", notes=[("Région", "=1")]
    )
    assert response["Content-Disposition"] == 'attachment; filename="mes-membres.xlsx"'
    book = load_workbook(io.BytesIO(content(response)))
    assert book.sheetnames[0] == "Membres tous"
    sheet, notes = book.worksheets
    assert sheet.freeze_panes == "A2"
    head, first, second = sheet.iter_rows()
    assert [cell.value for cell in head][:2] == ["Nom", "'=Montant"]
    assert first[1].value == pytest.approx(12500.5)
    assert first[1].number_format == "#,##0.00 €"
    assert first[2].value.isoformat() == "2024-11-12T00:00:00"
    assert (second[0].value, second[0].data_type) == ('\'=HYPERLINK("http://x")', "s")
    assert (second[1].value, second[1].data_type) == (-3, "n")
    assert [[cell.value for cell in row] for row in notes.iter_rows()] == [["Région", "'=1"]]


@pytest.mark.parametrize("text", ["\x00a", "a\x0b", "\ud800", "\ufffe"])
def test_xlsx_survives_control_characters(text: str) -> None:
    response = export("xlsx", columns=[Column("a", lambda row: row)], rows=[text], name="x", title="x")
    assert load_workbook(io.BytesIO(content(response)))


def test_labels_are_in_the_language_of_the_request() -> None:
    with translation.override("fr"):
        response = export("csv", columns=[Column(_("Home"), str)], rows=[], name="x", title="x")
        label = str(_("Home"))
    assert content(response).decode("utf-8-sig").strip() == label


@pytest.mark.parametrize(("query", "wanted"), [("", None), ("?format=csv", "csv"), ("?format=xlsx", "xlsx")])
def test_the_format_is_asked_by_the_address(query: str, wanted: str | None) -> None:
    assert wanted_format(RequestFactory().get(f"/{query}")) == wanted


def test_another_format_is_refused() -> None:
    with pytest.raises(BadRequest):
        wanted_format(RequestFactory().get("/?format=exe"))
