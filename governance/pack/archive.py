"""The pack as one page and as one ZIP: the checklist, each part as a table, the documents of the handover."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import slots
from core.slots import Piece
from core.tables.columns import as_text, cell
from governance.enums import Side
from governance.models import Handover, HandoverDocument, PackLine
from governance.pack.lines import OUTSIDE, Item
from governance.pack.parts import SLOT

if TYPE_CHECKING:
    from core.accounts.models import User

BOM = "\ufeff"
FIXED = (1980, 1, 1, 0, 0, 0)  # the date of every entry: the same pack gives the same bytes


@dataclass(frozen=True)
class Column:
    """Where a line stands for one side: ticked off by whom and when, or not yet."""

    side: Side
    label: str
    by: User | None
    at: dt.datetime | None


@dataclass(frozen=True)
class PackRow:
    item: Item
    line: PackLine | None
    rows: int | None  # of the portal's own parts

    @property
    def columns(self) -> list[Column]:
        line = self.line or PackLine()
        return [
            Column(Side.HOLDER, _("Given"), line.given_by, line.given_at),
            Column(Side.RECEIVER, _("Received"), line.received_by, line.received_at),
        ]


@dataclass(frozen=True)
class Pack:
    handover: Handover
    pieces: list[Piece]
    lines: list[PackRow]

    @property
    def given(self) -> int:
        return sum(bool(shown.line and shown.line.given_at) for shown in self.lines)

    @property
    def received(self) -> int:
        return sum(bool(shown.line and shown.line.received_at) for shown in self.lines)


def open_pack(handover: Handover, user: Any) -> Pack:
    """What `user` may see of the pack: the parts that stand in the portal, then what stands outside."""
    pieces = slots.pieces(SLOT, handover, user)
    lines = {line.key: line for line in handover.pack.select_related("given_by", "received_by")}
    inside = [
        PackRow(
            Item(piece.context["key"], piece.context["title"], piece.context["hint"]),
            lines.get(piece.context["key"]),
            len(piece.context["rows"]),
        )
        for piece in pieces
    ]
    outside = [PackRow(item, lines.get(item.key), None) for item in OUTSIDE]
    return Pack(handover, pieces, inside + outside)


def known_keys(pack: Pack) -> set[str]:
    return {shown.item.key for shown in pack.lines}


def as_zip(pack: Pack, *, now: dt.datetime, pdf: bytes | None = None) -> bytes:
    """The archive: `pdf` if it was made, one CSV a part, the checklist, and the documents of the handover."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if pdf is not None:
            _put(archive, f"{slugify(_('Pack for the incoming animators'))}.pdf", pdf)
        _put(archive, f"{slugify(_('Checklist'))}.csv", _table(*_checklist(pack)))
        for number, piece in enumerate(pack.pieces, start=1):
            name = f"{number:02}-{slugify(piece.context['title'])}.csv"
            _put(archive, name, _table(piece.context["columns"], piece.context["rows"]))
        for number, proof in enumerate(_documents(pack.handover), start=1):
            with proof.file.file.open("rb") as content:
                _put(archive, f"{slugify(_('Documents'))}/{number:02}-{proof.file.original_name}", content.read())
    return buffer.getvalue()


def _documents(handover: Handover) -> list[HandoverDocument]:
    return list(handover.documents.select_related("file"))


def _checklist(pack: Pack) -> tuple[list[str], list[list[Any]]]:
    columns = [_("What"), _("Where it is, how to take it over"), _("Given"), _("Received")]
    rows = [
        [
            str(shown.item.title),
            shown.line.note if shown.line else "",
            shown.line.given_at if shown.line else None,
            shown.line.received_at if shown.line else None,
        ]
        for shown in pack.lines
    ]
    return columns, rows


def _table(columns: list[str], rows: list[list[Any]]) -> bytes:
    """CSV as `core.tables` writes it: BOM, semicolons, nothing that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in [columns, *rows]:
        writer.writerow([as_text(cell(value)) for value in row])
    return (BOM + text.getvalue()).encode()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
