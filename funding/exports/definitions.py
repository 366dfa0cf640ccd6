"""The second sheet of a workbook: what was filtered, on which day, and what each figure means."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.filters import FilterSet
from funding.figures import compute

OF_INITIATIVES = ("initiatives", "agreed")
OF_LINES = ("requested", "agreed", "paid", "returned", "remaining")


def notes(filterset: FilterSet, keys: tuple[str, ...], now: dt.datetime) -> list[tuple[str, str]]:
    """(label, text) rows: the filters, the moment, who sees which amount, and the definitions of `keys`."""
    rows = filterset.described or [(_("Filters"), _("none: the whole list"))]
    rows = [*rows, (_("Data as of"), date_format(localtime(now), "DATETIME_FORMAT"))]
    rows.append((_("Amounts"), _("Those that you may see: each funder chooses with whom it shares them.")))
    for key in keys:
        figure = compute.definition(key)
        text = _("%(definition)s Date used: %(basis)s. Source: %(source)s.") % {
            "definition": figure.definition,
            "basis": figure.basis,
            "source": figure.source,
        }
        rows.append((str(figure.label), text))
    return rows
