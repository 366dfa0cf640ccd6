"""Files as programs and people make them, sent through the page: the right value or a clear sentence, never a fault."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.funding import importing, rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]

ADDRESS = "/financements/import/"
HEADS = {
    "lines": ["Référence", "Objet", "Montant accordé", "Décidé le", "Signée le", "Notification à l'UE"],
    "initiatives": ["Référence de l'initiative", "Titre", "Lieu d'action", "Début"],
}
KINDS = pytest.mark.parametrize("kind", ["lines", "initiatives"])


@pytest.fixture
def send(signed_in, funder, officer):
    """Sends a file through the page; the answer once it was compared."""
    client = signed_in(officer)

    def sent(content: bytes, name: str = "table.xlsx", kind: str = "lines"):
        return importing.send(client, funder, content, name, kind)

    return sent


@pytest.fixture
def line(funder):
    return rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1", purpose="Lieu")


def told(answer) -> str:
    """The one sentence beside the file."""
    assert answer.status_code == 422
    [text] = answer.context["form"].errors["file"]
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def changes(answer) -> list[tuple[str, object]]:
    """What the preview would write in the first row; nothing is wrong with it."""
    assert answer.status_code == 200
    [row] = answer.context["plan"].rows
    assert not row.problems
    return [(change.column, change.new.replace("\u00a0", " ")) for change in row.changes]


def problems(answer) -> list[str]:
    assert answer.status_code == 200
    [row] = answer.context["plan"].rows
    return [problem.text.replace("\u00a0", " ") for problem in row.problems]


def book(*sheets: list[list], titles: tuple[str, ...] = (), hidden: tuple[str, ...] = ()) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for number, table in enumerate(sheets):
        sheet = made.create_sheet(titles[number] if titles else f"Feuil{number + 1}")
        for row in table:
            sheet.append(row)
        if sheet.title in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def csv_of(table: list[list[str]], separator: str = ";") -> str:
    return "\r\n".join(separator.join(row) for row in table)


NO_ROWS = "Ce tableau a un en-tête et aucune ligne dessous : il n’y a rien à importer."


@KINDS
def test_our_own_empty_template_says_that_there_is_nothing_to_import(send, signed_in, officer, kind):
    name = {"lines": "modele-financements", "initiatives": "modele-initiatives"}[kind]
    template = b"".join(signed_in(officer).get(f"{ADDRESS}{name}.xlsx"))
    assert told(send(template, kind=kind)) == NO_ROWS


@KINDS
@pytest.mark.parametrize("blank", [[], [[None] * 4], [["", " ", None]] * 30])
def test_a_head_alone_or_above_blank_rows(send, kind, blank):
    assert told(send(book([HEADS[kind], *blank]), kind=kind)) == NO_ROWS
    assert told(send(csv_of([HEADS[kind], *[[" ", ""] for _row in blank]]).encode(), "t.csv", kind)) == NO_ROWS


@KINDS
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "t.csv", "Le fichier soumis est vide."),
        (b"\n \n;;\n", "t.csv", "Ce fichier est vide."),
        (book([]), "t.xlsx", "Ce fichier est vide."),
        (b"%PDF-1.7\n1 0 obj", "t.csv", "Ce fichier n’est ni un CSV ni un XLSX."),
        (b"\x00\x01\x02", "t.xlsx", "Ce fichier n’est ni un CSV ni un XLSX."),
        (b"PK\x03\x04 rien", "t.xlsx", "Ce fichier est endommagé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9, "t.xls", "C’est un ancien fichier Excel"),
        (b"<html><table><tr><td>R</td></tr></table></html>", "t.xls", "Il manque la colonne « Référence"),
    ],
    ids=["empty", "blank", "empty book", "pdf", "bytes", "zip", "old excel", "html"],
)
def test_a_file_that_holds_no_table_is_told_in_one_sentence(send, kind, content, name, words):
    assert told(send(content, name, kind)).startswith(words)


def test_a_csv_named_as_a_workbook_is_read_and_a_workbook_named_as_csv_is_told(send, line):
    table = [["Référence", "Objet"], ["A-1", "Autre"]]
    assert changes(send(csv_of(table).encode(), "t.xlsx")) == [("Objet", "Autre")]
    assert told(send(book(table), "t.csv")).startswith("Le nom ne correspond pas au contenu")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize("damage", [b"<broken", b"", b"<a/>"])
def test_a_workbook_with_a_broken_part_is_no_fault(send, line, part, damage):
    source = zipfile.ZipFile(io.BytesIO(book([["Référence", "Objet"], ["A-1", "Autre"]])))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, damage if name == part else source.read(name))
    assert send(made.getvalue()).status_code in (200, 422)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings(send, line, separator, encoding):
    text = csv_of([["Référence", "Objet", "Instance"], ["A-1", "Été, « fête »", ""]], "\0").replace(",", "\u2019")
    answer = send(text.replace("\0", separator).encode(encoding), "t.csv")
    assert changes(answer) == [("Objet", "Été\u2019 « fête »")]


def test_quotes_and_line_breaks_in_cells(send, line):
    assert changes(send('Référence;Objet\nA-1;"Dit ""oui"";\nà la ligne"'.encode(), "t.csv")) == [
        ("Objet", 'Dit "oui"; à la ligne')  # a purpose is one line, as in its form
    ]
    assert told(send('Référence;Objet\nA-1;"Dit"oui'.encode(), "t.csv")).startswith(
        "La ligne 2 de ce fichier ne peut pas être lue"
    )
    late = "Référence;Objet\n" + "A-1;x\n" * 40 + 'A-2;"Dit"oui'
    answer = send(late.encode(), "t.csv")
    assert answer.context["plan"].reason is not None
    assert "La ligne 42 de ce fichier ne peut pas être lue" in answer.text.replace("\u00a0", " ")


@KINDS
def test_a_formula_without_a_stored_result_is_told_in_its_cell(send, funder, kind):
    rows.line(of=rows.initiative(reference="N-1", prepared_by=funder), by=funder, due=(), reference="N-1")
    for formula in ("=1000+1", ArrayFormula("B2", "=SUM(A1:A9)")):
        answer = send(book([HEADS[kind], ["N-1", formula]]), kind=kind)
        assert problems(answer) == [
            "cette cellule contient une formule sans résultat : ouvrez le fichier dans Excel et enregistrez-le."
        ]


def test_a_formula_with_its_result_is_taken(send, line):
    plain = book([["Référence", "Montant accordé"], ["A-1", 12000]])
    source = zipfile.ZipFile(io.BytesIO(plain))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name).replace(b"<v>12000</v>", b"<f>6000*2</f><v>12000</v>"))
    assert changes(send(made.getvalue())) == [("Montant accordé", "12 000 €")]


def test_a_formula_in_the_key_is_told(send, line):
    assert "formule sans résultat" in problems(send(book([["Référence", "Objet"], ["=A1", "x"]])))[0]


def test_merged_cells_are_named_and_a_merged_title_above_the_head_is_none_of_them(send, line):
    file = load_workbook(
        io.BytesIO(book([["Mon tableau", None], ["Référence", "Objet"], ["A-1", "Autre"], [None, "B"]]))
    )
    file.active.merge_cells("A1:B1")
    titled = io.BytesIO()
    file.active.delete_rows(4)
    file.save(titled)
    assert changes(send(titled.getvalue())) == [("Objet", "Autre")]
    file.active.merge_cells("A3:A4")
    merged = io.BytesIO()
    file.save(merged)
    assert told(send(merged.getvalue())).startswith("Des cellules de ce tableau sont fusionnées : A3:A4.")


def test_the_sheet_that_holds_the_table_is_read_wherever_it_stands(send, line):
    table = [["Référence", "Objet"], ["A-1", "Autre"]]
    assert changes(send(book([["Lisez-moi"]], [], table))) == [("Objet", "Autre")]
    hidden = book([["Référence", "Objet"], ["A-1", "Cachée"]], table, titles=("Vieux", "Neuf"), hidden=("Vieux",))
    assert changes(send(hidden)) == [("Objet", "Autre")]


def test_only_a_hidden_sheet_is_told(send, line):
    table = [["Référence", "Objet"], ["A-1", "Autre"]]
    answer = send(book([["Lisez-moi"]], table, titles=("A", "B"), hidden=("B",)))
    assert told(answer).startswith("Seule la feuille masquée « B » de ce classeur contient un tableau")


def test_numbers_days_and_yes_as_programs_write_them(send, funder):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="0042", eu_notified=None)
    heads = HEADS["lines"]
    typed = ["0042", "Lieu", 11000.5, dt.datetime(2024, 5, 3), 45_447, True]  # noqa: DTZ001 (as openpyxl writes them)
    texts = ["0042", "Lieu", "11 000,50", "03/05/2024", "45447", "oui"]
    expected = [
        ("Objet", "Lieu"),
        ("Montant accordé", "11 000,50 €"),
        ("Décidé le", "3 mai 2024"),
        ("Signée le", "4 juin 2024"),
        ("Notification à l'UE", "oui"),
    ]
    for row in (typed, texts):
        assert sorted(changes(send(book([heads, row]))), key=lambda one: heads.index(one[0])) == expected


@pytest.mark.parametrize("text", ["7,17E+13", "7.17E+13", "9,00000025E13"])
def test_a_siret_that_excel_shortened_is_told_as_that(send, line, text):
    [problem] = problems(send(csv_of([["Référence", "SIRET"], ["A-1", text]]).encode(), "t.csv"))
    assert "ses derniers chiffres sont perdus" in problem
    assert "Texte" in problem


def test_cells_below_no_heading_are_told(send, line):
    answer = send(csv_of([["Référence", "", "Objet"], ["A-1", "perdu ?", "Autre", "aussi"]]).encode(), "t.csv")
    assert answer.context["ignored"] == ["colonne B, sans intitulé", "colonne D, sans intitulé"]


def test_two_columns_of_one_meaning_are_named_and_one_is_chosen(send, line, signed_in, officer):
    answer = send(b"reference;Objet;OBJET\nA-1;x;y", "t.csv")
    assert "Deux colonnes de ce fichier veulent dire la même chose, « Objet » : B, C." in answer.text.replace(
        "\u00a0", " "
    )
    client = signed_in(officer)
    said = {"sheet": "", "colonne_1": "reference", "colonne_3": "purpose"}
    assert changes(importing.after(client, client.post(answer.request["PATH_INFO"], said))) == [("Objet", "y")]
