"""What a reader finds for some words: matched, ranked and narrowed in SQL, only the shown page quoted.

The condition of all sources is long: building it costs more than the search. It is compiled once for all who read alike
(`readable`), and each statement holds it as text. A page costs two statements, hits and excerpts; few hits cost one
more, words that find nothing the likest ones and the search anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from core.richtext.mentions import key_of
from core.search.models import Passage, PendingChange
from core.search.sources import Readers, readable_by, readers_of, sources

MOST = 2_000  # passages that are ranked and counted; beyond, a search is told to be made narrower
FEW = 8  # of hits by whole words: with fewer, words that only begin alike are looked for as well
WEIGHTS = "{0.02, 0.1, 0.4, 1.0}"  # D (beginnings), C, B (text), A (names)
# Of no alphabet: `core.search.indexing.plain` keeps them out of texts. The third stands for "<" while a text is quoted,
# or PostgreSQL would take "a < b > c" for a tag and leave it out.
MARK_START, MARK_END, LESS_THAN = "\ue000", "\ue001", "\ue002"
_EXCERPT = f"StartSel={MARK_START}, StopSel={MARK_END}, MaxWords=38, MinWords=18, MaxFragments=1, ShortWord=2"
_YEAR = re.compile(r"[1-9][0-9]{3}")
KIND, YEAR = "type", "annee"  # the facets that every search has
_OPERATORS = re.compile(r'"|(^|\s)-\S|\bOR\b')
_WORD = re.compile(r"[^\W\d_]{4,30}")
_LIKENESS = 0.6  # distance of two words beyond which one is not taken for the other, mistyped
_SLIPS = 2  # signs that may be too many or too few


@dataclass(frozen=True)
class Readable:
    """The keys of the passages that one reader may find at this moment: a SELECT that ends in its conditions."""

    sql: str
    params: dict[str, Any]


class Row(NamedTuple):
    """A hit as it is counted."""

    pk: int
    kind: str
    year: str | None
    groups: list[str]


Rows = list[Row]  # best first
Chosen = Mapping[str, Sequence[str]]  # facet → ticked values


def readable(user: Any) -> Readable | None:
    """What `user` may find; nothing of an object that changed since it was read. None where it is nothing at all."""
    return readable_with(readers_of(user))


@lru_cache(maxsize=500)
def readable_with(readers: Readers) -> Readable | None:
    """What these eyes see of their sources."""
    if not readers:
        return None
    changed = PendingChange.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    passages = Passage.objects.filter(readable_by(readers)).filter(~Exists(changed)).values("pk")
    try:
        sql, values = passages.query.sql_with_params()
    except EmptyResultSet:
        return None
    params = {f"readable_{number}": value for number, value in enumerate(values)}
    return Readable(sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in params), params)


def asks_for_something(text: str) -> bool:
    """Whether `text` has a word to look for; small words, signs and pictures alone have none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(search_query(%s)) > 0", [text])
        return cursor.fetchone()[0]


_BEGUN = "search_beginnings(%(text)s, '~', ' & ')"


def ranked(passages: Readable | None, text: str, chosen: Chosen | None = None) -> Rows:
    """At most `MOST` + 1 hits for `text` that fit what is `chosen`, the best first; by beginnings too where whole words find few."""
    if passages is None:
        return []
    found = _ranked(passages, "search_query(%(text)s)", text, chosen or {})
    if len(found) < FEW and not _OPERATORS.search(text):
        known = {row.pk for row in found}
        found += [row for row in _ranked(passages, _BEGUN, text, chosen or {}) if row.pk not in known]
    return found[: MOST + 1]


def _ranked(passages: Readable, query: str, text: str, chosen: Chosen) -> Rows:
    narrow, values = _narrowed(chosen)
    rank, weights = _rank(query)
    # The limit stands inside: a word that half of the index holds is not ranked half a million times.
    statement = f"""
        WITH found AS MATERIALIZED ({passages.sql} AND vector @@ {query} {narrow} LIMIT {MOST + 1})
        SELECT p.id, p.kind, extract(year FROM lower(p.date))::int::text, p.groups
        FROM found JOIN search_passage p ON p.id = found.pk
        ORDER BY {rank} DESC, p.date DESC NULLS LAST, p.id
    """  # noqa: S608 (texts of our own)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"text": text, **passages.params, **values, **weights})
        return list(starmap(Row, cursor.fetchall()))


def begun(passages: Readable | None, text: str, most: int) -> list[Passage]:
    """The best hits for what is still being typed."""
    if passages is None:
        return []
    rank, weights = _rank("search_query(%(text)s)", _BEGUN, begun=6.0)
    statement = f"""
        WITH found AS MATERIALIZED ({passages.sql} AND vector @@ {_BEGUN} LIMIT {MOST})
        SELECT p.id, p.kind, p.object_id, p.address, p.public_address, p.anchor, p.title, p.date
        FROM found JOIN search_passage p ON p.id = found.pk
        ORDER BY {rank} DESC, p.date DESC NULLS LAST, p.id LIMIT %(most)s
    """  # noqa: S608 (texts of our own)
    return list(Passage.objects.raw(statement, {"text": text, "most": most, **passages.params, **weights}))


def begun_names(passages: Readable, text: str, most: int) -> list[Passage]:
    """The objects whose name, not their text, has words that begin like those of `text`."""
    rank, weights = _rank("search_query(%(text)s)", _BEGUN, begun=6.0)
    statement = f"""
        WITH found AS MATERIALIZED (
            {passages.sql} AND position = 1 AND vector @@ {_BEGUN} AND search_roots(names) @@ {_BEGUN} LIMIT {MOST}
        )
        SELECT p.id, p.kind, p.object_id, p.title FROM found JOIN search_passage p ON p.id = found.pk
        ORDER BY {rank} DESC, p.date DESC NULLS LAST, p.id LIMIT %(most)s
    """  # noqa: S608 (texts of our own)
    return list(Passage.objects.raw(statement, {"text": text, "most": most, **passages.params, **weights}))


def objects(passages: Readable | None, keys: Collection[tuple[str, int]]) -> list[Passage]:
    """Of these objects (kind, key) those that the reader sees."""
    if passages is None or not keys:
        return []
    statement = f"""
        SELECT id, kind, object_id, address FROM search_passage WHERE id IN (
            {passages.sql} AND position = 1
            AND (kind, object_id) IN (SELECT * FROM unnest(%(kinds)s::text[], %(ids)s::bigint[]))
        )
    """  # noqa: S608 (texts of our own)
    kinds, ids = zip(*sorted(keys), strict=True)
    return list(Passage.objects.raw(statement, {"kinds": list(kinds), "ids": list(ids), **passages.params}))


def mentioning(passages: Readable | None, kind: str, key: int, doubles: QuerySet | None, most: int) -> list[Passage]:
    """The passages that name this object, or one of its `doubles` (keys), newest first."""
    if passages is None:
        return []
    named, params = "%(named)s", {"named": [key_of(kind, key)]}
    if doubles is not None:
        sql, values = doubles.query.sql_with_params()
        params |= {f"double_{number}": value for number, value in enumerate(values)}
        keys = sql % tuple(f"%(double_{number})s" for number in range(len(values)))
        named += f"::varchar[] || ARRAY(SELECT %(before)s || key FROM ({keys}) AS doubles(key))"  # noqa: S608 (texts of our own)
        params["before"] = key_of(kind, "")
    statement = f"""
        SELECT id, kind, object_id, address, public_address, anchor, title, text, date
        FROM search_passage WHERE id IN ({passages.sql} AND mentions && ({named})::varchar[])
        ORDER BY date DESC NULLS LAST, kind, object_id DESC, position LIMIT %(most)s
    """  # noqa: S608 (texts of our own)
    return list(Passage.objects.raw(statement, {"most": most, **params, **passages.params}))


def _narrowed(chosen: Chosen) -> tuple[str, dict[str, Any]]:
    """The condition, with its values, that each facet fits of which something is chosen."""
    conditions, params = [], {}
    for number, (name, values) in enumerate(chosen.items()):
        if not values:
            continue
        if name == KIND:
            conditions.append(f"AND kind = ANY(%(chosen_{number})s)")
            params[f"chosen_{number}"] = list(values)
        elif name == YEAR:
            conditions.append(f"AND extract(year FROM lower(date))::int = ANY(%(chosen_{number})s::int[])")
            params[f"chosen_{number}"] = [int(value) for value in values if _YEAR.fullmatch(value)]
        else:
            conditions.append(f"AND groups && %(chosen_{number})s::varchar[]")
            params[f"chosen_{number}"] = [f"{name}:{value}" for value in values]
    return " ".join(conditions), params


def _rank(*queries: str, begun: float = 1.7) -> tuple[str, dict[str, Any]]:
    """How well the passage `p` answers, between kinds and against its length; what is called just so comes first.

    `begun` is what it weighs more where its title begins with the words.
    """
    weights = {f"weight_{number}": source.weight for number, source in enumerate(sources().values())}
    kinds = {f"kind_{number}": kind for number, kind in enumerate(sources())}
    whens = " ".join(f"WHEN %(kind_{number})s THEN %(weight_{number})s" for number in range(len(kinds)))
    total = " + ".join(f"ts_rank('{WEIGHTS}', p.vector, {query}, 1)" for query in queries)
    called = f"""CASE WHEN lower(unaccent(p.title)) = lower(unaccent(%(text)s)) THEN 4.0
        WHEN starts_with(lower(unaccent(p.title)), lower(unaccent(%(text)s))) THEN {begun} ELSE 1.0 END"""
    return f"({total}) * CASE p.kind {whens} ELSE 1.0 END * {called}", {**weights, **kinds}


def quoted(keys: Sequence[int], text: str) -> list[Passage]:
    """These passages in this order with `excerpt`, in which `MARK_START` and `MARK_END` stand around the words found."""
    query = "search_query(%(text)s)"
    if not _OPERATORS.search(text):
        query += " || search_beginnings(%(text)s, '', ' | ')"
    statement = f"""
        SELECT id, kind, object_id, address, public_address, anchor, title, date,
            ts_headline('public.portal_fr', replace(text, '<', %(less)s), {query}, %(excerpt)s) AS excerpt
        FROM search_passage WHERE id = ANY(%(keys)s)
    """  # noqa: S608 (texts of our own)
    params = {"text": text, "less": LESS_THAN, "excerpt": _EXCERPT, "keys": list(keys)}
    by_key = {row.pk: row for row in Passage.objects.raw(statement, params)}
    return [by_key[key] for key in keys if key in by_key]


# --- words mistyped ---------------------------------------------------------------------------------------------------


def corrected(passages: Readable | None, text: str) -> str:
    """`text` with each word that this reader finds nowhere replaced by the likest one that he or she does find; "" if none.

    Nothing is suggested out of other texts: a word is only taken where the search for it finds something.
    """
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(text)))[:6]
    if not words or passages is None:
        return ""
    statement = f"""
        WITH likes AS MATERIALIZED (
            SELECT asked, asked AS word, -1 AS distance FROM unnest(%(words)s::text[]) AS asked
            UNION ALL
            SELECT asked, found.word, found.distance FROM unnest(%(words)s::text[]) AS asked,
                LATERAL (SELECT word, key <-> unaccent(asked) AS distance FROM search_word
                         ORDER BY key <-> unaccent(asked) LIMIT 8) AS found
            WHERE found.distance < {_LIKENESS} AND abs(length(asked) - length(found.word)) <= {_SLIPS}
        )
        SELECT DISTINCT ON (asked) asked, word FROM likes
        WHERE EXISTS ({passages.sql} AND vector @@ search_query(likes.word))
        ORDER BY asked, distance, word
    """  # noqa: S608 (texts of our own)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"words": words, **passages.params})
        likest = dict(cursor.fetchall())
    result = text
    for asked, word in likest.items():
        if word != asked:
            result = re.sub(rf"\b{re.escape(asked)}\b", word, result, flags=re.IGNORECASE)
    return result if result != text else ""
