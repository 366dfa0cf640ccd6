"""What a region, a programme, a funder or a bearer is about: the same figures over the initiatives that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.models import Region
from funding import figures
from funding.figures import Figure, Lines, Values
from funding.kept import kept
from funding.models import CountedLine, Programme
from funding.models.initiative import NATIONAL, SEVERAL
from funding.querysets import InitiativeQuerySet
from funding.visibility import Sight
from members.models import Organisation

PART = {"remaining": "&etat=accorde&etat=conventionne"}  # of the fundings, only these have something left
SHOWN = ("lines", "agreed", "mean", "median", "largest", "paid", "remaining")


@dataclass(frozen=True)
class Share:
    """One row of a table: what it is of (an object with an address, or a code), and its figures."""

    of: Any
    backed: int
    agreed: Decimal


@dataclass(frozen=True)
class Profile:
    number: int  # initiatives, each once
    values: Values
    untold: int  # fundings whose amount the reader may not see
    years: list[tuple[Any, Decimal]]
    funders: list[Share]
    programmes: list[Share]
    places: list[Share]

    @property
    def shown(self) -> list[tuple[Figure, Any, str]]:
        """Each figure with its definition and what narrows the list it is made of, in the order of the page."""
        return [(figures.definition(key), self.values[key], PART.get(key, "")) for key in SHOWN]

    @property
    def is_hidden(self) -> bool:
        """Whether there are fundings and the reader may see the amount of none."""
        return bool(self.untold) and not self.values["lines"]


def profile(initiatives: InitiativeQuerySet, sight: Sight, *, funder: Organisation | None = None) -> Profile:
    """In a number of queries that never grows. With `funder` only its own lines count."""
    seen = CountedLine.objects.seen_by(sight).of(initiatives)
    told = CountedLine.objects.amounts_seen_by(sight).of(initiatives)
    if funder is not None:
        seen, told = seen.given_by(funder), told.given_by(funder)
    years = figures.by_year(told, "agreed")
    return Profile(
        number=kept("count", initiatives, compute=initiatives.order_by().count),
        values=figures.compute(told, SHOWN),
        untold=figures.untold(seen, sight),
        years=sorted(((year, amount) for year, amount in years.items() if year is not None), reverse=True),
        funders=_shares(told, "funder", Organisation.objects.in_bulk),
        programmes=_shares(told, "programme", Programme.objects.in_bulk),
        places=_shares(told, "region", _regions),
    )


def _shares(lines: Lines, dimension: str, read: Any) -> list[Share]:
    """The largest first; what has no value (no programme, no place) is the row of None."""
    rows = [row for row in figures.breakdown(lines, dimension, ("backed", "agreed")) if row.figures["backed"]]
    known = read([row.value for row in rows if row.value])
    found = [Share(known.get(row.value), row.figures["backed"], row.figures["agreed"]) for row in rows]
    return sorted(found, key=lambda share: -share.agreed)


def _regions(codes: list[str]) -> dict[str, Any]:
    """Regions by code; the groups of what acts in several and of the whole country stay words."""
    known: dict[str, Any] = {region.code: region for region in Region.objects.filter(code__in=codes)}
    return {**known, **{code: code for code in codes if code in (SEVERAL, NATIONAL)}}
