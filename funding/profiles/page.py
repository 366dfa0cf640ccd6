"""What a region, a programme, a funder or a bearer is about: the same figures over the initiatives that belong to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.territories import regions
from funding.figures import compute
from funding.figures.compute import Figure, Row, Values
from funding.figures.rollup import rollup, rollup_lines
from funding.models import FundingLineFact, Programme
from funding.models.initiative import NATIONAL, SEVERAL
from funding.querysets import InitiativeQuerySet
from funding.visibility import Visibility
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
    undisclosed: int  # fundings whose amount the reader may not see
    leverage: Decimal | None  # euros of others for one of the funder the page is of
    years: list[tuple[Any, Decimal]]
    funders: list[Share]
    programmes: list[Share]
    places: list[Share]

    @property
    def shown(self) -> list[tuple[Figure, Any, str]]:
        """Each figure with its definition and what narrows the list it is made of, in the order of the page."""
        return [(compute.definition(key), self.values[key], PART.get(key, "")) for key in SHOWN]

    @property
    def is_hidden(self) -> bool:
        """Whether there are fundings and the reader may see the amount of none."""
        return bool(self.undisclosed) and not self.values["lines"]


def profile(initiatives: InitiativeQuerySet, visibility: Visibility, *, funder: Organisation | None = None) -> Profile:
    """In a number of queries that never grows. With `funder` only its own lines count."""
    seen = FundingLineFact.objects.seen_by(visibility).of(initiatives)
    told = every = FundingLineFact.objects.amounts_seen_by(visibility).of(initiatives)
    if funder is not None:
        seen, told = seen.given_by(funder), told.given_by(funder)
    places = rollup_lines(told, ("agreed",))
    years: Counter[int] = Counter()
    given: Counter[int] = Counter()
    for (year, giver, _state), found in places.items():
        given[giver] += found["agreed"]
        if year is not None:
            years[year] += found["agreed"]
    counted = [initiatives, compute.hidden(seen, visibility)]
    others = compute.backed_by_others(every, funder) if funder is not None else None
    (number, undisclosed), of_others = compute.at_once(counted, others)
    values = compute.compute(told, SHOWN)
    by = rollup(told, ("agreed", "backed"), ("region", "programme"), sorted(given))
    backed = {giver: sum(row["backed"] for givers, row in by.together.items() if giver in givers) for giver in given}
    return Profile(
        number=number,
        values=values,
        undisclosed=undisclosed,
        leverage=compute.ratio(of_others, values["agreed"]) if funder is not None else None,
        years=sorted(years.items(), reverse=True),
        funders=_shares(
            [(giver, backed[giver], given[giver]) for giver in sorted(given)],
            Organisation.objects.in_bulk if funder is None else lambda keys: {funder.pk: funder},
        ),
        programmes=_shares(_told(by.rows["programme"]), Programme.objects.in_bulk),
        places=_shares(_told(by.rows["region"]), _regions),
    )


def _told(rows: list[Row]) -> list[tuple[Any, int, Decimal]]:
    return [(row.value, row.figures["backed"], row.figures["agreed"]) for row in rows]


def _shares(rows: list[tuple[Any, int, Decimal]], read: Callable[[list[Any]], Mapping[Any, Any]]) -> list[Share]:
    """Of (value, initiatives, euros), the largest first; what has no value (no programme, no place) is the row of None."""
    told = [row for row in rows if row[1]]
    wanted = [value for value, _backed, _agreed in told if value]
    known = read(wanted) if wanted else {}
    found = [Share(known.get(value), backed, agreed) for value, backed, agreed in told]
    return sorted(found, key=lambda share: -share.agreed)


def _regions(codes: list[str]) -> dict[str, Any]:
    """Regions by code; the groups of what acts in several and of the whole country stay words."""
    return {**regions(), **{code: code for code in codes if code in (SEVERAL, NATIONAL)}}
