"""The catalogue of translations: gathers the messages of the code, keeps the file stable, finds what is wrong in it.

Messages are English and stand in the code; `locale/fr` holds their French. Needs GNU gettext and polib (a
development dependency), so only the two commands `collect_messages` and `check_translations` import this.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings

FOLDERS = ("core", "funding", "governance", "members", "portal", "sessions_app", "templates", "watch")
SUFFIXES = {".py", ".html", ".txt"}
LANGUAGE = "fr"
METADATA = {
    "Project-Id-Version": "portail-articulation",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


_COMMENT = re.compile(r"(\{#\s*Translators:.*?#\})")


def catalogue_path() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES" / "django.po"


def load() -> polib.POFile:
    """The catalogue as it stands; an empty one where there is none yet."""
    path = catalogue_path()
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def collect() -> polib.POFile:
    """Every message of the code, untranslated; gathered in a copy, so that the checkout is only read."""
    with tempfile.TemporaryDirectory() as place:
        _copy_sources(Path(place))
        (Path(place) / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "-l", LANGUAGE, "-e", "py,html,txt"]
        command += ["--add-location", "file", "--keep-pot", "-v0"]
        variables = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=place, env=variables, check=True)
        found = polib.pofile(str(Path(place) / "locale" / "django.pot"))
    for entry in found:
        entry.occurrences = [(path, "") for path in sorted({path for path, _line in entry.occurrences})]
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return found


def _copy_sources(place: Path) -> None:
    root = Path(settings.BASE_DIR)
    for folder in FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.suffix in SUFFIXES and "__pycache__" not in path.parts and "migrations" not in path.parts:
                target = place / path.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                # Django hears a comment to translators only where it ends its line
                target.write_text(_COMMENT.sub(r"\n\1\n", path.read_text()))


def key(entry: polib.POEntry) -> tuple[str, str]:
    """What makes a message one: its context and its English text."""
    return (entry.msgctxt or "", entry.msgid)


def merge(found: polib.POFile, known: polib.POFile) -> polib.POFile:
    """The messages of `found` with the translations of `known`; nothing is guessed, nothing obsolete is kept."""
    translated = {key(entry): entry for entry in known if not entry.obsolete}
    result = polib.POFile(wrapwidth=110)
    result.metadata = dict(METADATA)
    for entry in sorted(found, key=lambda entry: (entry.occurrences[:1], *key(entry))):
        old = translated.get(key(entry))
        if entry.msgid_plural:
            same = old is not None and old.msgid_plural == entry.msgid_plural
            entry.msgstr_plural = dict(old.msgstr_plural) if same else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old is not None and not old.msgid_plural else ""
        result.append(entry)
    return result


def differences(found: polib.POFile, known: polib.POFile) -> Iterator[str]:
    """One sentence for each message that the catalogue lacks, or holds without need."""
    here, there = {key(entry): entry for entry in found}, {key(entry): entry for entry in known if not entry.obsolete}
    for missing in sorted(here.keys() - there.keys()):
        yield f"missing from the catalogue: {missing[1]!r} ({_places(here[missing])})"
    for stale in sorted(there.keys() - here.keys()):
        yield f"no longer in the code: {stale[1]!r}"
    for obsolete in (entry for entry in known if entry.obsolete):
        yield f"obsolete: {obsolete.msgid!r}"


def problems(known: polib.POFile) -> Iterator[str]:
    """One sentence for each translation that is missing, unsure, or not as French is written."""
    for entry in known:
        if entry.obsolete:
            continue
        where = f"{entry.msgid!r} ({_places(entry)})"
        if "fuzzy" in entry.flags:
            yield f"fuzzy: {where}"
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [(entry.msgid_plural if form else entry.msgid, text) for form, text in entry.msgstr_plural.items()]
        for english, french in pairs:
            if not french:
                yield f"untranslated: {where}"
                continue
            for complaint in _complaints(english, french, plural=bool(entry.msgid_plural)):
                yield f"{complaint}: {french!r} for {where}"
            if entry.comment and _bare(french) in _bare(entry.comment):
                yield f"the comment to translators repeats the French, which stands here: {where}"


_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
_TAG = re.compile(r"</?([a-z][a-z0-9]*)")
_ADDRESS = re.compile(r"https?://\S+|\d{1,2}:\d{2}|<[^>]*>|%\(\w+\)[sd]|&[a-z]+;")


def _bare(text: str) -> str:
    """The words of a message, without its tags, placeholders, digits and signs."""
    return " ".join(
        re.findall(r"[^\W\d_]+", _PLACEHOLDER.sub(" ", re.sub(r"<[^>]+>|\{\{[^}]*\}\}", " ", text)).lower())
    )


# "celui de Anaïs", "que Odile": nothing before the name may depend on its first letter
_BARE_BEFORE_NAME = re.compile(
    r"\b(?:de|que|jusque|lorsque|puisque) (?:%\(|\{)(?:name|author|person|who|user|writer|by|first_name|colleague)\b",
    re.IGNORECASE,
)


def _complaints(english: str, french: str, *, plural: bool) -> Iterator[str]:
    wanted, given = set(_PLACEHOLDER.findall(english)), set(_PLACEHOLDER.findall(french))
    if given - wanted or (wanted - given and not plural):  # "un rapport" may leave out the number
        yield "other placeholders"
    if sorted(_TAG.findall(english)) != sorted(_TAG.findall(french)):
        yield "other tags"
    if (english[:1] in " \n") != (french[:1] in " \n") or (english[-1:] in " \n") != (french[-1:] in " \n"):
        yield "other white space at an end"
    plain = _ADDRESS.sub("x", french)
    if re.search(r"(?<![\u00a0\u202f\s:])[:;?!](?=\s|$)|[ ][:;?!»%€]|[«](?![\u00a0\u202f])", plain):
        yield "a no-break space is missing"
    if "'" in plain or '"' in plain:
        yield "straight quotation marks"
    if _BARE_BEFORE_NAME.search(french):
        yield "“de” or “que” before a name: it may begin with a vowel or bring its article; say it otherwise"
    if "..." in plain:
        yield "three dots instead of …"


def _places(entry: polib.POEntry) -> str:
    return ", ".join(path for path, _line in entry.occurrences[:2])
