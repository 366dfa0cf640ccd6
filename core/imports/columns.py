"""The columns of a table that is imported, each described once for both directions: what a row holds there, how it is read.

`get` gives what is exported and what a file is compared with, `read` takes a cell's text back to the same value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import formats, translation

from core.imports import cells
from core.partial_dates import PartialDate, display
from core.partial_dates.text import full_day
from core.tables import unescape
from core.tables.columns import as_text as csv_text, cell
from core.text import one_line

CLEAR = "(vide)"
NEVER = object()  # a column that "(vide)" may not clear


def said(value: Any) -> str:
    """A value of a cell in words: "12 500,50", "31 décembre 2024", "11, 13"; "" where it is empty."""
    if value is None or value == []:
        return ""
    if isinstance(value, Decimal):
        return formats.number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(value, PartialDate):
        return display(value)
    if isinstance(value, dt.date):
        return full_day(value)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)


@dataclass(frozen=True)
class ImportColumn:
    """`header` is written in the workbook; `names` are other headers it is known by, among them SCDL's.

    `get` takes a row of the model, or the event that kept it as it was. `alike` are other values that mean the same.
    """

    field: str
    header: str
    names: tuple[Any, ...] = ()
    read: Callable[[str], Any] = one_line
    clears_to: Any = None  # what "(vide)" writes; `NEVER` where it may not
    words: Mapping[str, Any] | None = None  # the words of a choice
    help: Any = ""  # for the sheet that explains the columns
    get: Callable[[Any], Any] | None = None  # the attribute of that name, by default
    alike: Callable[[Any], Iterable[Any]] = field(default=lambda row: ())
    number_format: str = ""
    says: Callable[[Any], str] = said  # the value in a sentence

    def value(self, row: Any) -> Any:
        return getattr(row, self.field) if self.get is None else self.get(row)

    def written(self, row: Any) -> Any:
        """The value as the workbook writes it."""
        return as_text(self, self.value(row))

    def is_as_written(self, text: str, row: Any) -> bool:
        """Whether a cell holds what an export wrote there for `row`, so that nobody touched it."""
        return _level(text) in {
            _level(unescape(csv_text(cell(told)))) for told in (self.written(row), *self.alike(row))
        }

    def means(self, value: Any, row: Any) -> bool:
        """Whether `value`, read from a cell, is what `row` holds."""
        held = (self.value(row), *self.alike(row))
        return any(_level(value) == _level(one) for one in held) if isinstance(value, str) else value in held


def _level(value: Any) -> Any:
    """Texts are compared without the blanks at their ends, and with one sign for a line end: files change both."""
    return re.sub(r"\r\n?", "\n", value).strip() if isinstance(value, str) else value


def as_text(column: ImportColumn, value: Any) -> Any:
    """`value` as the workbook writes it, so that it is read back as the same."""
    if column.words is not None:
        return next((word for word, stored in column.words.items() if stored == value), "")
    return value


def in_words(column: ImportColumn, value: Any) -> str:
    """`value` as pages tell it."""
    return column.says(as_text(column, value))


def in_all_languages(text: Any) -> set[str]:
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(str(text))
    return found


def choice(name: str, header: str, words: Mapping[str, Any], *, clears_to: Any = NEVER, **options: Any) -> Any:
    choices = options.pop("choices", None)
    labels = {value: choices(value).label for value in words.values()} if choices else {}

    @cache  # made once translations can be read
    def reader() -> Callable[[str], Any]:
        known = {word: value for value, label in labels.items() for word in in_all_languages(label)}
        return cells.one_of(words, known)

    def read(text: str) -> Any:
        return reader()(text)

    return ImportColumn(
        name, header, read=read, words=words, clears_to=clears_to,
        help=options.pop("help", ", ".join(words)), **options,
    )  # fmt: skip
