"""A column of an exported table, and its values as a cell of each format holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from core.partial_dates import PartialDate, display
from core.tables.escape import escape

Cell = str | int | Decimal | float | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Column:
    """`value` takes a row and gives text, a number, a date, a partial date, yes or no, a list of these, or None.

    `width` is in characters, for XLSX; `number_format` is Excel's, e.g. "#,##0.00 €".
    """

    label: str | Promise
    value: Callable[[Any], Any]
    width: int = 18
    number_format: str = ""


def cell(value: Any) -> Cell:
    """`value` as a typed cell; every text is escaped."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | Decimal | float):
        return value
    if isinstance(value, dt.datetime):  # a spreadsheet knows no time zone: the portal's own clock
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, dt.date):
        return value
    if isinstance(value, PartialDate):
        return escape(display(value))
    if isinstance(value, Iterable) and not isinstance(value, str | Promise):
        return escape(", ".join(str(part) for part in value)) or None
    return escape(str(value))


def as_text(value: Cell) -> str:
    """A cell in CSV: ISO dates, decimals as the language writes them, so that its Excel reads numbers."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        text = format(value, "f") if isinstance(value, Decimal) else repr(value)
        return text.replace(".", ",") if (get_language() or "fr").startswith("fr") else text
    return str(value)
