"""Territoires non couverts: regions where neither an initiative nor a member's scheme acts, today and a cycle ago."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, DateField, Exists, Func, Min, OuterRef
from django.db.models.functions import Cast, Coalesce, TruncDate

from core.models import Region
from funding.figures.cached import cached
from funding.models import Initiative
from funding.visibility import Visibility
from members.models import EngineeringScheme, Membership, Organisation

Span = tuple[dt.date, dt.date | None]  # first day, and the first day after
Spans = dict[str, list[Span]]  # by code of a region
INITIATIVE, SCHEME = "initiative", "scheme"  # what covers a region


@dataclass(frozen=True)
class Coverage:
    """`without` now; `gained` had none a year before `day` and has one today."""

    covered: int
    without: list[Region]
    gained: list[Region]
    compared_with: dt.date


def coverage(regions: list[Region], visibility: Visibility, day: dt.date) -> Coverage:
    """In two queries. An initiative counts in every region it names; schemes count where their organisation acts."""
    earlier = _year_before(day)
    known_since = _initiatives(visibility)
    spans = _scheme_spans()
    now = {*known_since, *_acting(spans, day)}
    before = {code for code, since in known_since.items() if since <= earlier} | _acting(spans, earlier)
    return Coverage(
        covered=sum(region.code in now for region in regions),
        without=[region for region in regions if region.code not in now],
        gained=[region for region in regions if region.code in now and region.code not in before],
        compared_with=earlier,
    )


def _initiatives(visibility: Visibility) -> dict[str, dt.date]:
    """Region code → since when an initiative acts there: its start, or the day it was entered where that is unknown."""
    since = Coalesce(Cast(Func("starts_on", function="lower"), DateField()), TruncDate("created_at"))
    rows = Initiative.objects.seen_by(visibility).order_by().annotate(code=Func("regions", function="unnest"))
    found = rows.values("code").annotate(since=Min(since)).values_list("code", "since")
    return cached("coverage", found, compute=lambda: dict(found))


def _acting(spans: Spans, day: dt.date) -> set[str]:
    """Codes of the regions where an organisation acts that was a member on `day` and runs a scheme."""
    return {code for code, found in spans.items() if any(_holds(span, day) for span in found)}


def _holds(span: Span, day: dt.date) -> bool:
    first, last = span
    return first <= day and (last is None or day < last)


def _year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; 29 February becomes 28."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def schemes_by_region(day: dt.date) -> dict[str, int]:
    """Region code → organisations that act there, were members on `day` and run a scheme."""
    member = Membership.objects.on(day).filter(organisation=OuterRef("pk"))
    scheme = EngineeringScheme.objects.running(day).filter(organisation=OuterRef("pk"))
    organisations = Organisation.objects.filter(Exists(member), Exists(scheme), regions__isnull=False)
    rows = organisations.order_by().values("regions").annotate(_number=Count("pk", distinct=True))
    return {row["regions"]: row["_number"] for row in rows}


@dataclass(frozen=True)
class History:
    """One region at the end of each cycle: "initiative" where one acted, "scheme" where only a member's scheme did."""

    region: Region
    covered: list[str]

    @property
    def always(self) -> bool:
        """Whether an initiative acted there at the end of every cycle."""
        return all(by == INITIATIVE for by in self.covered)


def by_cycle(regions: list[Region], visibility: Visibility, years: list[int], day: dt.date) -> list[History]:
    """For each region its coverage at the end of each cycle (today for the running one), in two queries.

    Schemes are counted by the memberships of then; where a scheme acted then is not kept, so today's regions of
    its organisation stand for it.
    """
    ends = [min(dt.date(year, 12, 31), day) for year in years]
    since = _initiatives(visibility)
    spans = _scheme_spans()

    def by(code: str, end: dt.date) -> str:
        if code in since and since[code] <= end:
            return INITIATIVE
        return SCHEME if any(_holds(span, end) for span in spans.get(code, ())) else ""

    return [History(region, [by(region.code, end) for end in ends]) for region in regions]


def _scheme_spans() -> Spans:
    """Region code → the periods in which an organisation that runs a scheme and acts there was a member."""
    rows = Membership.objects.filter(organisation__schemes__isnull=False, organisation__regions__isnull=False)
    ended = "organisation__schemes__ended_on__endswith"
    found: Spans = {}
    for code, period, scheme_end in rows.order_by("pk").values_list("organisation__regions", "period", ended):
        ends = [end for end in (period.upper, scheme_end) if end]
        found.setdefault(code, []).append((period.lower, min(ends, default=None)))
    return found
