"""A funder who may not see another's amount walks everything that shows, adds up, draws, prints or sends amounts."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from core.models import Region
from core.reports import registry
from core.reports.jobs import print_html
from funding import exports
from funding.dashboard import pictures
from funding.enums import AmountAudience, FrozenAudience, ListPage
from funding.exports import files
from funding.frozen import services
from funding.models import ListFile, Payment, Programme
from members.saved_views import services as saved_views_services
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SHOWN, HIDDEN = Decimal(12_345), Decimal(987_654)
TOGETHER, PAID = SHOWN + HIDDEN, Decimal(654_321)  # 999 999 would tell the hidden one to whoever subtracts


@pytest.fixture
def hidden(people):
    """An initiative with an amount that everybody sees and one that its funder keeps, paid in part; and a spy."""
    Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    keeper = rows.funder(name="Fonds discret", slug="discret", member=True)
    spy = rows.funder(name="Fonds curieux", slug="curieux", member=True)
    programme = Programme.objects.create(name="Réussir", slug="reussir", lead=spy)
    of = rows.initiative(slug="lieu", prepared_by=spy, programme=programme, regions=["84"], sdgs=[11])
    rows.line(of=of, by=spy, amount_agreed=SHOWN, reference="VU")
    line = rows.line(of=of, by=keeper, amount_agreed=HIDDEN, reference="CACHÉ", audience=AmountAudience.FUNDER, due=())
    Payment.objects.create(line=line, paid_on=dt.date(2024, 9, 1), amount=PAID)
    officer = factories.PositionFactory(organisation=keeper).user
    day = dt.date(2024, 12, 31)
    common = {"name": "Bilan", "as_of": day, "query": "", "now": NOW}
    own = services.freeze(organisation=keeper, audience=FrozenAudience.ORGANISATION, by=officer, **common)
    told = services.freeze(organisation=keeper, audience=FrozenAudience.MEMBERS, by=officer, **common)
    view = saved_views_services.save_view(
        page=ListPage.DASHBOARD, query="financeur=discret", name="Discret", by=officer, now=NOW
    )
    curious = factories.PositionFactory(organisation=spy).user
    mine = services.freeze(organisation=spy, audience=FrozenAudience.ORGANISATION, by=curious, **common)
    return {"spy": curious, "officer": officer, "line": line, "own": own, "told": told, "mine": mine, "view": view}


def digits(content: str) -> str:
    """The text with its figures written without anything between the thousands."""
    return re.sub(r"(?<=\d)[\s\u00a0\u202f.,'](?=\d)", "", re.sub(r'\bd="[^"]*"', "", content))


def tells(content: str) -> bool:
    plain = digits(content)
    return any(str(int(amount)) in plain for amount in (HIDDEN, TOGETHER, PAID, HIDDEN - PAID))


PAGES = [
    "/initiatives/", "/initiatives/?vue=tableau&tri=montant", "/initiatives/lieu/", "/financements/",
    "/financements/?financeur=discret", "/financements/?annee=2024", "/financements/?region=84",
    "/financements/detail/", "/financements/detail/?financeur=discret", "/financements/detail/?verse=2024",
    "/financements/?financeur=curieux", "/financements/?avec=discret", "/financements/detail/?avec=curieux",
    "/financements/detail/?avec=discret&avec=curieux", "/financements/detail/?etat=conventionne", "/regions/",
    "/financeurs/", "/financeurs/discret/", "/financeurs/curieux/", "/programmes/", "/initiatives/?financeur=discret",
    "/regions/84/", "/programmes/reussir/", "/financements/lignes/", "/financements/a-verser/?avant=2099-01-01",
    "/financements/bilans-en-retard/", "/financements/import/", "/financements/arretes/", "/vues/",
    "/membres/discret/", "/", "/donnees-ouvertes/", "/api/v1/initiatives/", "/api/v1/programmes/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_no_page_tells_it(hidden, signed_in, address):
    answer = signed_in(hidden["spy"]).get(address)
    assert answer.status_code == 200
    assert not tells(answer.text)


def test_its_funder_does_find_it(hidden, signed_in):
    """The walk would notice: the same pages tell it to whom it belongs."""
    client = signed_in(hidden["officer"])
    assert tells(client.get("/financements/").text)
    assert tells(client.get("/financements/detail/").text)
    assert tells(client.get(hidden["own"].get_absolute_url()).text)


@pytest.mark.parametrize("path", ["/initiatives/", "/financements/detail/", "/financements/lignes/"])
@pytest.mark.parametrize("word", ["csv", "scdl", "scdl-incomplets", "360giving", "geojson"])
def test_no_file_tells_it(hidden, signed_in, path, word):
    answer = signed_in(hidden["spy"]).get(f"{path}?format={word}")
    if path == "/financements/lignes/" and word != "csv":
        assert answer.status_code == 400
        return
    assert not tells(b"".join(answer.streaming_content).decode())


@pytest.mark.parametrize(
    "address",
    [
        "/initiatives/?format=xlsx", "/financements/detail/?format=xlsx", "/financements/lignes/?format=xlsx",
        "/financements/import/financements.xlsx", "/financements/import/initiatives.xlsx",
    ],
)  # fmt: skip
def test_no_workbook_tells_it(hidden, signed_in, address):
    book = load_workbook(io.BytesIO(b"".join(signed_in(hidden["spy"]).get(address).streaming_content)))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert cells
    assert not any(tells(cell) for cell in cells)


@pytest.mark.parametrize("page", list(ListPage))
def test_no_printed_list_tells_it(hidden, page):
    """What the worker would lay out, and the charts it would draw into it."""
    file = ListFile.objects.create(page=page, format=exports.PDF, by=hidden["spy"], asked_at=NOW)
    kind = registry.kind(files.LIST_PRINT)
    content = kind.content(file, "fr")
    assert not tells(print_html(kind, content, "fr"))
    assert not any(tells(image.decode()) for image in content.images.values())


def test_no_chart_tells_it(hidden, signed_in):
    client = signed_in(hidden["spy"])
    for word in ("annees", "carte", *pictures.SLICE_NAMES.values()):
        assert not tells(client.get(f"/financements/graphiques/{word}.svg?financeur=discret").text)
        assert not tells(client.get(f"/financements/graphiques/{word}.svg").text)


def test_no_frozen_figures_tell_it(hidden, signed_in):
    client = signed_in(hidden["spy"])
    for part in ("", "ecarts/", "ecarts/?au=aujourdhui", "?format=csv", "rapport.pdf"):
        assert client.get(hidden["own"].get_absolute_url() + part).status_code == 404
    for readable in (hidden["told"], hidden["mine"]):
        for part in ("", "ecarts/", "ecarts/?au=aujourdhui"):
            assert not tells(client.get(readable.get_absolute_url() + part).text)
        table = b"".join(client.get(f"{readable.get_absolute_url()}?format=csv").streaming_content)
        assert not tells(table.decode())
        assert not tells(str(readable.content))


def test_no_line_and_no_view_of_another_is_reached(hidden, signed_in):
    client = signed_in(hidden["spy"])
    line = client.get(f"/financements/lignes/{hidden['line'].public_id}/")
    assert line.status_code == 403
    assert not tells(line.text)
    assert "Discret" not in client.get("/vues/").text
    assert client.get(f"/vues/{hidden['view'].public_id}/modifier/").status_code == 404
