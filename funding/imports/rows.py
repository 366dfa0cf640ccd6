"""A row of a table of funding on its way: what is ready to be saved of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.imports.planning import PlannedRow
from funding.models import FundingLine, Initiative


@dataclass
class FundingRow(PlannedRow):
    line: FundingLine | None = None  # ready to be saved
    of: Initiative | None = None  # of a funding to be created: what it is given for
    due_on: dt.date | None = None  # of the single payment of a funding to be created
    initiative: Initiative | None = None  # ready to be saved; before its line, where there is one
