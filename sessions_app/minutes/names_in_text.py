"""Names of known people that stand in a text which is about to be opened to everybody: found, and marked for a look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.contrib.auth import get_user_model
from django.utils.safestring import SafeString, mark_safe

from core import richtext
from sessions_app.minutes.snapshot import Json, people_in, resolve_names

SHORTEST_SURNAME = 4  # a shorter one stands in too many words


@dataclass(frozen=True)
class Found:
    """`name` as known; `items` the numbers of the items whose text, title or decision names it; 0 stands for the
    rest: title, summary and place of the session, titles of materials, decisions outside of items.
    """

    name: str
    items: list[int]


def known_names(snapshot: Json) -> list[str]:
    """Everybody with an account, and whom the version itself names: guests, people typed into the attendance."""
    people = get_user_model().objects.exclude(last_name="").only("first_name", "last_name")
    names = {person.get_full_name() for person in people} | set(resolve_names(people_in(snapshot)).values())
    return sorted(name for name in names if len(name) >= SHORTEST_SURNAME)


def found_in(public: Json, names: Iterable[str]) -> list[Found]:
    """The names that stand in the public form, by name; of somebody named whole or by the surname alone."""
    session = public["session"]
    texts = {item["number"]: f"{item['title']} {richtext.to_text(item['body'])}" for item in public["agenda"]}
    texts[0] = "\n".join(
        [session["title"], session["summary"], session["place"], *(row["title"] for row in public["materials"])]
    )
    numbers = {item["public_id"]: item["number"] for item in public["agenda"]}
    for row in (*public["decisions"], *public["actions"]):
        number = numbers.get(row["item"], 0)
        texts[number] = f"{texts.get(number, '')} {row['text']}"
    found = []
    for name in names:
        pattern = _pattern([name])
        if items := [number for number, text in sorted(texts.items()) if pattern.search(text)]:
            found.append(Found(name, items))
    return found


def marked(html: str, names: Iterable[str]) -> SafeString:
    """Rich text, cleaned, with the names of people between <mark> and </mark>."""
    pattern = _pattern([escape(name, quote=False) for name in names])
    parts = re.split(r"(<[^>]*>)", richtext.clean(html))
    parts[::2] = [pattern.sub(r"<mark>\g<0></mark>", part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308  # cleaned above, and nothing but our own tag was added


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Whole names before surnames, as known or in capitals; nothing matches where there are no names.

    In small letters a surname is often a common word ("petit", "marchand"): that is no name.
    """
    names = list(names)
    surnames = [surname for name in names if len(surname := name.rpartition(" ")[2]) >= SHORTEST_SURNAME]
    spelt = [spelling for name in (*names, *surnames) for spelling in _spellings(name)]
    return re.compile(rf"\b(?:{'|'.join(spelt)})\b" if spelt else r"(?!)")


def _spellings(name: str) -> list[str]:
    """As known, with a capital surname, and in capitals with or without accents; any apostrophe, any blank."""
    first, _blank, surname = name.rpartition(" ")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    written = (name, f"{first} {_upper(surname)}".strip(), _upper(name), _upper(bare))
    patterns = (re.escape(spelling).replace(r"\ ", r"(?:\s|&nbsp;)") for spelling in dict.fromkeys(written))
    return [re.sub("['’]", "['’]", pattern) for pattern in patterns]


def _upper(name: str) -> str:
    return re.sub(r"&(AMP|LT|GT);", lambda entity: entity[0].lower(), name.upper())
