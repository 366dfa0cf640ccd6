"""Files of lists: small ones at once, long ones and PDF by the worker, from the same query; charts as pictures."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from core.models import Region
from core.reports import jobs
from core.reports.models import Report
from funding.dashboard.numbers import SHOWN
from funding.enums import AmountAudience
from funding.exports import files
from funding.figures import compute
from funding.models import FundingLine, ListFile, Payment
from tests.funding import rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]
DASHBOARD, DETAIL, INITIATIVES = "/financements/", "/financements/detail/", "/initiatives/"


@pytest.fixture
def stock(people):
    Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    bank = rows.funder(name="Banque d’essai")
    for number in range(4):
        of = rows.initiative(regions=["84"], title=f"=1+{number} au village")
        line = rows.line(of=of, by=bank, amount_agreed=Decimal(1_000 * (number + 1)))
    Payment.objects.create(line=line, paid_on=timezone.localdate().replace(month=1, day=1), amount=Decimal(400))
    rows.line(of=of, by=bank, audience=AmountAudience.FUNDER, reference="CACHÉ", amount_agreed=Decimal(987_654))
    return people


@pytest.fixture
def short(monkeypatch):
    """Two rows are already too many for a request."""
    monkeypatch.setattr(files, "MOST_AT_ONCE", 2)


def made(client, address: str) -> bytes:
    """The file that is asked for at `address`, made as the worker makes it."""
    asked = client.get(address)
    assert asked.status_code == 302, address
    assert client.get(asked.url).status_code == 200
    assert not ListFile.objects.exists() or client.get(asked.url).status_code == 200
    answer = client.post(asked.url)
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert page.context["job"].is_active
    report = Report.objects.latest("pk")
    jobs.make(jobs.claim(report.pk, now=timezone.now()))
    assert client.get(answer.url).context["job"].status == "done"
    sent = client.get(f"{answer.url}fichier/")
    assert sent.status_code == 200
    return b"".join(sent.streaming_content)


@pytest.mark.parametrize(("path", "number"), [(INITIATIVES, 4), (DETAIL, 4)])
def test_every_format_of_the_worker_holds_the_rows_of_the_list(stock, short, signed_in, path, number):
    client = signed_in(stock.member)
    table = list(csv.reader(io.StringIO(made(client, f"{path}?format=csv").decode("utf-8-sig")), delimiter=";"))
    book = load_workbook(io.BytesIO(made(client, f"{path}?format=xlsx")))
    features = json.loads(made(client, f"{path}?format=geojson"))["features"]
    scdl = list(csv.DictReader(io.StringIO(made(client, f"{path}?format=scdl").decode())))
    assert len(table) - 1 == book.worksheets[0].max_row - 1 == len(features) == len(scdl) == number
    assert len(book.worksheets) == 2
    pdf = PdfReader(io.BytesIO(made(client, f"{path}?format=pdf")))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert len(set(re.findall(r"=1\+\d\s+au\s+village", text))) == number
    assert "987" not in text.replace("\u00a0", "")


def test_a_short_list_comes_at_once(stock, signed_in):
    answer = signed_in(stock.member).get(f"{DETAIL}?format=csv")
    assert answer.status_code == 200
    assert not ListFile.objects.exists()


def test_the_dashboard_as_pdf_holds_the_figures_of_the_page(stock, signed_in):
    client = signed_in(stock.member)
    address = client.get(f"{DASHBOARD}?region=84").context["print_address"]
    answer = client.post(address)
    report = Report.objects.latest("pk")
    jobs.make(jobs.claim(report.pk, now=timezone.now()))
    pdf = PdfReader(io.BytesIO(b"".join(client.get(f"{answer.url}fichier/").streaming_content)))
    text = " ".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ")
    assert "10 000 €" in text
    assert "Auvergne-Rhône-Alpes" in text
    assert "987 654" not in text
    said = "1 financement dont le financeur ne communique pas le montant n’est dans aucun chiffre d’ici."
    assert said in " ".join(text.split()), "what is left out is said on paper as on the page"


def test_a_file_is_for_who_asked_and_reads_what_he_or_she_may_see_then(stock, short, signed_in):
    client = signed_in(stock.member)
    answer = client.post(client.get(f"{DETAIL}?format=csv").url)
    assert signed_in(stock.animator).get(answer.url).status_code == 404
    FundingLine.objects.update(audience=AmountAudience.FUNDER)
    jobs.make(jobs.claim(Report.objects.get().pk, now=timezone.now()))
    text = b"".join(client.get(f"{answer.url}fichier/").streaming_content).decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 1


def test_what_cannot_be_read_is_never_the_whole_list(stock, short, signed_in):
    client = signed_in(stock.member)
    for query in ("region=1&format=csv", "format=doc"):
        assert client.get(f"{DETAIL}?{query}").status_code == 400
    ask = "/financements/fichiers/nouveau/"
    for query in ("", "?page_filtree=initiatives", "?page_filtree=x&fichier=csv"):
        assert client.get(f"{ask}{query}").status_code == 400
    assert client.post(f"{ask}?page_filtree=initiatives&fichier=csv&region=1").status_code == 400
    assert not ListFile.objects.exists()


def test_a_list_too_long_for_a_pdf_says_so(stock, signed_in, monkeypatch):
    monkeypatch.setattr(files, "MOST_PRINTED", 2)
    client = signed_in(stock.member)
    asked = client.get(f"{DETAIL}?format=pdf")
    assert client.get(asked.url).context["too_long"]
    assert client.post(asked.url).status_code == 422
    assert not Report.objects.exists()


# --- every figure opens the list behind it ----------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?region=84", "?etat=conventionne", "?annee=2024"])
def test_every_figure_opens_a_list_of_the_same_total(stock, signed_in, query):
    client = signed_in(stock.member)
    board = client.get(f"{DASHBOARD}{query}").context["board"]
    assert [kpi.key for kpi in board.kpis] == list(SHOWN)
    for kpi in board.kpis:
        totals = client.get(kpi.url).context["totals"]
        figure = compute.definition(kpi.key)
        value = str(totals[kpi.key] if not figure.is_money else int(totals[kpi.key]))
        assert re.sub(r"\D", "", kpi.value) == value, kpi.key


def test_a_bar_of_payments_opens_what_was_paid_in_that_year(stock, signed_in):
    client = signed_in(stock.member)
    board = client.get(DASHBOARD).context["board"]
    year = timezone.localdate().year
    paid = next(row for row in board.years if row.label == str(year))
    bars = [bar for group in board.year_chart.groups if group.label == str(year) for bar in group.bars]
    opened = client.get(bars[1].url)
    assert opened.context["paid_in"] == (year, paid.paid) == (year, Decimal(400))
    assert client.get(f"{DETAIL}?verse=bientot").status_code == 400


def test_two_years_are_compared_with_the_two_before(stock, signed_in):
    bank = FundingLine.objects.first().funder
    client = signed_in(stock.member)
    early = {"decided_on": "2022-05-02", "signed_on": "2022-06-03"}
    rows.line(of=rows.initiative(), by=bank, amount_agreed=Decimal(5_000), **early)
    later = {"decided_on": "2023-05-02", "signed_on": "2023-06-03"}
    rows.line(of=rows.initiative(), by=bank, amount_agreed=Decimal(5_000), **later)
    one = client.get(f"{DASHBOARD}?annee=2024").context["board"].kpis[0].trend
    assert "100" in one
    assert "2023" in one
    assert client.get(f"{DASHBOARD}?annee=2022&annee=2024").context["board"].kpis[0].trend == ""


# --- charts as pictures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["annees", "carte", "stades", "objectifs", "programmes"])
def test_a_chart_is_downloaded_as_svg_and_png(stock, signed_in, word):
    client = signed_in(stock.member)
    vector = client.get(f"/financements/graphiques/{word}.svg?region=84")
    assert vector["Content-Type"] == "image/svg+xml"
    assert vector["Content-Disposition"].startswith("attachment")
    assert "<title>" in vector.text
    assert "<a " not in vector.text
    assert "987" not in re.sub(r"[\u00a0\s]", "", re.sub(r'd="[^"]*"', "", vector.text))
    picture = Image.open(io.BytesIO(client.get(f"/financements/graphiques/{word}.png?region=84").content))
    assert picture.format == "PNG"
    assert picture.width >= 1_000
    assert len(picture.convert("RGB").getcolors(1 << 20)) > 50  # its words are drawn too, smoothly


def test_a_picture_of_a_wrong_filter_or_name_is_none(stock, signed_in):
    client = signed_in(stock.member)
    assert client.get("/financements/graphiques/annees.svg?region=1").status_code == 400
    assert client.get("/financements/graphiques/annees.gif").status_code == 404
    assert client.get("/financements/graphiques/autre.svg").status_code == 404
