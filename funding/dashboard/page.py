"""Everything the dashboard shows for one filter and one reader, in a number of queries that never grows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _, ngettext

from core.charts import geometry, region_map
from core.charts.geometry import Chart, Mark
from core.charts.region_map import RegionMap
from core.enums import SDG
from core.formatting.amounts import euros
from core.models import Region
from funding.dashboard import coverage, matrix
from funding.dashboard.coverage import Coverage
from funding.dashboard.filters import DashboardFilter
from funding.dashboard.matrix import Matrix
from funding.dashboard.numbers import SHOWN
from funding.enums import Stage
from funding.figures import compute
from funding.figures.rollup import Rollup
from funding.filters import NATIONAL_WORD, SEVERAL_WORD, STAGE_WORDS, UNKNOWN_WORD
from funding.models import Programme
from funding.models.initiative import NATIONAL, SEVERAL
from funding.visibility import Visibility

Address = Callable[..., str]


@dataclass(frozen=True)
class Kpi:
    key: str
    label: Any
    value: str
    definition: Any
    basis: Any  # what its year means
    trend: str  # against the period before; "" where there is none
    url: str  # the list it is made of, with the same total


@dataclass(frozen=True)
class TableRow:
    label: str
    url: str
    initiatives: int
    agreed: Decimal


@dataclass(frozen=True)
class Slice:
    """One dimension as chart and table; rows add up to the whole."""

    key: str
    title: Any
    chart: Chart
    rows: list[TableRow]


@dataclass(frozen=True)
class YearRow:
    label: str
    agreed: Decimal
    paid: Decimal


@dataclass(frozen=True)
class DashboardPage:
    kpis: list[Kpi]
    leverage: Leverage | None
    undisclosed: int  # granted fundings whose amount the reader may not see
    years: list[YearRow]
    year_chart: Chart
    map: RegionMap
    territories: list[TableRow]
    slices: list[Slice]
    matrix: Matrix
    coverage: Coverage
    total_agreed: Decimal
    total_backed: int


def dashboard_page(filterset: DashboardFilter, visibility: Visibility, day: dt.date) -> DashboardPage:
    listing = _listing(filterset)
    regions = filterset.regions
    funders = {row.pk: row for row in filterset.organisations}
    found = filterset.numbers.rolled_up
    values = found.values
    by_place = {row.value: row.figures for row in found.rows["region"]}
    agreed: Counter[int | None] = Counter()
    for (year, _funder, _state), numbers in filterset.numbers.by_place.items():
        agreed[year] += numbers["agreed"]
    paid = filterset.numbers.paid_by_year()
    return DashboardPage(
        kpis=_kpis(values, _period_before(filterset), filterset, listing),
        leverage=_leverage(filterset, listing),
        undisclosed=filterset.numbers.undisclosed(visibility),
        years=_years(agreed, paid),
        year_chart=_year_chart(agreed, paid, listing),
        map=region_map.draw(
            regions,
            {code: numbers["backed"] for code, numbers in by_place.items()},
            name=lambda region: _region_sentence(region, by_place.get(region.code)),
            url=lambda code: listing(region=code),
        ),
        territories=_territory_rows(regions, by_place, listing, narrowed=bool(filterset.chosen("region"))),
        slices=_slices(found, filterset.programmes, listing),
        matrix=matrix.build(found.together, funders, listing),
        coverage=coverage.coverage(regions, visibility, day),
        total_agreed=values["agreed"],
        total_backed=values["backed"],
    )


def _listing(filterset: DashboardFilter) -> Address:
    """The list behind a figure: the same filter, with one more value."""

    def address(**more: Any) -> str:
        query = filterset.address(**more)
        return reverse("funding:detail") + (query if query.startswith("?") else "")

    return address


# Figures of which only some fundings are part: the words of `etat` that the list behind is narrowed by.
_OF_STATES = {"contracted": ("conventionne", "solde"), "remaining": ("accorde", "conventionne")}


@dataclass(frozen=True)
class Before:
    """The same filter over the years before those chosen."""

    period: str  # "2023", "2021–2022"
    values: compute.Values


def _kpis(values: compute.Values, before: Before | None, filterset: DashboardFilter, listing: Address) -> list[Kpi]:
    chosen = filterset.given.getlist("etat")
    shown = []
    for key in SHOWN:
        figure = compute.definition(key)
        states = [word for word in _OF_STATES.get(key, ()) if not chosen or word in chosen]
        narrower = {"etat": states, "convention": "signee"} if key == "contracted" else {"etat": states}
        shown.append(
            Kpi(
                key,
                figure.label,
                _told(figure, values[key]),
                figure.definition,
                figure.basis,
                _trend(figure, values[key], before),
                listing(**narrower) if states else listing(),
            )
        )
    return shown


def _told(figure: compute.Figure, value: Any) -> str:
    return euros(value) if figure.is_money else formats.number_format(value, use_l10n=True, force_grouping=True)


def _trend(figure: compute.Figure, value: Any, before: Before | None) -> str:
    """ "+ 37 % par rapport à 2023 (12 500 €)"; "" where nothing is compared, or there was nothing before."""
    if before is None or not before.values[figure.key]:
        return ""
    old = before.values[figure.key]
    change = round((value - old) / old * 100)
    return _("%(sign)s %(percent)s %% against %(period)s (%(old)s)") % {
        "sign": "+" if change >= 0 else "−",
        "percent": abs(change),
        "period": before.period,
        "old": _told(figure, old),
    }


def _period_before(filterset: DashboardFilter) -> Before | None:
    """As many years before the chosen ones, where these follow each other without a gap."""
    chosen = sorted(map(int, filterset.chosen("annee")))
    if not chosen or chosen != list(range(chosen[0], chosen[-1] + 1)):
        return None
    earlier = [year - len(chosen) for year in chosen]
    period = str(earlier[0]) if len(earlier) == 1 else f"{earlier[0]}–{earlier[-1]}"
    return Before(period, filterset.numbers.in_years(earlier))


@dataclass(frozen=True)
class Leverage:
    """Euros of the others for one of the chosen funder, on the initiatives it funds."""

    ratio: Decimal
    definition: Any
    url: str


def _leverage(filterset: DashboardFilter, listing: Address) -> Leverage | None:
    """None unless one funder is chosen. All other filters narrow the others' fundings as they do its own."""
    chosen = filterset.chosen("financeur")
    if len(chosen) != 1:
        return None
    (funder,) = (row for row in filterset.organisations if row.slug == chosen[0])
    ratio = filterset.numbers.leverage(funder)
    if ratio is None:
        return None
    return Leverage(ratio, compute.definition("leverage").definition, listing(financeur=[], avec=chosen))


def _years(agreed: dict[Any, Any], paid: dict[Any, Any]) -> list[YearRow]:
    """Every year from the first to the last, also one in which nothing was agreed or paid."""
    known = [year for year in {*agreed, *paid} if year is not None]
    every = range(min(known), max(known) + 1) if known else ()
    return [YearRow(str(year), agreed.get(year, Decimal(0)), paid.get(year, Decimal(0))) for year in every]


def _year_chart(agreed: dict[Any, Any], paid: dict[Any, Any], listing: Address) -> Chart:
    groups = []
    for row in _years(agreed, paid):
        marks = [
            Mark(amount, _thousands(amount), f"{row.label}, {word}{_colon()}{euros(amount)}", listing(**narrowed))
            for word, amount, narrowed in (
                (str(compute.definition("agreed").label).lower(), row.agreed, {"annee": row.label}),
                (str(compute.definition("paid").label).lower(), row.paid, {"verse": row.label}),
            )
        ]
        groups.append((row.label, marks))
    return geometry.columns(groups, scale=1000)


def _thousands(amount: Decimal) -> str:
    return formats.number_format(round(amount / 1000), use_l10n=True, force_grouping=True)


def _colon() -> str:
    return _(": ")


def _initiatives(number: int) -> str:
    return ngettext("%(number)s initiative", "%(number)s initiatives", number) % {"number": number}


def _region_sentence(region: Region, found: compute.Values | None) -> str:
    if not found or not found["backed"]:
        return _("%(region)s: no funded initiative") % {"region": region.name}
    return f"{region.name}{_colon()}{_initiatives(found['backed'])}, {euros(found['agreed'])}"


def _territory_rows(
    regions: Iterable[Region], by_place: dict[str, compute.Values], listing: Address, *, narrowed: bool
) -> list[TableRow]:
    """Every region, also one with nothing; where some were chosen those alone: the list behind another is not empty."""
    named = [(region.code, region.code, region.name) for region in regions]
    named += [
        (SEVERAL, SEVERAL_WORD, _("several regions")),
        (NATIONAL, NATIONAL_WORD, _("the whole country")),
        ("", UNKNOWN_WORD, _("place not given")),
    ]
    return [
        TableRow(name, listing(region=word), *_pair(by_place.get(value)))
        for value, word, name in named
        if value in by_place or (len(value) == 2 and not narrowed)
    ]


def _pair(found: compute.Values | None) -> tuple[int, Decimal]:
    return (found["backed"], found["agreed"]) if found else (0, Decimal(0))


def _slices(rolled_up: Rollup, programmes: list[Programme], listing: Address) -> list[Slice]:
    stages = [(stage.value, str(stage.label).capitalize(), listing(stade=_stage_word(stage))) for stage in Stage]
    goals = [(goal.value, f"{goal.value}. {goal.label}", listing(odd=str(goal.value))) for goal in SDG]
    of_programmes = [(row.pk, row.name, listing(programme=row.slug)) for row in programmes]
    of_programmes.append((None, _("Outside any programme"), ""))
    return [
        _slice("stage", _("At which stage"), rolled_up, stages),
        _slice("sdg", _("For which goals"), rolled_up, goals),
        _slice("programme", _("In which programmes"), rolled_up, of_programmes),
    ]


def _stage_word(stage: Stage) -> str:
    return next(word for word, value in STAGE_WORDS.items() if value == stage)


def _slice(key: str, title: str, rolled_up: Rollup, values: list[tuple[Any, str, str]]) -> Slice:
    found = {row.value: row.figures for row in rolled_up.rows[key]}
    rows = [TableRow(label, url, *_pair(found[value])) for value, label, url in values if value in found]
    marks = [
        (row.label, Mark(row.agreed, euros(row.agreed), f"{row.label}{_colon()}{euros(row.agreed)}", row.url))
        for row in rows
    ]
    return Slice(key, title, geometry.rows(marks), rows)
