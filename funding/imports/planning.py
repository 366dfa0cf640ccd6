"""What a table would do: the shape of a plan, and how one row's cells are read. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from funding.imports.columns import CLEAR, NEVER, TableShape, as_text
from funding.imports.reading import Table, TextRow, formula_error
from funding.models import FundingLine, Initiative


class Outcome(models.TextChoices):
    CREATED = "created", gettext_lazy("to be created")
    CHANGED = "changed", gettext_lazy("to be changed")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    CONFLICT = "conflict", gettext_lazy("in conflict")
    WRONG = "wrong", gettext_lazy("wrong")


@dataclass(frozen=True)
class Problem:
    """`column` is the head as the portal calls it, `letter` its place in the file; "" for the row as a whole."""

    text: str
    column: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Change:
    column: str
    old: Any
    new: Any


@dataclass
class PlannedRow:
    number: str  # of the row in the file
    reference: str
    outcome: Outcome = Outcome.WRONG
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    line: FundingLine | None = None  # ready to be saved
    of: Initiative | None = None  # of a funding to be created: what it is given for
    initiative: Initiative | None = None  # ready to be saved; before its line, where there is one


@dataclass
class Plan:
    rows: list[PlannedRow]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def may_be_applied(self) -> bool:
        """All or nothing: one row that is wrong or in conflict holds up all."""
        counts = self.counts
        return not counts[Outcome.WRONG] and not counts[Outcome.CONFLICT] and bool(self.to_write)

    @property
    def to_write(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome in (Outcome.CREATED, Outcome.CHANGED)]

    @property
    def worst_first(self) -> list[PlannedRow]:
        """The rows for the eye: what needs a hand, then what would be written; the unchanged are only counted."""
        order = (Outcome.WRONG, Outcome.CONFLICT, Outcome.CREATED, Outcome.CHANGED)
        return [row for outcome in order for row in self.rows if row.outcome == outcome]

    @property
    def fingerprint(self) -> str:
        """The same for the same effect on the same rows: what was shown is what is written."""
        told = [
            (row.number, row.outcome.value, [(one.column, str(one.old), str(one.new)) for one in row.changes])
            for row in self.rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class Reader:
    """Reads the cells of one table and names the column of whatever is wrong with them."""

    def __init__(self, table: Table, shape: TableShape) -> None:
        self.shape, self.letters = shape, table.columns
        self.day = timezone.localdate()  # what was decided or paid lies behind it
        self.columns = shape.by_field
        references = [row.get("reference", "").strip() for row in table.rows]
        self.twice = {reference for reference, number in Counter(references).items() if number > 1}

    def problem(self, name: str, text: Any) -> Problem:
        column = self.columns.get(name)
        return Problem(str(text), column.header if column else "", self.letters.get(name, ""))

    def begin(self, row: TextRow) -> tuple[PlannedRow, dict[str, Any]]:
        """The row with its key, and field → value of every cell that is not empty."""
        reference = row.get("reference", "").strip()
        planned = PlannedRow(row["row"], reference)
        if not reference:
            planned.problems.append(self.problem("reference", _("The reference is missing.")))
        elif reference in self.twice:
            planned.problems.append(self.problem("reference", _("This reference stands twice in the file.")))
        values = {}
        for name, text in row.items():
            if name != "row" and text.strip():
                try:
                    values[name] = self._value(name, text)
                except ValueError as error:
                    planned.problems.append(self.problem(name, error))
        return planned, values

    def _value(self, name: str, text: str) -> Any:
        column = self.columns[name]
        if wrong := formula_error(text):
            raise ValueError(wrong)
        if text.strip().casefold() != CLEAR:
            return column.read(text)
        if column.clears_to is NEVER:
            raise ValueError(_("this column cannot be cleared."))
        return column.clears_to

    def told(self, error: ValidationError) -> list[Problem]:
        """The problems a model found, each beside its column."""
        if not hasattr(error, "error_dict"):
            return [Problem(text) for text in error.messages]
        return [
            self.problem("" if name == NON_FIELD_ERRORS else name, text)
            for name, texts in error.message_dict.items()
            for text in texts
        ]


def changed_since_export(values: dict[str, Any], version: int, planned: PlannedRow, reader: Reader) -> bool:
    """Whether the row was changed on the portal since the file was made; then it is a conflict, and says so."""
    if values.get("version", version) == version:
        return False
    planned.outcome = Outcome.CONFLICT
    text = _(
        "This row was changed on the portal since your export (version %(now)s, yours is %(then)s). To keep your values"
        " write %(now)s in this column; to keep those of the portal take the row out."
    )
    planned.problems.append(reader.problem("version", text % {"now": version, "then": values["version"]}))
    return True


def set_values(row: Any, values: dict[str, Any], names: tuple[str, ...], planned: PlannedRow, reader: Reader) -> None:
    """Puts `values` on `row` and notes old → new of every field that differs."""
    for name in names:
        if name in values and getattr(row, name) != values[name]:
            column = reader.columns[name]
            told = Change(column.header, as_text(column, getattr(row, name)), as_text(column, values[name]))
            planned.changes.append(told)
            setattr(row, name, values[name])
