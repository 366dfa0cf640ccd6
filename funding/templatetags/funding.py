"""Amounts, stages and states as pages show them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats
from django.utils.translation import get_language

from core.enums import SDG
from core.models import Region
from core.partial_dates import PartialDate, display
from core.partial_dates.text import full_day
from funding.enums import LineState, Stage, UpdateState
from funding.follow_up.page import number
from funding.imports.planning import Outcome

register = template.Library()

NBSP, MINUS = "\u00a0", "\u2212"

PICTURE_WORDS = {"stage": "stades", "sdg": "objectifs", "programme": "programmes"}
STAGE_MARKS = {
    Stage.SPOTTED: "draft",
    Stage.REVIEWED: "wait",
    Stage.FUNDED: "open",
    Stage.RUNNING: "open",
    Stage.COMPLETED: "done",
    Stage.CAPITALISED: "ok",
    Stage.DROPPED: "no",
}
STATE_MARKS = {
    LineState.DRAFT: "draft",
    LineState.REQUESTED: "wait",
    LineState.REFUSED: "no",
    LineState.AGREED: "open",
    LineState.CONTRACTED: "done",
    LineState.SETTLED: "ok",
    LineState.CANCELLED: "no",
}
UPDATE_MARKS = {
    UpdateState.DUE: "wait",
    UpdateState.DRAFT: "draft",
    UpdateState.SUBMITTED: "ok",
    UpdateState.SKIPPED: "old",
}


@register.filter
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


@register.filter
def stage_mark(stage: str) -> str:
    """The kind of `components/state.html` that draws a stage."""
    return STAGE_MARKS[Stage(stage)]


@register.filter
def line_mark(state: str) -> str:
    return STATE_MARKS[LineState(state)]


@register.filter
def update_mark(state: str) -> str:
    return UPDATE_MARKS[UpdateState(state)]


@register.filter
def plain_number(value: Decimal | None) -> str:
    """ "1 250", "12,5"."""
    return "" if value is None else number(value)


@register.filter
def goal(number: int) -> Any:
    """The name of a Sustainable Development Goal."""
    return SDG(number).label


@register.simple_tag
def region_names(codes: list[str], names: dict[str, Region]) -> list[Region]:
    return [names[code] for code in codes if code in names]


OUTCOME_MARKS = {
    Outcome.CREATED: "open",
    Outcome.CHANGED: "done",
    Outcome.UNCHANGED: "ok",
    Outcome.CONFLICT: "wait",
    Outcome.WRONG: "no",
}


@register.filter
def outcome_mark(outcome: str) -> str:
    return OUTCOME_MARKS[Outcome(outcome)]


@register.filter
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


@register.filter
def signed(value: Decimal | int, is_money: bool) -> str:
    """A difference with its sign: "+ 12 500 €", "− 3", "0 €", "0"."""
    size = euros(abs(value)) if is_money else formats.number_format(abs(value), use_l10n=True, force_grouping=True)
    if not value:
        return size
    return f"{'+' if value > 0 else MINUS}{NBSP}{size}"


@register.filter
def picture_word(dimension: str) -> str:
    """The word by which the chart of a dimension is downloaded."""
    return PICTURE_WORDS.get(dimension, dimension)
