"""Names of known people that stand in a text which is about to be opened to everybody: found, and marked for a look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core import richtext
from sessions_app.minutes.snapshot import Json, people_in, resolve_names

SHORTEST_SURNAME = 4  # a shorter one stands in too many words


@dataclass(frozen=True)
class Found:
    """`name` as known; `items` the numbers of the items whose text, title or decision names it."""

    name: str
    items: list[int]


def known_names(snapshot: Json) -> list[str]:
    """Everybody with an account, and whom the version itself names: guests, people typed into the attendance."""
    people = get_user_model().objects.exclude(last_name="").only("first_name", "last_name")
    names = {person.get_full_name() for person in people} | set(resolve_names(people_in(snapshot)).values())
    return sorted(name for name in names if len(name) >= SHORTEST_SURNAME)


def found_in(public: Json, names: Iterable[str]) -> list[Found]:
    """The names that stand in the public form, by name; of somebody named whole or by the surname alone."""
    texts = {item["number"]: f"{item['title']} {richtext.to_text(item['body'])}" for item in public["agenda"]}
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
    """Cleaned rich text with the names of people between <mark> and </mark>."""
    pattern = _pattern([escape(name) for name in names])
    parts = re.split(r"(<[^>]*>)", richtext.clean(html))
    parts[::2] = [pattern.sub(r"<mark>\g<0></mark>", part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308  # cleaned above, and nothing but our own tag was added


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Whole names before surnames; a blank may be a no-break one; nothing matches where there are no names."""
    whole = [re.escape(name).replace(r"\ ", r"(?:\s|&nbsp;)") for name in names]
    surnames = [re.escape(surname) for name in names if len(surname := name.rpartition(" ")[2]) >= SHORTEST_SURNAME]
    return re.compile(rf"\b(?:{'|'.join([*whole, *surnames])})\b" if whole else r"(?!)")
