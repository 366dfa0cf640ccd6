"""What an arrêté holds: canonical JSON, written once, read back as it is.

{"schema": "frozen-figures/1", "as_of": "2025-12-31", "frozen_at": "2026-01-09T10:12:00+00:00", "name": …,
 "audience": "members", "organisation": {"id": …, "name": …},
 "filter": {"query": "programme=…", "words": {"fr": [[label, values], …], "en": […]}},
 "figures": [{"key", "unit", "value", "label": {"fr", "en"}, "definition": {"fr", "en"}}, …],
 "lines": [{"id", "reference", "funder", "kind", "state", "decided_on", "signed_on", "initiative": {"id",
            "reference", "title"}, "figures": {"agreed": "12500.00", …}}, …],
 "undisclosed": 3}

Euros are texts with cents, days ISO 8601; no person is named. `undisclosed` counts the fundings of the filter whose
amounts this audience may not see: they are in no figure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import get_language

from funding.dashboard.filters import DashboardFilter
from funding.enums import FrozenAudience, FundingKind, LineState
from funding.figures import as_of, compute
from funding.figures.definitions import COUNT, EUROS, Figure
from funding.models import FrozenFigures, FundingLine
from funding.querysets import FundingLineQuerySet
from funding.visibility import Visibility
from members.merging.addresses import led_on
from members.models import Organisation

SCHEMA = "frozen-figures/1"
LANGUAGES = ("fr", "en")
KEYS = ("agreed", "contracted", "paid", "returned", "remaining", "released", "lines", "backed", "funders", "mean", "median", "largest")  # fmt: skip
PARTS = ("agreed", "contracted", "paid", "returned", "remaining", "released", "lines")  # add up over fundings
FILTERS = ("annee", "financeur", "programme", "region", "odd", "stade")  # what may narrow an arrêté
_FIELDS = (
    "public_id", "reference", "kind", "state_then", "decided_on", "signed_on", "funder__name", "initiative__public_id",
    "initiative__reference", "initiative__title",
)  # fmt: skip

Json = dict[str, Any]


def eyes(audience: str, organisation: Organisation) -> Visibility:
    """With whose eyes the figures are taken: those of the least privileged reader of `audience`."""
    if audience == FrozenAudience.MEMBERS:
        return Visibility(inside=True)
    return Visibility(frozenset({organisation.pk}), inside=True)


def kept_query(query: str) -> str:
    """The part of an address that narrows an arrêté, in a fixed order; order, page and state of the row fall away."""
    given = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if values := sorted({value for value in given.getlist(name) if value}):
            kept.setlist(name, values)
    return kept.urlencode()


def filtered(query: str, visibility: Visibility, day: dt.date) -> DashboardFilter:
    """The fundings of the filter that were granted when `day` ended and whose amounts `visibility` covers.

    What was frozen names an organisation as it was called then: where it was merged since, what is kept of it is meant.
    """
    rows = as_of.granted_at(FundingLine.objects.amounts_seen_by(visibility), day)
    return DashboardFilter(led_on(QueryDict(query)), rows, visibility=visibility)


def undisclosed(query: str, visibility: Visibility, day: dt.date) -> int:
    seen = as_of.granted_at(FundingLine.objects.seen_by(visibility).exclude(visibility.amounts()), day)
    return DashboardFilter(led_on(QueryDict(query)), seen, visibility=visibility).qs.count()


def write(*, filterset: DashboardFilter, frozen: FrozenFigures, undisclosed: int) -> Json:
    """The content of `frozen`; the caller has checked that the filter can be read."""
    lines: FundingLineQuerySet = filterset.qs
    values = as_of.compute_at(lines, KEYS)
    return {
        "schema": SCHEMA,
        "as_of": frozen.as_of.isoformat(),
        "frozen_at": frozen.frozen_at.isoformat(),
        "name": frozen.name,
        "audience": frozen.audience,
        "organisation": {"id": str(frozen.organisation.public_id), "name": frozen.organisation.label},
        "filter": {"query": frozen.query, "words": _in_languages(lambda: _described(frozen.query, filterset))},
        "figures": [_figure(compute.definition(key), values[key]) for key in KEYS],
        "lines": rows(lines),
        "undisclosed": undisclosed,
    }


def rows(lines: FundingLineQuerySet) -> list[Json]:
    """The fundings of `lines` (from `as_of.at`) with their part of each figure, as the content holds them."""
    return [_line(row) for row in as_of.by_line(lines, PARTS, _FIELDS)]


def _described(query: str, filterset: DashboardFilter) -> list[list[str]]:
    # a filter anew: its labels are made in the language of now
    spoken = DashboardFilter(QueryDict(query), filterset.queryset, visibility=filterset.visibility)
    return [[label, values] for label, values in spoken.described]


def _in_languages(speak: Any) -> Json:
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = speak()
    return told


def _figure(figure: Figure, value: Any) -> Json:
    return {
        "key": figure.key,
        "unit": figure.unit,
        "value": None if value is None else _text(value),
        "label": _in_languages(lambda: str(figure.label)),
        "definition": _in_languages(lambda: str(figure.definition)),
    }


def _line(row: Json) -> Json:
    return {
        "id": str(row["public_id"]),
        "reference": row["reference"],
        "funder": row["funder__name"],
        "kind": row["kind"],
        "state": row["state_then"],
        "decided_on": row["decided_on"].isoformat(),
        "signed_on": row["signed_on"].isoformat() if row["signed_on"] else None,
        "initiative": {
            "id": str(row["initiative__public_id"]),
            "reference": row["initiative__reference"],
            "title": row["initiative__title"],
        },
        "figures": {key: _text(value) for key, value in row["figures"].items()},
    }


def _text(value: Decimal | int) -> str:
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


# --- reading it back --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToldFigure:
    key: str
    label: str
    definition: str
    value: Decimal | int | None
    is_money: bool


@dataclass(frozen=True)
class ToldLine:
    id: str
    reference: str
    funder: str
    kind: str  # in words
    state: str  # as stored, for its mark
    state_label: str
    decided_on: dt.date
    signed_on: dt.date | None
    initiative: str
    initiative_reference: str
    figures: dict[str, Decimal | int]


@dataclass(frozen=True)
class Told:
    figures: list[ToldFigure]
    lines: list[ToldLine]
    described: list[tuple[str, str]]
    undisclosed: int

    def figure(self, key: str) -> ToldFigure:
        return next(figure for figure in self.figures if figure.key == key)


def read(frozen: FrozenFigures) -> Told:
    """The content in the language of the reader; figures, words and definitions as they were told then."""
    content, language = frozen.content, get_language() or "fr"
    spoken = language[:2] if language[:2] in LANGUAGES else "fr"
    return Told(
        [_told_figure(figure, spoken) for figure in content["figures"]],
        [told_line(line) for line in content["lines"]],
        [(label, values) for label, values in content["filter"]["words"][spoken]],
        content["undisclosed"],
    )


def _told_figure(figure: Json, language: str) -> ToldFigure:
    value = figure["value"]
    if value is not None:
        value = int(value) if figure["unit"] == COUNT else Decimal(value)
    return ToldFigure(
        figure["key"], figure["label"][language], figure["definition"][language], value, figure["unit"] == EUROS
    )


def told_line(line: Json) -> ToldLine:
    return ToldLine(
        id=line["id"],
        reference=line["reference"],
        funder=line["funder"],
        kind=str(FundingKind(line["kind"]).label),
        state=line["state"],
        state_label=str(LineState(line["state"]).label),
        decided_on=dt.date.fromisoformat(line["decided_on"]),
        signed_on=dt.date.fromisoformat(line["signed_on"]) if line["signed_on"] else None,
        initiative=line["initiative"]["title"],
        initiative_reference=line["initiative"]["reference"],
        figures={key: _number(key, text) for key, text in line["figures"].items()},
    )


def _number(key: str, text: str) -> Decimal | int:
    return int(text) if compute.definition(key).unit == COUNT else Decimal(text)
