"""The interface speaks one language at a time: the catalogue is complete, and no text stands hard-coded in a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import polib
import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from core.accounts.models import User
from core.imports import registry
from core.imports.models import ImportFile
from core.management import catalogues
from members.models import Organisation
from tests.matrix.scene import build
from tests.support.pages import readable_pages

OPEN, CLOSE = "⟦", "⟧"
SHOWN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "content", "label", "data-confirm"}
# identifiers, hashes, and the short code of a document: a group of its letters may look like a word
FINGERPRINT = re.compile(r"\b[0-9a-f]{8}[0-9a-f-]*\b|\b[0-9A-F]{4}(?:-[0-9A-F]{4}){2}\b")
UNREAD = {"script", "style", "code"}  # code: addresses, keys, fingerprints
SAME_IN_ALL = {  # words that no language translates
    "français", "english", "pdf", "csv", "xlsx", "odt", "docx", "html", "url", "qr", "sha", "siren", "rna", "insee",
    "odd", "petr", "png", "svg", "word", "viewport", "width", "device", "initial", "scale", "dark", "light", "color", "scheme", "demo",
    "django", "postgresql", "python", "redis", "allauth", "celery", "granian", "weasyprint",  # programs
    "bytes",  # the tag of sizes writes its units in each language itself
    "st", "nd", "rd", "th", "min", "ctrl",  # English ordinals (French ones stand raised), a unit, a key
}  # fmt: skip


def test_the_catalogue_is_complete_and_well_written():
    known = catalogues.load()
    found = [*catalogues.differences(catalogues.collect(), known), *catalogues.problems(known)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("english", "french", "complaint"),
    [
        ("%(n)s rows", "des lignes", "other placeholders"),
        ("<strong>All</strong>", "Tout", "other tags"),
        ("Really?", "Vraiment ?", "a no-break space is missing"),
        ("Really?", "Vraiment?", "a no-break space is missing"),
        ("the minutes", "l'ordre", "straight quotation marks"),
        ("Wait…", "Attendez...", "three dots instead of …"),
    ],
)
def test_the_lint_of_french_sees(english, french, complaint):
    entry = polib.POEntry(msgid=english, msgstr=french)
    assert [line.partition(":")[0] for line in catalogues.problems([entry])] == [complaint]


def test_a_comment_to_translators_never_repeats_the_french():
    entry = polib.POEntry(msgid="%(n)s rows", msgstr="%(n)s lignes", comment="Translators: rows of a table")
    assert list(catalogues.problems([entry])) == []
    entry.comment = "Translators: 3 lignes"
    assert [line.partition(",")[0] for line in catalogues.problems([entry])] == [
        "the comment to translators repeats the French"
    ]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Really?", "Vraiment\u202f?"),
        ("At 14:05: now", "À 14:05\u00a0: maintenant"),
        ("https://a.b/?c", "https://a.b/?c"),
    ],
)
def test_right_french_passes(english, french):
    assert list(catalogues.problems([polib.POEntry(msgid=english, msgstr=french)])) == []


def test_going_back_is_never_called_as_an_act_is():
    """“Annuler la session” beside “Annuler”: which one goes back, nobody could say."""
    known = catalogues.load()
    assert [entry.msgid for entry in known if entry.msgstr == "Annuler"] == []
    assert known.find("Cancel", msgctxt=False).msgstr == "Revenir"


def test_a_role_is_never_said_in_the_masculine_alone():
    """“Sofia Marchetti, représentant”: one person's role bears both forms, as in animateur·rice."""
    masculine = re.compile(r"\b(?:représentant|suppléant|observateur)\b(?!·)(?! l[ae’]| le)")
    wrong = [
        text for e in catalogues.load() for text in (e.msgstr, *e.msgstr_plural.values()) if masculine.search(text)
    ]
    assert wrong == []


def test_merging_keeps_translations_and_guesses_nothing():
    found, known = polib.POFile(), polib.POFile()
    found.append(polib.POEntry(msgid="Minutes"))
    found.append(polib.POEntry(msgid="Minutes of a session"))
    known.append(polib.POEntry(msgid="Minutes", msgstr="Compte rendu"))
    known.append(polib.POEntry(msgid="Gone", msgstr="Parti"))
    merged = catalogues.merge(found, known)
    assert [(entry.msgid, entry.msgstr) for entry in merged] == [
        ("Minutes", "Compte rendu"),
        ("Minutes of a session", ""),
    ]


@pytest.fixture
def pseudo_language(monkeypatch) -> Iterator[None]:
    """Every translated text stands between brackets, so that the others are seen."""

    def bracketed(text: str) -> str:
        return f"{OPEN}{text}{CLOSE}" if text.strip() else text

    pseudo = {
        "gettext": lambda message: bracketed(str(message)),
        "pgettext": lambda context, message: bracketed(str(message)),
        "ngettext": lambda one, many, n: bracketed(one if n == 1 else many),
        "npgettext": lambda context, one, many, n: bracketed(one if n == 1 else many),
    }
    for name, function in pseudo.items():
        # The first look at `_trans` fetches from `trans_real`: what is put back afterwards must be the real one.
        monkeypatch.setattr(translation._trans, name, function)
        monkeypatch.setattr(trans_real, name, function)
    with translation.override("en"):
        yield


class _Text(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in UNREAD
        if tag == "meta" and ("name", "description") not in attributes:
            return
        self.pieces += [value for name, value in attributes if name in SHOWN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def hard_coded(html: str, data: set[str]) -> set[str]:
    """Words of a page that are neither between brackets nor in the database."""
    parser = _Text()
    while re.search(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", html):
        html = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", html)
    parser.feed(html)
    text = FINGERPRINT.sub(" ", " ".join(parser.pieces))
    words = re.findall(r"[^\W\d_]{2,}", text)
    return {word for word in words if word.casefold() not in data}


TEXTS = models.CharField | models.TextField | models.JSONField


def words_of(text: str) -> Iterator[str]:
    return (word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text))


def words_of_the_database() -> set[str]:
    found = set(SAME_IN_ALL)
    for kind in registry.all_kinds():  # the heads of a table that people fill in are the same in every language
        found.update(word for column in kind.shape.columns for word in words_of(column.header))
    for file in ImportFile.objects.all():
        found.update(words_of(bytes(file.content).decode()))
    for model in apps.get_models():
        names = [f.attname for f in model._meta.concrete_fields if isinstance(f, TEXTS)]
        for row in model._default_manager.values_list(*names) if names and model._meta.managed else ():
            for value in row:
                found.update(words_of(str(value)))
    for named in (*User.objects.all(), *Organisation.objects.all()):
        found.add(named.initials.casefold())
    return found


def test_no_text_is_hard_coded(people, signed_in, pseudo_language):
    scene = build(people)
    data = words_of_the_database()
    found = {}
    for role, address in readable_pages(scene):
        if address == reverse("style-guide"):
            continue  # its samples are data, and its headings the names of files
        client = signed_in(people.role(role))
        client.cookies["django_language"] = "en"
        response = client.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        if words := hard_coded(response.content.decode(), data):
            found[address] = sorted(words)
    assert not found, "\n".join(f"{address}: {', '.join(words)}" for address, words in found.items())


def test_the_search_for_hard_coded_text_finds_it():
    html = f'<p title="Bonjour">{OPEN}Hello <b>{OPEN}dear{CLOSE} reader</b>{CLOSE}: Atelier</p><script>x</script>'
    assert hard_coded(html, {"atelier"}) == {"Bonjour"}


def test_letters_of_a_fingerprint_are_no_words():
    assert hard_coded("<p>7F3C-91AB-0FBE, c628d492abcd</p>", set()) == set()
