"""Text as it enters and as it is compared, in Python and in the database alike."""

from __future__ import annotations

import unicodedata

import pytest
from django.db.models import Value

from core import text
from core.db.name_key import name_key_of
from core.docx.traces import Traces
from core.forms.fields import bare_link
from core.forms.numbers import plain_number
from core.richtext import from_form
from core.tables.sheets import Unreadable, decoded
from members.models import Organisation
from portal.environment import Environment
from tests import factories

NFD = unicodedata.normalize("NFD", "Économie")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  Un   titre \t", "Un titre"),
        ("Collé\x0bde PowerPoint", "Collé de PowerPoint"),
        (NFD, "Économie"),
        ("a\0b\x07c\x9fd\ufeffe\u200bf\u202eg\ufffeh\ud800i", "abcdefghi"),
        ("Quel avenir\u00a0?", "Quel avenir\u00a0?"),
        ("12 \u202f000", "12\u202f000"),
        ("Une\r\nligne\u2028deux", "Une ligne deux"),
    ],
)
def test_one_line(sent, kept):
    assert text.one_line(sent) == kept


def test_lines_stay_lines():
    assert text.lines("Un\x0bdeux\u2029trois\x00\r\n\tquatre  cinq") == "Un\ndeux\ntrois\r\n\tquatre  cinq"


def test_rich_text_holds_no_control_character():
    assert from_form("<p>a\x0bb&#11;c&#7;d</p>", "html") == "<p>a\nb\ncd</p>"
    assert from_form("a\x00\x07b", "plain") == "<p>ab</p>"


def test_escapes_of_json_bring_nothing_in():
    traces = Traces.from_json('{"pictures": ["a\\ud800b\\u0000c"]}')
    assert traces.pictures == ["abc"]


NAMES = [
    "Association L’Étape du Cœur",
    "association l'etape du coeur",
    "ASSOCIATION  L\u02bcÉTAPE\u00a0DU CŒUR ",
    unicodedata.normalize("NFD", "Association L’Étape du Cœur"),
]


def test_a_name_is_one_in_python_and_in_the_database(db):
    factories.OrganisationFactory()
    for name in [*NAMES, "Saint‑Étienne – Métropole", "Æ & œ", "Ligne\u00adbrisée", "ﬁlière 2²"]:
        rows = Organisation.objects.annotate(_name=Value(name)).annotate(_key=name_key_of("_name"))
        assert rows.values_list("_key", flat=True).get() == text.name_key(name), name
    assert {text.name_key(name) for name in NAMES} == {"association l'etape du coeur"}
    assert text.name_key("Étape", accents=True) != text.name_key("Etape", accents=True)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("−500", "-500"),
        ("1 200,50 €", "1200.50"),
        ("1\u202f200\u00a0000", "1200000"),
        ("12,500.50", "12500.50"),
        ("12.500,50 EUR", "12500.50"),
        ("beaucoup", "beaucoup"),
    ],
)
def test_numbers(typed, plain):
    assert plain_number(typed) == plain


@pytest.mark.parametrize(
    "copied",
    ["{}.", "({})", "<{}>", "« {} »", "{},", "{}).", '"{}"', " {}\u00a0!"],
)
def test_a_link_copied_out_of_a_mail(copied):
    for link in ("https://exemple.example/page", "https://fr.wikipedia.org/wiki/Lille_(Nord)"):
        assert bare_link(copied.format(link)) == link


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_tables_in_every_encoding(encoding):
    table = "Référence\tStructure\r\nA-1\tL’Étape\r\n"
    assert decoded(table.encode(encoding)) == table


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0\0\0", b"abc\0\0\0\1\2def"])
def test_what_is_no_text(content):
    with pytest.raises(Unreadable):
        decoded(content)


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://portail.example.org", True),
        ("http://portail.example.org", False),
        ("http://10.0.0.3:8000", False),
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:8000", True),
    ],
)
def test_production_has_no_plain_http(monkeypatch, address, taken):
    monkeypatch.setenv("PORTAL_BASE_URL", address)
    environment = Environment()
    assert environment.base_url("PORTAL_BASE_URL", None, https=True) == address
    assert (environment.problems == []) == taken
    assert Environment().base_url("PORTAL_BASE_URL", None, https=False) == address
