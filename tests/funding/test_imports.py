"""Tables of fundings: read as people write them, shown before they are written, all or nothing, and back again."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from core.accounts.rights import PermissionRefused
from funding.imports import columns, reading
from funding.imports.planning import Outcome, plan
from funding.models import FundingLine, Initiative
from funding.services import imports
from funding.services.errors import ChangedMeanwhile
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HEAD = "Référence;Titre de l'initiative;Structure porteuse;Nature;État;Décidé le;Montant accordé;Signée le"
GOOD = "A-1;Tiers-lieu;Association;Subvention;Conventionné;02/05/2024;12 500,50 €;2024-06-03"


def read(text: str | bytes, name: str = "table.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return reading.read(SimpleUploadedFile(name, content))


@pytest.fixture
def funder():
    return rows.funder(member=True)


@pytest.fixture
def officer(funder):
    return factories.PositionFactory(organisation=funder).user


def write(table, funder, officer):
    run = imports.keep(rows=table, file_name="t.csv", funder=funder, by=officer, now=NOW)
    return imports.apply(run=run, fingerprint=plan(table, funder).fingerprint, by=officer, now=NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12 500,50 €", "12500.50"), ("12\u202f500,5", "12500.50"), ("12.500,50", "12500.50"), ("700", "700.00")],
)
def test_amounts_as_people_write_them(text, expected):
    assert columns.amount(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["douze", "1,2,3", "12.5.5", "=1+1", "1e9", ""])
def test_what_is_no_amount(text):
    with pytest.raises(ValueError, match=r"«|“"):
        columns.amount(text)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separators_and_encodings_are_found_out(separator, encoding):
    text = separator.join(["Référence", "État", "Objet"]) + "\r\n" + separator.join(["A-1", "Accordé", "Été"])
    assert read(text.encode(encoding)) == [{"row": "2", "reference": "A-1", "state": "Accordé", "purpose": "Été"}]


@pytest.mark.parametrize(
    "content", [b"", b"a;b\n1;2", b"\0\0", b"PK\x03\x04 nothing", "Référence;Référence\n1;2".encode()]
)
def test_a_file_that_cannot_be_read_says_why(content):
    with pytest.raises(reading.Unreadable, match=r"\w"):
        read(content, "table.xlsx" if content.startswith(b"PK") else "table.csv")


def test_a_first_file_creates_a_draft_with_its_funding_and_a_second_run_adds_nothing(funder, officer):
    table = read(f"{HEAD}\n{GOOD}")
    assert write(table, funder, officer).counts[Outcome.CREATED] == 1
    line = FundingLine.objects.get()
    assert (line.total, line.state, line.initiative.draft_of, line.initiative.title) == (
        Decimal("12500.50"), "contracted", funder, "Tiers-lieu",
    )  # fmt: skip
    again = plan(table, funder)
    assert (again.counts[Outcome.UNCHANGED], again.may_be_applied) == (1, False)
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        "A-2;T;B;Subvention;Conventionné;02/05/2024;-5;2024-06-03",
        "A-2;T;B;Subvention;Conventionné;31/02/2024;5;2024-06-03",
        "A-2;T;B;Cadeau;Conventionné;02/05/2024;5;2024-06-03",
        "A-2;T;B;Subvention;Conventionné;02/05/2024;99999999999;2024-06-03",
        "A-2;T;B;Subvention;Conventionné;02/05/2024;5;2024-05-01",
        "A-2;;;Subvention;Conventionné;02/05/2024;5;2024-06-03",
        "A-1;T;B;Subvention;Conventionné;02/05/2024;5;2024-06-03",
        ";T;B;Subvention;Conventionné;02/05/2024;5;2024-06-03",
    ],
    ids=["negative", "no such day", "no such kind", "huge", "dates", "no initiative", "twice", "no reference"],
)
def test_one_wrong_row_holds_up_all_and_says_why(funder, officer, bad):
    table = read(f"{HEAD}\n{GOOD}\n{bad}")
    wrong = plan(table, funder).rows[1]
    assert wrong.outcome == Outcome.WRONG
    assert wrong.problems
    with pytest.raises(ChangedMeanwhile):
        write(table, funder, officer)
    assert not FundingLine.objects.exists()


def test_empty_cells_change_nothing_and_vide_clears(funder, officer):
    line = rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1", decided_by="Jury")
    table = read("Référence;Objet;Instance;Montant accordé\nA-1;;(vide);11000")
    assert [change[0] for change in plan(table, funder).rows[0].changes] == ["Instance", "Montant accordé"]
    write(table, funder, officer)
    line.refresh_from_db()
    assert (line.purpose, line.decided_by, line.amount_agreed) == ("Animation du tiers-lieu", "", 11000)


def test_a_row_changed_by_two_people_is_a_conflict(funder, officer):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1")
    FundingLine.objects.update(version=2)
    found = plan(read("Référence;Version;Objet\nA-1;1;Autre"), funder)
    assert (found.rows[0].outcome, found.may_be_applied) == (Outcome.CONFLICT, False)
    same = plan(read("Référence;Version;Objet\nA-1;1;Animation du tiers-lieu"), funder)
    assert same.rows[0].outcome == Outcome.UNCHANGED


def test_what_was_shown_is_what_is_written(funder, officer):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1")
    table = read("Référence;Objet\nA-1;Autre")
    shown = plan(table, funder).fingerprint
    run = imports.keep(rows=table, file_name="t.csv", funder=funder, by=officer, now=NOW)
    FundingLine.objects.update(purpose="Entre-temps")
    with pytest.raises(ChangedMeanwhile):
        imports.apply(run=run, fingerprint=shown, by=officer, now=NOW)


def test_no_row_of_another_funder_is_touched(funder, officer):
    other = rows.funder()
    foreign = rows.line(of=rows.initiative(), by=other, due=(), reference="A-1")
    write(read(f"{HEAD}\n{GOOD}"), funder, officer)
    foreign.refresh_from_db()
    assert foreign.amount_agreed == 10_000
    with pytest.raises(PermissionRefused):
        imports.keep(rows=[], file_name="t.csv", funder=other, by=officer, now=NOW)


def test_from_the_workbook_and_back_without_a_change(signed_in, funder, officer):
    rows.line(of=rows.initiative(title="=1+1"), by=funder, reference="A-1", purpose="-2")
    client = signed_in(officer)
    book = b"".join(client.get("/financements/import/classeur.xlsx"))
    table = read(book, "classeur.xlsx")
    assert plan(table, funder).counts[Outcome.UNCHANGED] == 1
    edited = load_workbook(io.BytesIO(book))
    head = [cell.value for cell in edited.worksheets[0][1]]
    edited.worksheets[0].cell(2, head.index("Montant accordé") + 1).value = 12_000.5
    changed = io.BytesIO()
    edited.save(changed)
    upload = SimpleUploadedFile("classeur.xlsx", changed.getvalue())
    shown = client.post("/financements/import/", {"funder": funder.pk, "file": upload}, follow=True)
    assert shown.status_code == 200
    preview = shown.request["PATH_INFO"]
    fingerprint = shown.context["plan"].fingerprint
    assert client.post(preview, {"fingerprint": "autre"}).status_code == 409
    assert client.post(preview, {"fingerprint": fingerprint}).status_code == 302
    assert client.get(preview).status_code == 200
    line = FundingLine.objects.get()
    assert (line.amount_agreed, line.version) == (Decimal("12000.50"), 2)
    assert client.post(preview, {"fingerprint": fingerprint}).status_code == 409
