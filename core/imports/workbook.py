"""The workbook of a kind of table: its columns as they are read back, and the sheet that explains them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.imports.shapes import TableShape
from core.tables import Column

_NARROWEST, _WIDEST = 14, 34  # signs


def columns(shape: TableShape) -> list[Column]:
    return [
        Column(
            column.header,
            column.written,
            width=max(_NARROWEST, min(len(column.header) + 2, _WIDEST)),
            number_format=column.number_format,
        )
        for column in shape.columns
    ]


def notes(shape: TableShape) -> list[tuple[str, str]]:
    """How to send the workbook back, and what each column takes."""
    told = [(_("Rules"), _("An empty cell changes nothing; “(vide)” clears; a missing row stays as it is."))]
    told.append((_("Sending it"), _("Nothing is written before you have seen what the file would change.")))
    return told + [(column.header, str(column.help)) for column in shape.columns if column.help]
