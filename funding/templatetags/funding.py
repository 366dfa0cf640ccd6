"""Amounts, stages and states as pages show them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from core.enums import SDG
from core.formatting import amounts
from core.models import Region
from funding.dashboard.pictures import SLICE_NAMES
from funding.enums import LineState, Stage, UpdateState
from funding.follow_up.page import number

register = template.Library()

for written in (amounts.euros, amounts.signed, amounts.cell_text):
    register.filter(written)

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


@register.filter
def picture_word(dimension: str) -> str:
    """The word by which the chart of a dimension is downloaded."""
    return SLICE_NAMES.get(dimension, dimension)
