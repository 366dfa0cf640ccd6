"""Reads for the files: every column's relations fetched, in batches."""

from __future__ import annotations

from django.db.models import Prefetch

from funding.models import FundingLine, Instalment
from funding.querysets import FundingLineQuerySet, InitiativeQuerySet
from funding.visibility import Visibility

BATCH = 500  # rows read at a time


def initiatives_with_lines(rows: InitiativeQuerySet, visibility: Visibility) -> InitiativeQuerySet:
    """Initiatives with `agreed`, `undisclosed` and `seen_lines`: the fundings this reader may know of."""
    lines = FundingLine.objects.seen_by(visibility).select_related("funder").order_by("-decided_on", "pk")
    return rows.for_list(visibility).prefetch_related(Prefetch("lines", lines, to_attr="seen_lines"))


def lines_in_full(rows: FundingLineQuerySet) -> FundingLineQuerySet:
    """Fundings with initiative, bearer, programme, funder and instalments."""
    return rows.select_related("initiative__bearer", "initiative__programme", "funder__funder").prefetch_related(
        Prefetch("instalments", Instalment.objects.order_by("due_on", "pk"))
    )


def lines_of(initiatives: InitiativeQuerySet, visibility: Visibility) -> FundingLineQuerySet:
    """The granted fundings of a filtered list whose amounts this reader may see: what open formats describe."""
    found = FundingLine.objects.amounts_seen_by(visibility).granted().of(initiatives)
    return found.order_by("initiative__reference", "funder__name", "pk")
