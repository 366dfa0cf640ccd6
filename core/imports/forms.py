"""Saying which column of a table is what: a choice for each head, proposed from the names and from the last time."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _, gettext_lazy
from openpyxl.utils import get_column_letter

from core.formatting.dates import file_size
from core.forms.base import PortalForm
from core.imports.cells import plain
from core.imports.models import Import
from core.imports.reading import MOST_BYTES, Place, fields_of
from core.imports.shapes import TableShape

_ALIKE = 0.85  # how like the name of a column a head must be to be proposed as it
NOT_READ = gettext_lazy("– not read –")


class FileForm(PortalForm):
    """The table that is sent."""

    file = forms.FileField(label=gettext_lazy("CSV or Excel file (.xlsx)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("20,000 rows and %(size)s at most.") % {"size": file_size(MOST_BYTES)}


class SheetForm(PortalForm):
    """Which sheet of a workbook is shown, sent by GET."""

    feuille = forms.ChoiceField(label=gettext_lazy("Sheet"))

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["feuille"].choices = [(place.sheet.name, place.sheet.name) for place in places]


class _LayoutForm(PortalForm):
    """One choice for each head; the key must be among them, and no column twice."""

    shape: TableShape
    place: Place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = self.mapping
        key = self.shape.by_field[self.shape.key].header
        dialect = self.shape.dialect_of(self.place.head)
        if self.shape.key not in chosen and dialect is None:
            text = _("Say which column holds “%(column)s”: it is the key of the rows.")
            raise ValidationError(text % {"column": key})
        for at, name in enumerate(chosen):
            if name and chosen.index(name) < at:
                self.add_error(_name(at), _("Another column is read as this already."))
        return cleaned

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data.get(_name(at), "") for at in range(len(self.place.head))]

    @property
    def columns(self) -> list[FormColumn]:
        return [
            FormColumn(
                get_column_letter(at + 1),
                head,
                [row[at] for row in self.place.sample if at < len(row) and row[at]],
                self[_name(at)],
            )
            for at, head in enumerate(self.place.head)
            if _name(at) in self.fields
        ]


@dataclass(frozen=True)
class FormColumn:
    letter: str
    head: str
    sample: list[str]
    field: BoundField


def layout_form(
    place: Place, shape: TableShape, *, remembered: Mapping[str, str], data: Any = None, chosen: list[str] | None = None
) -> Any:
    """The form for the head of `place`; `chosen` is what was said of this very file, `remembered` of one before."""
    proposed = chosen or _proposed(place, shape, remembered)
    choices = [("", NOT_READ), *((column.field, column.header) for column in shape.columns)]
    fields: dict[str, Any] = {
        _name(at): forms.ChoiceField(
            label=_("Column %(letter)s, “%(head)s”") % {"letter": get_column_letter(at + 1), "head": head},
            choices=choices,
            required=False,
            initial=proposed[at] if at < len(proposed) else "",
        )
        for at, head in enumerate(place.head)
        if head or any(at < len(row) and row[at] for row in place.sample)
    }
    made = type("LayoutForm", (_LayoutForm,), {**fields, "shape": shape, "place": place})
    return made(data)


def remembered(run: Import) -> dict[str, str]:
    """Head in plain letters → field, as was said the last time for whom `run` is imported."""
    before = Import.objects.of_subjects([run.kind], [run.subject_id]).exclude(pk=run.pk).exclude(mapping=[])
    last = before.exclude(layout={}).newest_first().first()
    if last is None:
        return {}
    return {plain(head): name for head, name in zip(last.layout.get("head", []), last.mapping, strict=False) if head}


def _proposed(place: Place, shape: TableShape, known: Mapping[str, str]) -> list[str]:
    """What a head was the last time, else what it says, else what it is most like; each field once."""
    fields = [known.get(plain(head), name) for head, name in zip(place.head, fields_of(place.head, shape), strict=True)]
    fields = [name if name in shape.by_field and fields.index(name) == at else "" for at, name in enumerate(fields)]
    for at, head in enumerate(place.head):
        if fields[at] or plain(head) in known or plain(head) in shape.computed:
            continue
        near = difflib.get_close_matches(plain(head), shape.by_name, n=1, cutoff=_ALIKE)
        if near and shape.by_name[near[0]] not in fields:
            fields[at] = shape.by_name[near[0]]
    return fields


def _name(at: int) -> str:
    return f"colonne_{at + 1}"
