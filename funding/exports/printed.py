"""What the PDF of the dashboard and of a filtered list prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from core.db.periods import today
from core.filters import FilterSet
from core.formatting.amounts import euros
from core.formatting.typography import french
from core.models import Region
from core.partial_dates.text import full_day
from core.space import current_space
from funding.dashboard import pictures
from funding.dashboard.numbers import SHOWN
from funding.dashboard.page import dashboard_page
from funding.enums import ListPage
from funding.figures import compute
from funding.models import ListFile
from funding.visibility import Visibility

TOTALS = ("agreed", "paid", "remaining", "lines", "backed")


@dataclass(frozen=True)
class PrintColumn:
    label: Any
    value: Callable[[Any], Any]
    is_number: bool = False


@dataclass(frozen=True)
class Printed:
    title: str
    context: dict[str, Any]
    images: dict[str, bytes] = field(default_factory=dict)


_LINES = [
    PrintColumn(gettext_lazy("Initiative"), lambda line: line.initiative.title),
    PrintColumn(gettext_lazy("Reference"), lambda line: line.reference),
    PrintColumn(gettext_lazy("Funder"), lambda line: line.funder.label),
    PrintColumn(pgettext_lazy("of a funding", "State"), lambda line: line.get_state_display()),
    PrintColumn(gettext_lazy("Decided on"), lambda line: full_day(line.decided_on) if line.decided_on else ""),
    PrintColumn(gettext_lazy("Agreed"), lambda line: euros(line.total), is_number=True),
    PrintColumn(gettext_lazy("Paid"), lambda line: euros(line.amount_paid), is_number=True),
]


def _initiative_columns() -> list[PrintColumn]:
    names = {region.code: region.name for region in Region.objects.in_code_order()}
    return [
        PrintColumn(gettext_lazy("Title"), lambda row: row.title),
        PrintColumn(gettext_lazy("Reference"), lambda row: row.reference),
        PrintColumn(gettext_lazy("Bearing organisation"), lambda row: row.bearer_label),
        PrintColumn(
            gettext_lazy("Regions"),
            lambda row: _("the whole country") if row.is_national else ", ".join(names[code] for code in row.regions),
        ),
        PrintColumn(gettext_lazy("Stage"), lambda row: row.get_stage_display()),
        PrintColumn(gettext_lazy("Amount agreed (as far as shared)"), lambda row: euros(row.agreed), is_number=True),
    ]


def contents(file: ListFile, filterset: FilterSet, visibility: Visibility) -> Printed:
    """The dashboard with its charts, or the rows of a list; `filterset` is over what `visibility` covers."""
    day = full_day(today(file.asked_at))
    title = f"{str(file.get_page_display()).capitalize()}, {day}"
    common = {
        "space": current_space(),
        "file": file,
        "described": filterset.described,
        "words": {"head": french(current_space().short_name), "foot": french(title)},
    }
    if file.page == ListPage.DASHBOARD:
        shown = dashboard_page(filterset, visibility, today(file.asked_at))
        drawn = pictures.pictures(shown, today(file.asked_at))
        images = {f"{word}.svg": pictures.svg(picture) for word, picture in drawn.items()}
        definitions = [compute.definition(key) for key in SHOWN]
        return Printed(title, {**common, "board": shown, "pictures": drawn, "definitions": definitions}, images)
    if file.page == ListPage.INITIATIVES:
        columns, rows, totals = _initiative_columns(), filterset.qs.for_list(visibility), None
    else:
        columns, rows = _LINES, filterset.qs.select_related("initiative", "funder")
        totals = compute.compute(filterset.qs, TOTALS)
    table = [[(column, column.value(row)) for column in columns] for row in rows]
    told = [(compute.definition(key), value) for key, value in (totals or {}).items()]
    return Printed(title, {**common, "columns": columns, "table": table, "totals": told})
