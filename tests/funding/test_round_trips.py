"""What is exported can be sent back, through the page, and changes nothing: every format, every reader, every text."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils.text import slugify
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import load_workbook

from core.imports.enums import Outcome
from core.models import Region
from core.partial_dates import month, season
from funding.enums import AmountAudience, FundingKind, LineState, TableKind
from funding.models import Amendment, FundingLine, Initiative, Programme
from tests import factories
from tests.funding import importing, rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]

ADDRESS = "/financements/import/"
# Texts as people have them, and those that files like to change.
STARTS = [
    "=1+1",
    "+33 1 40",
    "-2",
    "@home",
    "'quoted",
    "''",
    "007",
    "1e5",
    "TRUE",
    "oui",
    "12/05/2024",
    "3,14",
    "(VIDE",
]
TEXTS = st.one_of(
    st.sampled_from(STARTS),
    st.text(st.sampled_from("aé œ’\"';,\t|\n\u00a0\u202f=+-@0123456789.«»#"), min_size=1, max_size=40),
    st.builds(lambda a, b: f"{a}\r\n{b}", st.sampled_from(STARTS), st.sampled_from(STARTS)),
).filter(lambda text: text.strip() and text.strip().casefold() != "(vide)")
AMOUNTS = st.decimals(Decimal("0.01"), Decimal(999_999_999), places=2)


@pytest.fixture
def exported(signed_in, funder, officer):
    """Downloads an address as somebody and sends the file back as the funder's officer; the plan."""

    def both(address: str, *, kind: TableKind = TableKind.LINES, by=None):
        response = signed_in(by or officer).get(address)
        assert response.status_code == 200, address
        name = "t.xlsx" if "xlsx" in address else "t.csv"
        content = b"".join(response.streaming_content)
        answer = importing.send(signed_in(officer), funder, content, name, kind)
        assert answer.status_code == 200, answer.context["form"].errors
        return answer.context["plan"]

    return both


def assert_nothing_changes(plan, number: int) -> None:
    told = [(row.reference, row.outcome.value, row.changes, row.problems) for row in plan.rows]
    assert plan.counts == {"created": 0, "changed": 0, "unchanged": number, "conflict": 0, "wrong": 0}, told


@pytest.fixture
def stock(funder):
    """Initiatives and fundings of every kind, of this funder and of another, with what files like to lose."""
    for code, name in (("01", "Guadeloupe"), ("84", "Auvergne-Rhône-Alpes")):
        Region.objects.get_or_create(code=code, defaults={"name": name})
    bearer = factories.OrganisationFactory(siren="732829320", rna="W751234567")
    programme = Programme.objects.create(name="Programme « été »", slug="ete", lead=funder)
    other = rows.funder(siret="", name="Autre fonds")
    first = rows.initiative(
        reference="0042", prepared_by=funder, bearer=bearer, bearer_name="", bearer_siret="", regions=["01", "84"],
        sdgs=[11, 4], starts_on=month(2024, 3), ends_on=season("summer", 2026), programme=programme,
    )  # fmt: skip
    second = rows.initiative(reference="=1+1", prepared_by=other, is_national=True, bearer_rna="W759876543")
    third = rows.initiative(reference="-3", draft_of=funder, title="'Titre\u00a0: « x »")
    due = (dt.date(2024, 7, 1), dt.date(2025, 7, 1))
    amended = rows.line(of=first, by=funder, reference="007", due=due, amount_agreed=Decimal("12500.50"))
    Amendment.objects.create(line=amended, number=1, signed_on=dt.date(2024, 9, 1), change=Decimal("-500.25"))
    rows.line(of=first, by=funder, reference="008", due=due, purpose="", decision_reference="DEC-1", eu_notified=True)
    rows.line(of=first, by=funder, reference="009", due=due, purpose="x", decision_reference="DEC-1")
    rows.line(of=first, by=funder, reference="010", due=due, purpose="y")
    rows.line(of=second, by=funder, reference="+11", due=due, kind=FundingKind.SKILLS, audience=AmountAudience.FUNDER)
    rows.line(of=second, by=funder, reference="012", kind=FundingKind.LOAN, amount_requested=Decimal("0.01"))
    rows.line(
        of=third, by=funder, reference="013", due=(), state=LineState.REFUSED, reason="@non", amount_agreed=None,
        signed_on=None,
    )  # fmt: skip
    rows.line(of=third, by=funder, reference="014", due=(), state=LineState.DRAFT, amount_agreed=None,
              decided_on=None, signed_on=None)  # fmt: skip
    rows.line(of=first, by=other, reference="007", due=due, amount_agreed=Decimal("1.10"))
    rows.line(of=second, by=other, reference="X-1", due=due, audience=AmountAudience.FUNDER)


def test_the_workbooks_come_back(stock, exported):
    assert_nothing_changes(exported(f"{ADDRESS}financements.xlsx"), 8)
    assert_nothing_changes(exported(f"{ADDRESS}initiatives.xlsx", kind=TableKind.INITIATIVES), 2)


@pytest.mark.parametrize("word", ["csv", "xlsx"])
@pytest.mark.parametrize("reader", ["officer", "member", "administrator"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_downloaded_lists_come_back_whoever_downloaded_them(stock, exported, officer, people, reader, word, language):
    by = {"officer": officer, "member": people.member, "administrator": people.administrator}[reader]
    by.language = language
    by.save()
    seen = {"officer": 3}.get(reader, 2)
    assert_nothing_changes(exported(f"/initiatives/?format={word}", kind=TableKind.INITIATIVES, by=by), seen)
    found = exported(f"/financements/detail/?format={word}", by=by)
    assert found.counts["unchanged"] == sum(found.counts.values()) > 0, [
        (row.reference, row.problems, row.changes) for row in found.rows
    ]


@pytest.mark.parametrize("address", ["/financements/detail/", "/initiatives/"])
def test_our_own_scdl_comes_back_without_any_reference_of_a_decision(stock, exported, address, funder):
    FundingLine.objects.exclude(funder=funder).delete()  # the schema's file of one funder
    found = exported(f"{address}?format=scdl")
    assert_nothing_changes(found, 5)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=6, max_size=6), amount=AMOUNTS)
def test_any_text_and_amount_comes_back_in_every_format(exported, funder, texts, amount):
    title, purpose, summary, place, body, number = texts
    FundingLine.objects.all().delete()
    Initiative.objects.all().delete()
    of = rows.initiative(reference="INI-1", prepared_by=funder, title=title, summary=summary, place=place)
    rows.line(
        of=of, by=funder, reference="A-1", purpose=purpose, decided_by=body, decision_reference=number,
        contract_number=number, amount_agreed=amount, amount_requested=amount, due=(),
    )  # fmt: skip
    assert_nothing_changes(exported(f"{ADDRESS}financements.xlsx"), 1)
    assert_nothing_changes(exported(f"{ADDRESS}initiatives.xlsx", kind=TableKind.INITIATIVES), 1)
    for word in ("csv", "xlsx"):
        assert_nothing_changes(exported(f"/financements/detail/?format={word}"), 1)
        assert_nothing_changes(exported(f"/initiatives/?format={word}", kind=TableKind.INITIATIVES), 1)


# --- three ways -------------------------------------------------------------------------------------------------------


def change_cell(book: bytes, row: int, header: str, value) -> bytes:
    edited = load_workbook(io.BytesIO(book))
    head = [cell.value for cell in edited.worksheets[0][1]]
    edited.worksheets[0].cell(row, head.index(header) + 1).value = value
    file = io.BytesIO()
    edited.save(file)
    return file.getvalue()


def test_a_row_i_did_not_touch_is_no_obstacle_when_a_colleague_changed_it(signed_in, funder, officer):
    of = rows.initiative(title="Ancien titre")
    for reference in ("A-1", "A-2"):
        rows.line(of=of, by=funder, due=(), reference=reference, purpose="Lieu", decided_by="Jury")
    client = signed_in(officer)
    book = b"".join(client.get(f"{ADDRESS}financements.xlsx"))
    FundingLine.objects.filter(reference="A-1").update(purpose="De la collègue", version=2)
    Initiative.objects.update(title="Nouveau titre")
    book = change_cell(book, 2, "Instance", "Bureau")
    book = change_cell(book, 3, "Objet", "De moi")
    answer = importing.send(client, funder, book, "t.xlsx")
    told = {row.reference: [(one.column, one.new) for one in row.changes] for row in answer.context["plan"].rows}
    assert told == {"A-1": [("Instance", "Bureau")], "A-2": [("Objet", "De moi")]}
    importing.write(client, answer)
    found = FundingLine.objects.order_by("reference").values_list("purpose", "decided_by", "version")
    assert list(found) == [("De la collègue", "Bureau", 3), ("De moi", "Jury", 2)]


def test_only_a_cell_that_both_changed_is_a_conflict_and_says_the_three_values(signed_in, funder, officer):
    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1", purpose="Lieu", decided_by="Jury")
    client = signed_in(officer)
    book = b"".join(client.get(f"{ADDRESS}financements.xlsx"))
    FundingLine.objects.update(purpose="De la collègue", version=2)
    book = change_cell(change_cell(book, 2, "Objet", "De moi"), 2, "Instance", "Bureau")

    def send(content):
        return importing.send(client, funder, content, "t.xlsx")

    answer = send(book)
    [row] = answer.context["plan"].rows
    assert row.outcome == Outcome.CONFLICT
    [problem] = row.problems
    assert problem.column == "Objet"
    assert "« Lieu »" in problem.text.replace("\u00a0", " ")
    assert "« De la collègue »" in problem.text.replace("\u00a0", " ")
    assert [one.new for one in send(change_cell(book, 2, "Objet", None)).context["plan"].rows[0].changes] == ["Bureau"]
    kept = send(change_cell(book, 2, "Version de la ligne", 2)).context["plan"]
    assert (kept.may_be_applied, [one.new for one in kept.rows[0].changes]) == (True, ["De moi", "Bureau"])
    assert send(change_cell(book, 2, "Version de la ligne", 77)).context["plan"].rows[0].outcome == Outcome.CONFLICT


# --- the schema -------------------------------------------------------------------------------------------------------

SCDL = (
    "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,"
    "montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,dispositifAide"
)


def scdl_row(
    name: str = "Association",
    siret: str = "90000002500016",
    decision: str = "DEC-1",
    share: str = "1",
    paid: str = "échelonné,2024-07-01/2025-07-01",
    scheme: str = "Contrat de ville",
) -> str:
    return (
        f"Fonds,90000001700013,2024-06-03,{decision},{name},{siret},,Animation,10000.00,aide en numéraire,{paid},"
        f",non,{share},{scheme}"
    )


@pytest.fixture
def send_scdl(signed_in, funder, officer):
    def send(*table: str):
        return importing.send(signed_in(officer), funder, "\r\n".join([SCDL, *table]).encode())

    return send


def test_columns_that_are_not_kept_are_named_with_what_they_fill(send_scdl):
    answer = send_scdl(scdl_row())
    assert answer.context["not_kept"] == [
        ("conditionsVersement", 1),
        ("datesPeriodeVersement", 1),
        ("dispositifAide", 1),
    ]
    assert "« dispositifAide » (1 cellule)" in answer.text.replace("\u00a0", " ")


def test_what_the_portal_has_a_place_for_is_kept_and_comes_back(send_scdl, signed_in, funder, officer):
    """A single payment of a known day is an instalment, the name of a programme that of the new initiative."""
    programme = Programme.objects.create(name="Contrat de ville", slug="contrat-de-ville", lead=funder)
    table = [
        scdl_row(paid="unique,2024-07-01"),
        scdl_row("Autre", "90000003300010", paid="unique,2024-07-01/2024-09-01"),
    ]
    answer = send_scdl(*table)
    assert answer.context["not_kept"] == [("conditionsVersement", 1), ("datesPeriodeVersement", 1)]
    assert "1er juillet 2024" in answer.text.replace("\u00a0", " ").replace("<sup>er</sup>", "er")
    importing.write(signed_in(officer), answer)
    line = FundingLine.objects.get(initiative__bearer_name="Association")
    assert line.initiative.programme == programme
    [instalment] = line.instalments.all()
    assert (instalment.due_on, instalment.amount) == (dt.date(2024, 7, 1), Decimal(10_000))
    assert not FundingLine.objects.get(initiative__bearer_name="Autre").instalments.exists()
    again = send_scdl(*table)
    assert_nothing_changes(again.context["plan"], 2)
    assert again.context["passed_over"] == []


def test_what_a_row_says_otherwise_of_a_funding_that_exists_is_told(send_scdl, signed_in, funder, officer):
    for name in ("Contrat de ville", "Fonds de relance"):
        Programme.objects.create(name=name, slug=slugify(name), lead=funder)
    importing.write(signed_in(officer), send_scdl(scdl_row(paid="unique,2024-07-01")))
    answer = send_scdl(scdl_row(paid="unique,2024-09-01", scheme="Fonds de relance"))
    assert_nothing_changes(answer.context["plan"], 1)
    assert answer.context["passed_over"] == [("datesPeriodeVersement", 1), ("dispositifAide", 1)]
    assert "« datesPeriodeVersement » (1 cellule)" in answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("meaning", "expected"), [("whole", [Decimal(4000), Decimal(6000)]), ("part", [Decimal(10_000)] * 2)]
)
def test_shares_of_one_decision_are_asked_about(send_scdl, signed_in, officer, meaning, expected):
    table = [scdl_row(share="0.6"), scdl_row("Autre", "90000003300010", share="0.4")]
    answer, client = send_scdl(*table), signed_in(officer)
    address, fingerprint = answer.request["PATH_INFO"], answer.context["plan"].fingerprint
    assert "La décision entière" in answer.text
    assert client.post(address, {"fingerprint": fingerprint}).status_code == 409
    assert client.post(address, {"share": "autre"}).status_code == 422
    answer = importing.after(client, client.post(address, {"share": meaning}))
    importing.write(client, answer)
    assert sorted(FundingLine.objects.values_list("amount_agreed", flat=True)) == expected
    again = send_scdl(*table).request["PATH_INFO"]
    again = importing.after(client, client.post(again, {"share": meaning}))
    assert_nothing_changes(again.context["plan"], 2)


def test_rows_without_the_reference_of_a_decision_are_taken_and_found_again(send_scdl, signed_in, officer):
    table = [scdl_row(decision=""), scdl_row(decision=""), scdl_row("Autre", "90000003300010", decision="")]
    answer = send_scdl(*table)
    importing.write(signed_in(officer), answer)
    assert FundingLine.objects.count() == 3
    assert_nothing_changes(send_scdl(*reversed(table)).context["plan"], 3)


def test_two_beneficiaries_of_a_decision_that_one_had_already(send_scdl, signed_in, officer):
    first = send_scdl(scdl_row())
    importing.write(signed_in(officer), first)
    found = send_scdl(scdl_row(), scdl_row("Autre", "90000003300010")).context["plan"]
    assert (found.counts["unchanged"], found.counts["created"]) == (1, 1)


def test_long_references_of_decisions_stay_apart(send_scdl, signed_in, officer):
    long = "Délibération du conseil départemental et de sa commission permanente : rapport n° 2024-06-03-"
    answer = send_scdl(scdl_row(decision=f"{long}{1:03}"), scdl_row(decision=f"{long}{2:03}"))
    assert answer.context["plan"].may_be_applied, answer.context["plan"].shared
    importing.write(signed_in(officer), answer)
    assert set(FundingLine.objects.values_list("decision_reference", flat=True)) == {f"{long}001", f"{long}002"}


def test_equal_problems_are_told_once_with_their_rows(send_scdl):
    answer = send_scdl(*(scdl_row(decision=f"D-{n}").replace("10000.00", "") for n in range(30)))
    [shared] = answer.context["plan"].shared
    assert (shared.count, shared.numbers[:3], shared.others) == (30, ["2", "3", "4"], 20)
    assert "30 lignes : 2, 3, 4, 5, 6, 7, 8, 9, 10, 11" in answer.text.replace("\u00a0", " ")
    assert answer.text.count(shared.problem.text) == 1
