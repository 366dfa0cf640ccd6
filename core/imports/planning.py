"""What a table would do: the shape of a plan, and how one row's cells are read. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core.db.many_checks import violations
from core.imports.columns import CLEAR, NEVER, ImportColumn, in_words
from core.imports.enums import Outcome
from core.imports.reading import Table, formula_error
from core.imports.shapes import TableShape, TextRow

AT_ONCE = 500  # rows compared together
MOST_KEPT = 300  # rows of each outcome that are kept beside the counts of all
MOST_NUMBERS = 10  # rows named beside a problem they share


@dataclass(frozen=True)
class Problem:
    """`column` is the head as the portal calls it, `letter` its place in the file; "" for the row as a whole."""

    text: str
    column: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Change:
    """Of one cell, in the words of the page."""

    column: str
    old: str
    new: str


@dataclass
class PlannedRow:
    """What becomes of one row; a kind of import adds what is ready to be saved."""

    number: str  # of the row in the file
    reference: str
    outcome: Outcome = Outcome.WRONG
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    about: str = ""  # what a row to be created is part of, in words
    unread: set[str] = field(default_factory=set)  # fields whose cells could not be read
    names: set[str] = field(default_factory=set)  # fields that are written
    passed_over: list[str] = field(
        default_factory=list
    )  # heads of cells that differ from what stands and are not taken


@dataclass
class SharedProblem:
    """One problem of several rows: how many, and the first of them."""

    problem: Problem
    count: int = 0
    numbers: list[str] = field(default_factory=list)

    @property
    def others(self) -> int:
        return self.count - len(self.numbers)


class Plan:
    """What the rows would do. They may be many: counts are of all, rows are kept as far as they are shown."""

    def __init__(self, rows: Iterable[PlannedRow] = (), *, keeps: int = MOST_KEPT) -> None:
        self.keeps = keeps
        self.counted: Counter[str] = Counter()
        self.rows: list[PlannedRow] = []
        self.problems: dict[Problem, SharedProblem] = {}
        self._told = hashlib.sha256()
        self.add(rows)

    def add(self, rows: Iterable[PlannedRow]) -> None:
        for row in rows:
            self.counted[row.outcome] += 1
            changes = [(one.column, one.old, one.new) for one in row.changes]
            self._told.update(repr((row.number, row.outcome.value, changes)).encode())
            if self.counted[row.outcome] <= self.keeps:
                self.rows.append(row)
            for problem in row.problems:
                shared = self.problems.setdefault(problem, SharedProblem(problem))
                shared.count += 1
                if len(shared.numbers) < MOST_NUMBERS:
                    shared.numbers.append(row.number)

    @property
    def counts(self) -> dict[str, int]:
        return {outcome.value: self.counted[outcome] for outcome in Outcome}

    @property
    def may_be_applied(self) -> bool:
        """All or nothing: one row that is wrong or in conflict holds up all."""
        return not self.is_held_up and bool(self.counted[Outcome.CREATED] or self.counted[Outcome.CHANGED])

    @property
    def is_held_up(self) -> bool:
        return bool(self.counted[Outcome.WRONG] or self.counted[Outcome.CONFLICT])

    @property
    def shared(self) -> list[SharedProblem]:
        """Problems that several rows have, the most frequent first: told once, with their rows."""
        return sorted((one for one in self.problems.values() if one.count > 1), key=lambda one: -one.count)

    @property
    def fingerprint(self) -> str:
        """The same for the same effect on the same rows: what was shown is what is written."""
        return self._told.hexdigest()


def is_to_write(row: PlannedRow) -> bool:
    return row.outcome in (Outcome.CREATED, Outcome.CHANGED)


class Reader:
    """Reads the cells of one table and names the column of whatever is wrong with them."""

    def __init__(self, table: Table, shape: TableShape, row_type: type[Any] = PlannedRow) -> None:
        self.shape, self.letters, self.row_type = shape, table.columns, row_type
        self.day = timezone.localdate()  # what was decided or paid lies behind it
        self.columns = shape.by_field
        self.twice = table.twice

    def problem(self, name: str, text: Any) -> Problem:
        column = self.columns.get(name)
        return Problem(str(text), column.header if column else "", self.letters.get(name, ""))

    def begin(self, row: TextRow) -> tuple[Any, TextRow]:
        """The row with its key, and field → text of every cell that is not empty."""
        key = self.shape.key
        reference = row.get(key, "").strip()
        planned = self.row_type(row["row"], reference)
        if not reference:
            planned.problems.append(self.problem(key, self.shape.key_missing))
        elif wrong := formula_error(reference):
            planned.problems.append(self.problem(key, wrong))
        elif reference in self.twice:
            planned.problems.append(self.problem(key, _("This reference stands twice in the file.")))
        texts = {name: text for name, text in row.items() if name not in ("row", key) and text.strip()}
        return planned, texts

    def values(
        self, planned: PlannedRow, texts: TextRow, *, stored: Any = None, exported: Any = None
    ) -> dict[str, Any]:
        """Field → value of each cell that asks for something.

        A cell that says what `stored` holds, or what the row held when it was `exported`, asks for nothing.
        """
        values = {}
        for name, text in texts.items():
            column = self.columns[name]
            known = [row for row in (stored, exported) if row is not None]
            if any(column.is_as_written(text, row) for row in known):
                continue
            try:
                value = self._value(column, text)
            except ValueError as error:
                planned.problems.append(self.problem(name, error))
                planned.unread.add(name)
                continue
            if not any(column.means(value, row) for row in known):
                values[name] = value
        return values

    def _value(self, column: ImportColumn, text: str) -> Any:
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

    def change(self, planned: PlannedRow, name: str, old: Any, new: Any) -> None:
        """Notes old → new of one column, as the workbook writes them."""
        column = self.columns[name]
        planned.changes.append(Change(column.header, in_words(column, old), in_words(column, new)))
        planned.names.add(name)

    def set_values(self, planned: PlannedRow, values: dict[str, Any], names: Iterable[str], row: Any) -> None:
        """Puts `values` on `row` and notes what differs."""
        for name in names:
            if name in values and getattr(row, name) != values[name]:
                self.change(planned, name, getattr(row, name), values[name])
                setattr(row, name, values[name])


def judge(
    reader: Reader,
    pending: Sequence[tuple[PlannedRow, models.Model]],
    *,
    exclude: Collection[str],
) -> None:
    """The model's own rules for all rows at once; `pending` are rows of one model, ready but for them."""
    for planned, row in pending:
        try:
            row.clean_fields(exclude={*exclude, *planned.unread})
        except ValidationError as error:
            planned.problems += reader.told(error)
            planned.unread |= set(error.error_dict)
    if not pending:
        return
    found = violations(
        type(pending[0][1]), [row for _planned, row in pending], unknown=[planned.unread for planned, _row in pending]
    )
    for (planned, _row), errors in zip(pending, found, strict=True):
        planned.problems += [Problem(text) for error in errors for text in error.messages]
