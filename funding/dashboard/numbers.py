"""What the dashboard adds up for one filter: figures, what they are made of, and the counts beside the filters.

    numbers = filterset.numbers
    numbers.rolled_up      # figures of the fundings found, whole and by what their initiatives are
    numbers.by_place      # the same by what fundings differ in within an initiative
    numbers.in_years({2023})   # as if these years were chosen in place of others

Little is asked for: one answer over fundings of any year, funder and state serves every choice of these three and
the counts beside them, and what the filter without one of its facets gave before is taken where it is kept.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import django_filters

from core.filters import Sort
from funding.figures import compute
from funding.figures.cached import cached, peek
from funding.figures.compute import COUNTED, FIGURES, Lines, Values
from funding.figures.rollup import Place, Rollup, cached_rollup, rollup, rollup_lines
from funding.models import FundingLineFact

if TYPE_CHECKING:
    from funding.dashboard.filters import DashboardFilter
    from funding.querysets import FundingLineFactQuerySet
    from funding.visibility import Visibility
    from members.models import Organisation

SHOWN = ("agreed", "contracted", "paid", "remaining", "backed", "lines")
OVER_LINES = tuple(key for key in SHOWN if key != COUNTED)  # those that add up over fundings
UNSHARED = ("verse", "convention")  # filters by what is shared with the amount alone
OF_LINES = {"annee": 0, "financeur": 1, "etat": 2}  # filter → its part of the place of a funding
OF_INITIATIVES = {"region": "region", "stade": "stage", "odd": "sdg", "programme": "programme"}  # filter → dimension


class Numbers:
    def __init__(self, filterset: DashboardFilter) -> None:
        self.filterset = filterset

    # --- rows --------------------------------------------------------------------------------------------------------

    def rows(self, *, but: Collection[str] = ()) -> Lines:
        """What passes every filter except `but`, in no order; nothing where the filter cannot be read.

        Over the rows kept of the fundings, where the filterset has them.
        """
        filterset = self.filterset
        if not filterset.is_valid():
            return self.every.none()
        if filterset.counted is None:
            return filterset.narrowed(without=but).order_by()
        return self._narrowed(filterset.counted, but)

    def _narrowed(self, rows: FundingLineFactQuerySet, but: Collection[str]) -> FundingLineFactQuerySet:
        for name, value in self.filterset.form.cleaned_data.items():
            if name not in but and not isinstance(self.filterset.filters[name], Sort):
                rows = self._over_counted(name).filter(rows, value)
        return rows

    def undisclosed(self, visibility: Visibility) -> int:
        """How many fundings of the filter are in no figure, for their amounts are not shared with this reader.

        When they were paid and signed is not shared either, so these two filters do not narrow them.
        """
        return compute.undisclosed(self._narrowed(FundingLineFact.objects.seen_by(visibility), UNSHARED), visibility)

    @property
    def every(self) -> Lines:
        """The rows before any filter."""
        return self.filterset.queryset.order_by() if self.filterset.counted is None else self.filterset.counted

    def count_all(self) -> int:
        return cached("count", self.every, compute=self.every.count)

    def _over_counted(self, name: str) -> django_filters.Filter:
        over = copy.copy(self.filterset.filters[name])
        over.model, over.field_name = FundingLineFact, FundingLineFact.path(over.field_name or "")
        return over

    # --- figures -----------------------------------------------------------------------------------------------------

    @cached_property
    def rolled_up(self) -> Rollup:
        return rollup(self.rows(), *self._asked)

    @cached_property
    def by_place(self) -> dict[Place, Values]:
        """(year, funder, state) → figures of the fundings found."""
        return {place: values for place, values in self._anywhere.items() if self._passes(place)}

    def paid_by_year(self) -> dict[int | None, Decimal | int]:
        """Year of the payments → what was paid of the fundings found."""
        return compute.by_year(self.rows(), "paid")

    def in_years(self, years: Collection[int]) -> Values:
        """The figures in place of the years chosen: what else is chosen stays."""
        rows = self.rows(but=("annee",)).filter(decided_year__in=years)
        if not self._is_of_places:
            return compute.compute(rows, SHOWN)
        values: Values = {key: compute.exact(FIGURES[key].nothing) for key in SHOWN}
        for place, found in self._anywhere.items():
            if place[0] in years and self._passes(place, but="annee"):
                values |= {key: values[key] + found[key] for key in OVER_LINES}
        initiatives = rows.values("initiative").distinct()
        values[COUNTED] = cached("count", initiatives, compute=initiatives.count)
        return values

    def leverage(self, funder: Organisation) -> Decimal | None:
        """Euros of others for one of `funder`, where it alone is chosen."""
        everybody = self.rows(but=("financeur",))
        known = cached_rollup(everybody, *self._asked)
        if known is None:
            return compute.leverage(everybody, funder)
        own = sum((values["agreed"] for values in self.by_place.values()), Decimal(0))
        of_all = sum((values["agreed"] for givers, values in known.together.items() if funder.pk in givers), Decimal(0))
        return compute.ratio(of_all - own, own)

    @property
    def _asked(self) -> tuple[Sequence[str], Sequence[str], Sequence[int]]:
        return SHOWN, tuple(OF_INITIATIVES.values()), [row.pk for row in self.filterset.organisations]

    # --- places: year, funder, state -----------------------------------------------------------------------------------

    @cached_property
    def _anywhere(self) -> dict[Place, Values]:
        """Figures of every place, whichever of these three are chosen."""
        return rollup_lines(self.rows(but=OF_LINES if self._is_of_places else ()), OVER_LINES)

    @property
    def _is_of_places(self) -> bool:
        """Whether these three only choose among places; who funds together is looked for within what they leave."""
        return not self.filterset.chosen("avec")

    def _passes(self, place: Place, *, but: str = "") -> bool:
        return all(
            name == but or words is None or self._word(name, place) in words
            for name, words in self._chosen_places.items()
        )

    def _word(self, name: str, place: Place) -> str:
        return self.filterset.filters[name].word(place[OF_LINES[name]])

    @cached_property
    def _chosen_places(self) -> dict[str, set[str] | None]:
        return {name: set(self.filterset.chosen(name)) or None for name in OF_LINES}

    # --- counts beside the filters -------------------------------------------------------------------------------------

    def counts(self) -> dict[tuple[str, str], int]:
        """What the figures tell of them, as `FilterSet` holds counts; of a facet all or none."""
        filterset = self.filterset
        known: Counter[tuple[str, str]] = Counter({("", "found"): sum(row["lines"] for row in self.by_place.values())})
        for name in OF_LINES:
            if self._is_of_places or not filterset.chosen(name):
                for place, values in self._anywhere.items():
                    if self._passes(place, but=name):
                        known[name, self._word(name, place)] += values["lines"]
        for name, dimension in OF_INITIATIVES.items():
            made = cached_rollup(self.rows(but=(name,)), *self._asked) if filterset.chosen(name) else self.rolled_up
            for row in made.rows[dimension] if made else ():
                known[name, filterset.filters[name].word(row.value)] += row.figures["lines"]
        is_asked = {name for name, _word in known} >= {*OF_LINES, *OF_INITIATIVES}  # else one question brings the rest
        total = self._total(known["", "found"], is_asked=is_asked)
        return dict(known) if total is None else known | {("", "total"): total}

    def _total(self, found: int, *, is_asked: bool) -> int | None:
        """All rows; None where whoever asks for other counts has it for nothing."""
        if not self.filterset.active:
            return found
        return self.count_all() if is_asked else peek("count", self.every)
