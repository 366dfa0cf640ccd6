"""Attendance from a table as French spreadsheets write it: CSV of any usual separator and encoding, or XLSX.

Columns are known by their heading: organisation, presence, represented by, people (names between semicolons or
commas). The export of the same page can be read back.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from core.tables import escape, unescape
from core.tables.sheets import FORMULA, Sheet as TableSheet, TableFile, Unreadable, open_table, refuse_merged
from core.text import name_key, one_line
from sessions_app.attendance.forms import NAME_MOST, by_name, sort_people
from sessions_app.attendance.services import Entry
from sessions_app.attendance.sheet import Sheet
from sessions_app.enums import Presence

MOST_BYTES, MOST_LINES = 200_000, 2_000  # the text is sent again, in a field of that length
HEADINGS = {
    "organisation": ("organisation", "structure", "nom", "name"),
    "presence": ("presence", "statut", "status"),
    "represented_by": ("represente par", "representee par", "represented by", "pouvoir"),
    "people": ("personnes", "personne", "people", "noms"),
}
WORDS = {
    Presence.ON_SITE: ("sur place", "present", "presente", "presentiel", "on site", "s"),
    Presence.REMOTE: ("a distance", "distanciel", "visio", "remotely", "remote", "d"),
    Presence.SUBSTITUTED: (
        "supplee",
        "suppleee",
        "suppleant",
        "suppleante",
        "par un suppleant",
        "by a substitute",
        "l",
    ),
    Presence.REPRESENTED: ("represente", "representee", "pouvoir", "represented", "p"),
    Presence.EXCUSED: ("excuse", "excusee", "excused", "e"),
    Presence.ABSENT: ("absent", "absente", "a"),
}
_BY_WORD = {word: presence for presence, words in WORDS.items() for word in words}
_BY_WORD |= {str(presence): presence for presence in Presence}


@dataclass
class Line:
    """One line of the file: what it says, or why it is not understood."""

    number: int
    organisation: str
    presence: str
    entry: Entry | None = None
    problem: str = ""

    @property
    def label(self) -> str:
        return str(self.entry.presence.label) if self.entry and self.entry.presence else ""


def decode(file: File) -> str:
    """The lines of an upload as a CSV text, which is sent again to be written. Raises `Unreadable`."""
    if not file.size:
        raise Unreadable(_("This file is empty."))
    if file.size > MOST_BYTES:
        raise Unreadable(_("This file is too large for a list of organisations."))
    table = open_table(file, knows=lambda row: len(_columns(row)))
    sheet, head = _sheet_of(table)
    refuse_merged(table, sheet, head=head)
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\n")
    at = 1
    for number, cells in table.rows(sheet):
        if number > MOST_LINES or made.tell() > MOST_BYTES:
            raise Unreadable(_("This file is too large for a list of organisations."))
        if FORMULA in cells:
            text = _("Line %(line)d holds a formula without a result: open the file in Excel and save it.")
            raise Unreadable(text % {"line": number})
        made.write("\n" * (number - at))  # blank lines are kept, so that a line is told by its own number
        writer.writerow([escape(cell.replace("\n", " ")) for cell in cells])
        at = number + 1
    return made.getvalue()


def _sheet_of(table: TableFile) -> tuple[TableSheet, int]:
    """The sheet whose first line names the columns, and the number of that line; else the first that holds anything."""
    starts = [(sheet, next(table.rows(sheet), None)) for sheet in table.sheets if not sheet.is_hidden]
    filled = [(sheet, number, cells) for sheet, (number, cells) in ((s, row) for s, row in starts if row is not None)]
    if not filled:
        raise Unreadable(_("This file is empty."))
    named = [one for one in filled if {"organisation", "presence"} <= set(_columns(one[2]))]
    if len(named) > 1:
        text = _("Several sheets of this workbook hold a table: %(sheets)s. Keep the one to be imported.")
        raise Unreadable(text % {"sheets": ", ".join(sheet.name for sheet, _n, _cells in named)})
    sheet, number, _cells = (named or filled)[0]
    return sheet, number


def plain(text: str) -> str:
    """Without accents, case and doubled blanks: "Représentée  par" → "representee par"."""
    return name_key(text)


def read(text: str, sheet: Sheet) -> list[Line]:
    """Every line that holds something. Raises `Unreadable` where the columns are not there."""
    text = text.lstrip("\ufeff")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(";\t,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_("These lines cannot be read: a quotation mark may be missing or too many.")) from error
    if len(rows) > MOST_LINES:
        raise Unreadable(_("This file is too large for a list of organisations."))
    head = next((index for index, row in enumerate(rows) if any(row)), None)
    columns = _columns(rows[head]) if head is not None else {}
    if "organisation" not in columns or "presence" not in columns:
        raise Unreadable(_("The first line must name the columns “Organisation” and “Presence”."))
    if not any(cell.strip() for row in rows[head + 1 :] for cell in row):
        raise Unreadable(_("This table has a head and no row below it: there is nothing to import."))
    known = by_name([row.organisation for row in sheet.rows])
    names = {plain(name): organisation for name, organisation in known.items()}
    lines = []
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if any(cell.strip() for cell in row):
            lines.append(_line(number, {key: _cell(row, place) for key, place in columns.items()}, sheet, names))
    _refuse_twice(lines)
    return lines


def _columns(head: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, label in enumerate(head):
        for key, labels in HEADINGS.items():
            if plain(unescape(label)) in labels:
                found.setdefault(key, place)
    return found


def _cell(row: list[str], place: int) -> str:
    return one_line(unescape(row[place])) if place < len(row) else ""


def _line(number: int, cells: dict[str, str], sheet: Sheet, names: dict[str, Any]) -> Line:
    line = Line(number, cells["organisation"], cells["presence"])
    organisation = names.get(plain(line.organisation))
    if organisation is None:
        line.problem = _("This organisation is not in the list of this session.")
        return line
    word = plain(re.sub(r"[().·]", "", line.presence))
    presence = _BY_WORD.get(word) or _BY_WORD.get(word.replace("-e", ""))
    if presence is None and word:
        line.problem = _("This presence is not known.")
        return line
    if presence is None:
        line.problem = _("Nothing is said of its presence.")
        return line
    holder = None
    if presence == Presence.REPRESENTED:
        holder = names.get(plain(cells.get("represented_by", "")))
        if holder is None or holder == organisation:
            line.problem = _("Say which organisation represents this one.")
            return line
    typed = [part.strip()[:NAME_MOST] for part in re.split(r"[;,\n]", cells.get("people", "")) if part.strip()]
    people, others = sort_people(typed, sheet.row(organisation.pk))
    line.entry = Entry(organisation, presence, holder, people=people, names=others)
    return line


def _refuse_twice(lines: list[Line]) -> None:
    seen: dict[int, int] = {}
    for line in lines:
        if line.entry is None:
            continue
        key = line.entry.organisation.pk
        if key in seen:
            line.entry = None
            line.problem = _("This organisation stands in line %(number)d already.") % {"number": seen[key]}
        else:
            seen[key] = line.number
