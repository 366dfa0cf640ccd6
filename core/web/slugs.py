"""The one maker of the words that stand in addresses: readable, free, and never a word the addresses use themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.urls import URLPattern, get_resolver
from django.urls.converters import StringConverter
from django.urls.resolvers import RoutePattern, URLResolver
from django.utils.text import slugify

_ROOM = 10  # characters left for a number behind the word
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def free_slug(text: str, *, rows: QuerySet, fallback: str) -> str:
    """An address for `text` that none of `rows` has yet and that leads to no other page."""
    return free_slugs([text], rows=rows, fallback=fallback)[0]


def free_slugs(texts: Sequence[str], *, rows: QuerySet, fallback: str) -> list[str]:
    """The same for many texts at once: no two get one address."""
    roots = [_root(text, rows.model._meta.get_field("slug").max_length - _ROOM, fallback) for text in texts]
    without_number = Func(F("slug"), Value(r"-\d+$"), Value(""), function="REGEXP_REPLACE", output_field=CharField())
    alike = rows.alias(root=without_number).filter(Q(root__in=roots) | Q(slug__in=roots))
    taken = {*alike.values_list("slug", flat=True), *reserved_words()}
    last: dict[str, int] = {}
    found = []
    for root in roots:
        numbers = count(last.get(root, 0) + 1)
        number, slug = next(
            (number, slug)
            for number, slug in ((number, root if number == 1 else f"{root}-{number}") for number in numbers)
            if slug not in taken
        )
        taken.add(slug)
        last[root] = number
        found.append(slug)
    return found


def _root(text: str, most: int, fallback: str) -> str:
    words = re.sub("['’]", " ", text).replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae")
    return slugify(words)[:most].strip("-") or fallback


@cache
def reserved_words() -> frozenset[str]:
    """Every fixed segment that stands in an address where another address has a word of its rows.

    Read from the addresses themselves ("initiatives/nouvelle/" beside "initiatives/<slug>/"), so that a page added
    later reserves its word.
    """
    fixed: dict[str, set[str]] = defaultdict(set)
    chosen: set[str] = set()
    for route, texts in _routes(get_resolver().url_patterns, "", frozenset()):
        segments = route.split("/")
        for place, segment in enumerate(segments):
            before = _PARAMETER.sub("<>", "/".join(segments[:place]))
            names = _PARAMETER.findall(segment)
            if not names:
                fixed[before].add(segment)
            elif texts.intersection(names):
                chosen.add(before)
    return frozenset(word for before in chosen for word in fixed[before] if word)


def _routes(
    entries: list[URLPattern | URLResolver], before: str, texts: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """(whole route, its parameters that are text) of every address written with `path`."""
    for entry in entries:
        if not isinstance(entry.pattern, RoutePattern):
            continue
        here = before + str(entry.pattern)
        ours = texts | {name for name, kind in entry.pattern.converters.items() if isinstance(kind, StringConverter)}
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, here, ours)
        else:
            yield here, ours
