"""Amounts of money as each language writes them, and values of a table in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import get_language

from core.partial_dates import PartialDate, display
from core.partial_dates.text import full_day

NBSP, MINUS = "\u00a0", "\u2212"


def euros(value: Decimal | int | None) -> str:
    """ "12 500 €", "12 500,50 €", "− 500 €"; "€12,500" in English; "" where unknown. Cents only where there are any."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    if amount < 0:
        return f"{MINUS}{NBSP}{euros(-amount)}"
    digits = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, digits, use_l10n=True, force_grouping=True)
    if (get_language() or "fr").startswith("fr"):
        return f"{number.replace(chr(0x202F), NBSP)}{NBSP}€"
    return f"€{number}"


def signed(value: Decimal | int, is_money: bool) -> str:
    """A difference with its sign: "+ 12 500 €", "− 3", "0 €", "0"."""
    size = euros(abs(value)) if is_money else formats.number_format(abs(value), use_l10n=True, force_grouping=True)
    if not value:
        return size
    return f"{'+' if value > 0 else MINUS}{NBSP}{size}"


def cell_text(value: Any) -> str:
    """A value of an imported table in words: "12 500,50 €", "31 décembre 2024", "11, 13"; "" where it is empty."""
    if value is None or value == []:
        return ""
    if isinstance(value, Decimal):
        return euros(value)
    if isinstance(value, PartialDate):
        return display(value)
    if isinstance(value, dt.date):
        return full_day(value)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)
