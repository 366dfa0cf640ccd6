"""Tables of fundings: read as people write them, shown before they are written, all or nothing, and back again."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from core.accounts.rights import PermissionRefused
from core.imports import cells, reading, services
from core.imports.enums import ImportState, Outcome
from core.imports.errors import ChangedMeanwhile
from core.imports.models import Import
from core.models import Region
from core.partial_dates import month
from funding.enums import TableKind
from funding.imports import initiatives
from funding.imports.lines import plan
from funding.imports.shapes import SHAPES
from funding.models import FundingLine, Initiative
from tests import factories
from tests.funding import importing, rows
from tests.members.merging import bury

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]

NOW = timezone.now()
HEAD = "Référence;Titre de l'initiative;Structure porteuse;Nature;État;Décidé le;Montant accordé;Signée le"
GOOD = "A-1;Tiers-lieu;Association;Subvention;Conventionné;02/05/2024;12 500,50 €;2024-06-03"


def read(text: str | bytes, name: str = "table.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return reading.read(SimpleUploadedFile(name, content), SHAPES[TableKind.LINES])


def compared(text: str | bytes, funder, officer, kind: str = "funding.lines") -> Import:
    content = text if isinstance(text, bytes) else text.encode()
    upload = SimpleUploadedFile("t.xlsx" if content.startswith(b"PK") else "t.csv", content)
    run = services.keep(kind=kind, subject_id=funder.pk, upload=upload, by=officer, now=NOW)
    importing.work()
    run.refresh_from_db()
    return run


def write(text: str | bytes, funder, officer, kind: str = "funding.lines") -> dict[str, int]:
    """Compares and writes; the counts of the rows."""
    run = compared(text, funder, officer, kind)
    services.write(run=run, fingerprint=run.fingerprint, by=officer, now=NOW)
    importing.work()
    run.refresh_from_db()
    assert run.state == ImportState.DONE
    return run.counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 500,50 €", "12500.50"),
        ("12\u00a0500,50\u00a0€", "12500.50"),
        ("12\u202f500,5", "12500.5"),
        ("12.500,50", "12500.50"),
        ("12,500.50", "12500.50"),
        ("1.250.000", "1250000"),
        ("1 250 000 EUR", "1250000"),
        ("12'500.50", "12500.50"),
        ("12500.5", "12500.5"),
        ("700", "700"),
        ("−5", "-5"),
    ],
)
def test_amounts_as_people_write_them(text, expected):
    assert cells.amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["douze", "1,2,3", "12.5.5", "1.2,5", "1.25.000", "12,", "=1+1", "1e9", "12 k€", "1,2345"]
)
def test_what_is_no_amount(text):
    with pytest.raises(ValueError, match=r"«|“"):
        cells.amount(text)


@pytest.mark.parametrize("text", ["12.500", "12,500", "1.000 €", "999,999"])
def test_an_amount_that_can_be_read_in_two_ways_is_refused(text):
    with pytest.raises(ValueError, match=r"two ways|deux façons"):
        cells.amount(text)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings_are_found_out(separator, encoding):
    text = separator.join(["Référence", "État", "Objet"]) + "\r\n" + separator.join(["A-1", "Accordé", "Été"])
    assert read(text.encode(encoding)).rows == [{"row": "2", "reference": "A-1", "state": "Accordé", "purpose": "Été"}]


@pytest.mark.parametrize(
    "content", [b"", b"a;b\n1;2", b"\0\0", b"PK\x03\x04 nothing", "Référence;Référence\n1;2".encode()]
)
def test_a_file_that_cannot_be_read_says_why(content):
    with pytest.raises(reading.Unreadable, match=r"\w"):
        read(content, "table.xlsx" if content.startswith(b"PK") else "table.csv")


def test_a_first_file_creates_a_draft_with_its_funding_and_a_second_run_adds_nothing(funder, officer):
    table = f"{HEAD}\n{GOOD}"
    assert write(table, funder, officer)[Outcome.CREATED] == 1
    line = FundingLine.objects.get()
    assert (line.total, line.state, line.initiative.draft_of, line.initiative.title) == (
        Decimal("12500.50"), "contracted", funder, "Tiers-lieu",
    )  # fmt: skip
    again = compared(table, funder, officer)
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
        write(f"{HEAD}\n{GOOD}\n{bad}", funder, officer)
    assert not FundingLine.objects.exists()


def test_empty_cells_change_nothing_and_vide_clears(funder, officer):
    line = rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1", decided_by="Jury")
    table = "Référence;Objet;Instance;Montant accordé\nA-1;;(vide);11000"
    assert [change.column for change in plan(read(table), funder).rows[0].changes] == ["Montant accordé", "Instance"]
    write(table, funder, officer)
    line.refresh_from_db()
    assert (line.purpose, line.decided_by, line.amount_agreed) == ("Animation du tiers-lieu", "", 11000)


def test_a_row_changed_by_two_people_is_a_conflict(funder, officer):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1")
    FundingLine.objects.update(version=2, purpose="De la collègue")
    found = plan(read("Référence;Version de la ligne;Objet\nA-1;1;Autre"), funder)
    assert (found.rows[0].outcome, found.may_be_applied) == (Outcome.CONFLICT, False)
    for untouched in ("Animation du tiers-lieu", "De la collègue"):
        same = plan(read(f"Référence;Version de la ligne;Objet\nA-1;1;{untouched}"), funder)
        assert same.rows[0].outcome == Outcome.UNCHANGED


def test_what_was_shown_is_what_is_written(funder, officer):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1")
    run = compared("Référence;Objet\nA-1;Autre", funder, officer)
    services.write(run=run, fingerprint=run.fingerprint, by=officer, now=NOW)
    FundingLine.objects.update(purpose="Entre-temps")
    importing.work()
    run.refresh_from_db()
    assert (run.state, run.changed_meanwhile, run.may_be_applied) == (ImportState.CHECKED, True, True)
    assert FundingLine.objects.get().purpose == "Entre-temps"
    [row] = run.rows.all()
    assert row.told["changes"] == [["Objet", "Entre-temps", "Autre"]]


def test_no_row_of_another_funder_is_touched(funder, officer):
    other = rows.funder()
    foreign = rows.line(of=rows.initiative(), by=other, due=(), reference="A-1")
    write(f"{HEAD}\n{GOOD}", funder, officer)
    foreign.refresh_from_db()
    assert foreign.amount_agreed == 10_000
    with pytest.raises(PermissionRefused):
        compared(f"{HEAD}\n{GOOD}", other, officer)


def test_from_the_workbook_and_back_without_a_change(signed_in, funder, officer):
    rows.line(of=rows.initiative(title="=1+1"), by=funder, reference="A-1", purpose="-2")
    client = signed_in(officer)
    book = b"".join(client.get("/financements/import/financements.xlsx"))
    table = read(book, "classeur.xlsx")
    assert plan(table, funder).counts[Outcome.UNCHANGED] == 1
    edited = load_workbook(io.BytesIO(book))
    head = [cell.value for cell in edited.worksheets[0][1]]
    edited.worksheets[0].cell(2, head.index("Montant accordé") + 1).value = 12_000.5
    changed = io.BytesIO()
    edited.save(changed)
    shown = importing.send(client, funder, changed.getvalue(), "classeur.xlsx")
    assert shown.status_code == 200
    preview = shown.request["PATH_INFO"]
    fingerprint = shown.context["plan"].fingerprint
    assert client.post(preview, {"fingerprint": "autre"}).status_code == 409
    assert importing.write(client, shown).context["plan"].is_written
    line = FundingLine.objects.get()
    assert (line.amount_agreed, line.version) == (Decimal("12000.50"), 2)
    assert client.post(preview, {"fingerprint": fingerprint}).status_code == 409


def test_a_wrong_cell_is_named_by_its_row_its_column_and_its_place(funder):
    found = plan(read("Fonds d’essai\n\nRéférence;Objet;Montant accordé;Décidé le\nA-1;Lieu;12.500;31/02/2024"), funder)
    assert found.rows[0].number == "4"
    assert [(problem.letter, problem.column) for problem in found.rows[0].problems] == [
        ("C", "Montant accordé"),
        ("D", "Décidé le"),
        ("", "Référence de l'initiative"),  # everything is told at once
    ]


def test_heads_that_are_not_known_are_told_and_never_passed_over(funder):
    table = read("Référence;Objet;Commentaire;Suivi par\nA-1;Lieu;x;y")
    assert table.ignored == ["Commentaire", "Suivi par"]


@pytest.mark.parametrize(
    ("head", "cell"),
    [("Titre de l'initiative", "Autre titre"), ("Structure porteuse", "Autre"), ("Référence de l'initiative", "INI-9")],
)
def test_what_a_row_says_of_the_initiative_is_not_passed_over(funder, head, cell):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1")
    wrong = plan(read(f"Référence;{head}\nA-1;{cell}"), funder).rows[0]
    assert (wrong.outcome, wrong.problems[0].column) == (Outcome.WRONG, head)


def test_two_rows_of_a_file_share_the_initiative_they_create(funder, officer):
    second = GOOD.replace("A-1", "A-2")
    write(f"{HEAD}\n{GOOD}\n{second}", funder, officer)
    assert Initiative.objects.get().lines.count() == 2


def test_a_table_may_name_the_doubles_that_were_merged(funder, officer):
    """Of the giver and of the bearer, by name and by number: a file of before the merge changes nothing."""
    bearer = factories.OrganisationFactory(name="Association gardée")
    bury(factories.OrganisationFactory(name="Association bis"), bearer)
    bury(factories.OrganisationFactory(name="Fonds bis", siren="552100554"), funder)
    kept = rows.initiative(title="Tiers-lieu", bearer=bearer, bearer_name="", bearer_siret="", prepared_by=funder)
    line = rows.line(of=kept, by=funder, due=(), reference="A-1", purpose="Lieu")
    head = "Référence;Structure porteuse;Financeur;SIRET du financeur;Objet"
    table = f"{head}\nA-1;Association bis;Fonds bis;;Lieu\n"
    assert plan(read(table), funder).counts[Outcome.UNCHANGED] == 1
    write(f"{head}\nA-1;association BIS;Fonds bis;55210055400013;Lieu neuf\n", funder, officer)
    line.refresh_from_db()
    assert line.purpose == "Lieu neuf"
    write("Référence;Titre;Structure porteuse\nINI-N;Neuve;Association bis\n", funder, officer, "funding.initiatives")
    assert Initiative.objects.get(reference="INI-N").bearer == bearer


def test_a_title_that_stands_already_asks_for_its_reference(funder, officer):
    twin = rows.initiative(title="Tiers-lieu", bearer_name="Association")
    wrong = plan(read(f"{HEAD}\n{GOOD}"), funder).rows[0]
    assert twin.reference in wrong.problems[0].text
    named = f"{HEAD};Référence de l'initiative\n{GOOD};{twin.reference}"
    write(named, funder, officer)
    assert FundingLine.objects.get().initiative == twin


def test_a_draft_of_another_funder_is_neither_shown_nor_taken(funder):
    other = rows.funder()
    rows.initiative(reference="INI-777", title="Secret", draft_of=other)
    wrong = plan(read(f"{HEAD};Référence de l'initiative\n{GOOD};INI-777"), funder).rows[0]
    assert wrong.outcome == Outcome.WRONG
    assert "Secret" not in wrong.problems[0].text


def test_a_version_with_an_unknown_reference_is_a_changed_key(funder):
    wrong = plan(read("Référence;Version de la ligne;Objet\nA-9;3;Lieu"), funder).rows[0]
    assert (wrong.outcome, wrong.problems[0].column) == (Outcome.WRONG, "Référence")


# --- workbooks --------------------------------------------------------------------------------------------------------


def book_of(*table: list) -> bytes:
    book = Workbook()
    for row in table:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_formula_without_a_result_is_told_and_changes_nothing(funder):
    table = read(book_of(["Référence", "Montant accordé"], ["A-1", "=1000+1"]), "t.xlsx")
    wrong = plan(table, funder).rows[0]
    assert (wrong.outcome, wrong.problems[0].letter) == (Outcome.WRONG, "B")
    failed = read(book_of(["Référence", "Montant accordé"], ["A-1", "#REF!"]), "t.xlsx")
    assert "#REF!" in plan(failed, funder).rows[0].problems[0].text


def test_numbers_and_days_of_a_workbook_are_taken_exactly(funder):
    days = [dt.datetime(2024, 5, 2), 90000002500016, 12500.5, 0.1 + 0.2]  # noqa: DTZ001 (as openpyxl writes them)
    table = read(
        book_of(["Référence", "Décidé le", "SIRET", "Montant accordé", "Montant demandé"], ["A-1", *days]), "t.xlsx"
    )
    assert table.rows == [
        {
            "row": "2",
            "reference": "A-1",
            "decided_on": "2024-05-02",
            "bearer_siret": "90000002500016",
            "amount_agreed": "12500,5",
            "amount_requested": "0,3",
        }
    ]


@pytest.mark.parametrize("name", ["modele-financements", "modele-initiatives"])
def test_the_empty_template_has_the_heads_and_says_how_to_use_them(signed_in, funder, officer, name):
    book = load_workbook(io.BytesIO(b"".join(signed_in(officer).get(f"/financements/import/{name}.xlsx"))))
    assert book.worksheets[0].max_row == 1
    assert book.worksheets[1].max_row > 5


# --- SCDL -------------------------------------------------------------------------------------------------------------

SCDL = (
    "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,"
    "montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,dispositifAide"
)
SCDL_ROW = (
    "Fonds,90000001700013,2024-06-03,DEC-1,Association,90000002500016,,Animation,12500.50,aide en numéraire,unique,"
    "2024-07-01,,non,1,"
)


def test_a_file_of_the_schema_is_taken_as_it_is(funder, officer):
    text = f"{SCDL}\r\n{SCDL_ROW}\r\n"
    table = read(text)
    assert (table.dialect, table.ignored) == ("scdl", [])
    write(text, funder, officer)
    line = FundingLine.objects.get()
    assert (line.reference, line.total, line.kind, line.state, line.eu_notified) == (
        "DEC-1", Decimal("12500.50"), "grant", "contracted", False,
    )  # fmt: skip
    assert (line.signed_on, line.initiative.title, line.initiative.bearer_siret) == (
        dt.date(2024, 6, 3), "Animation", "90000002500016",
    )  # fmt: skip
    assert plan(table, funder).counts[Outcome.UNCHANGED] == 1


def test_one_decision_for_two_beneficiaries_gives_two_fundings(funder, officer):
    second = SCDL_ROW.replace("Association", "Autre").replace("90000002500016", "90000003300010")
    write(f"{SCDL}\r\n{SCDL_ROW}\r\n{second}\r\n", funder, officer)
    assert sorted(FundingLine.objects.values_list("reference", flat=True)) == [
        "DEC-1/90000002500016", "DEC-1/90000003300010",
    ]  # fmt: skip


def test_a_row_of_another_funder_is_refused(funder):
    wrong = plan(read(f"{SCDL}\r\n{SCDL_ROW.replace('90000001700013', '90000009900011')}"), funder).rows[0]
    assert (wrong.outcome, wrong.problems[0].letter) == (Outcome.WRONG, "B")


def test_our_own_scdl_file_sent_back_adds_nothing(signed_in, funder, officer):
    of = rows.initiative()
    rows.line(of=of, by=funder, reference="A-1", decision_reference="DEC-1")
    rows.line(of=rows.initiative(), by=funder, reference="A-2", decision_reference="DEC-2")
    data = b"".join(signed_in(officer).get("/financements/detail/?format=scdl"))
    assert plan(read(data), funder).counts[Outcome.UNCHANGED] == 2


# --- initiatives ------------------------------------------------------------------------------------------------------


def read_initiatives(text: str | bytes, name: str = "t.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return reading.read(SimpleUploadedFile(name, content), SHAPES[TableKind.INITIATIVES])


def write_initiatives(text, funder, officer):
    return write(text, funder, officer, "funding.initiatives")


@pytest.fixture
def two_regions():
    for code, name in (("01", "Guadeloupe"), ("84", "Auvergne-Rhône-Alpes")):
        Region.objects.get_or_create(code=code, defaults={"name": name})


def test_initiatives_come_in_as_drafts_and_a_second_run_adds_nothing(funder, officer, two_regions):
    text = (
        "Référence;Titre;Structure porteuse;Codes des régions;ODD;Début\n"
        "N-1;Tiers-lieu;Association;84, 01;11, 4;mars 2024\nN-2;Réseau;Association;France;;"
    )
    assert write_initiatives(text, funder, officer)[Outcome.CREATED] == 2
    first, second = Initiative.objects.order_by("reference")
    assert (first.draft_of, first.regions, first.sdgs, first.starts_on) == (
        funder, ["01", "84"], [11, 4], month(2024, 3),
    )  # fmt: skip
    assert (second.is_national, second.regions) == (True, [])
    assert initiatives.plan(read_initiatives(text), funder).counts[Outcome.UNCHANGED] == 2


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Codes des régions", "1"),
        ("ODD", "18"),
        ("Programme", "Inconnu"),
        ("SIRET", "12"),
        ("Stade", "Achevée"),
        ("Début", "bientôt"),
    ],
)
def test_a_wrong_cell_of_an_initiative_is_told_beside_its_column(funder, two_regions, head, cell):
    rows.initiative(reference="N-1", prepared_by=funder)
    wrong = initiatives.plan(read_initiatives(f"Référence;{head}\nN-1;{cell}"), funder).rows[0]
    assert (wrong.outcome, wrong.problems[0].letter) == (Outcome.WRONG, "B")


def test_an_initiative_kept_by_another_funder_is_left_alone(funder):
    foreign = rows.initiative(reference="N-1")
    wrong = initiatives.plan(read_initiatives("Référence;Titre\nN-1;Autre"), funder).rows[0]
    assert (wrong.outcome, foreign.title) != (Outcome.CHANGED, "Autre")
    assert wrong.problems


def test_the_workbook_of_initiatives_and_back(signed_in, funder, officer, two_regions):
    kept = rows.initiative(
        reference="N-1", prepared_by=funder, title="=1+1", regions=["01"], sdgs=[11], starts_on=month(2024, 3)
    )
    book = b"".join(signed_in(officer).get("/financements/import/initiatives.xlsx"))
    assert initiatives.plan(read_initiatives(book, "t.xlsx"), funder).counts[Outcome.UNCHANGED] == 1
    write_initiatives("Référence;Version de la ligne;Lieu\nN-1;1;Lyon", funder, officer)
    kept.refresh_from_db()
    assert (kept.place, kept.version) == ("Lyon", 2)
    late = initiatives.plan(read_initiatives("Référence;Version de la ligne;Lieu\nN-1;1;Brest"), funder)
    assert late.rows[0].outcome == Outcome.CONFLICT


def test_a_file_changed_by_two_people_is_shown_as_conflicts_and_writes_nothing(signed_in, funder, officer):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1")
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-2")
    first = "Référence;Version de la ligne;Objet\nA-1;1;De la première\nA-2;1;De la première"
    second = "Référence;Version de la ligne;Objet\nA-1;1;De la seconde\nA-2;1;De la première"
    write(first, funder, officer)
    client = signed_in(officer)
    shown = importing.send(client, funder, second.encode())
    assert [row.outcome for row in shown.context["plan"].rows] == [Outcome.CONFLICT]
    assert shown.context["plan"].counts["unchanged"] == 1
    assert "De la première" in shown.text
    assert "De la seconde" in shown.text
    answer = client.post(shown.request["PATH_INFO"], {"fingerprint": shown.context["plan"].fingerprint})
    assert answer.status_code == 409
    assert FundingLine.objects.get(reference="A-1").purpose == "De la première"


def test_a_decision_that_lies_ahead_is_refused_beside_its_column(funder):
    ahead = factories.days(1).strftime("%d/%m/%Y")
    planned = plan(read(f"{HEAD}\nA-1;Tiers-lieu;Association;Subvention;Accordé;{ahead};1000;"), funder)
    [problem] = planned.rows[0].problems
    assert (problem.column, problem.letter) == ("Décidé le", "F")
