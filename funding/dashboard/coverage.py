"""Territoires non couverts: regions where neither an initiative nor a member's scheme acts, today and a cycle ago."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import DateField, Exists, Func, Min, OuterRef
from django.db.models.functions import Cast, Coalesce, TruncDate

from core.models import Region
from funding.models import Initiative
from funding.visibility import Sight
from members.models import EngineeringScheme, Membership, Organisation


@dataclass(frozen=True)
class Coverage:
    """`without` now; `gained` had none a year before `day` and has one today."""

    covered: int
    without: list[Region]
    gained: list[Region]
    compared_with: dt.date


def coverage(regions: list[Region], sight: Sight, day: dt.date) -> Coverage:
    """In three queries. An initiative counts in every region it names; schemes count where their organisation acts."""
    earlier = _year_before(day)
    known_since = _initiatives(sight)
    now = {*known_since, *_schemes(day)}
    before = {code for code, since in known_since.items() if since <= earlier} | _schemes(earlier)
    return Coverage(
        covered=sum(region.code in now for region in regions),
        without=[region for region in regions if region.code not in now],
        gained=[region for region in regions if region.code in now and region.code not in before],
        compared_with=earlier,
    )


def _initiatives(sight: Sight) -> dict[str, dt.date]:
    """Region code → since when an initiative acts there: its start, or the day it was entered where that is unknown."""
    since = Coalesce(Cast(Func("starts_on", function="lower"), DateField()), TruncDate("created_at"))
    rows = Initiative.objects.seen_by(sight).order_by().annotate(code=Func("regions", function="unnest"))
    return dict(rows.values("code").annotate(since=Min(since)).values_list("code", "since"))


def _schemes(day: dt.date) -> set[str]:
    """Codes of the regions where an organisation acts that was a member on `day` and runs a scheme."""
    member = Membership.objects.on(day).filter(organisation=OuterRef("pk"))
    scheme = EngineeringScheme.objects.filter(organisation=OuterRef("pk"))
    organisations = Organisation.objects.filter(Exists(member), Exists(scheme), regions__isnull=False)
    return set(organisations.values_list("regions", flat=True))


def _year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; 29 February becomes 28."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
