"""The two tables of funding: fundings and initiatives."""

from __future__ import annotations

from core.imports.shapes import TableShape
from funding.enums import TableKind
from funding.imports.columns import COMPUTED, INITIATIVE_COLUMNS, LINE_COLUMNS
from funding.imports.scdl import Scdl

SHAPES = {
    TableKind.LINES: TableShape(
        TableKind.LINES,
        LINE_COLUMNS,
        computed_heads=COMPUTED[TableKind.LINES],
        dialects=(Scdl(),),
        within="giver",
    ),
    TableKind.INITIATIVES: TableShape(
        TableKind.INITIATIVES, INITIATIVE_COLUMNS, computed_heads=COMPUTED[TableKind.INITIATIVES]
    ),
}
