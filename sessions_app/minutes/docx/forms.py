"""The forms of a Word document taken in: the file, then what becomes of each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.docx import reading
from core.files.fields import UploadField
from core.files.kinds import OOXML
from core.forms.base import PortalForm
from core.forms.sent import SentNumber
from sessions_app.minutes.docx import parts
from sessions_app.minutes.docx.parts import LEAVE_OUT, NEW_ITEM
from sessions_app.minutes.editor import AgendaEntry

AFTER, REPLACE = "after", "replace"
DOCX = frozenset(kind for kind in OOXML if kind.name == "docx")


class FileForm(PortalForm):
    file = UploadField(
        label=_("Word document (.docx)"),
        allowed=DOCX,
        help_text=_("Made by Word, LibreOffice or Google Docs; 25 MB at most."),
    )


class TakeInForm(PortalForm):
    """The document as it was read, and for each part the item it goes to.

    The document comes back from the browser and is cleaned again; nothing of it is kept between both steps.
    """

    document = forms.CharField(widget=forms.HiddenInput, max_length=reading.MOST_HTML)
    traces = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200_000)
    name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    mode = forms.ChoiceField(
        label=_("Where an item already has a text"),
        choices=[
            (AFTER, _("Put the Word text after it")),
            (REPLACE, _("Put the Word text in its place; the present text stays in the history")),
        ],
        initial=AFTER,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, places: Sequence[AgendaEntry], anew: bool = False, **kwargs: Any) -> None:
        """`anew` proposes targets for every part, as on the first look, instead of reading those sent."""
        super().__init__(data, **kwargs)
        self.places = places
        self.titles = [place.item.title for place in places]
        source = data if data is not None else self.initial
        self.html = readable(source.get("document") or "")
        level = str(source.get("level") or "")
        best = parts.item_level(self.html, self.titles)
        self.levels = parts.levels_in(self.html)
        self.used_level = int(level) if level.isdecimal() and len(level) < 3 and int(level) in self.levels else best
        choices = [(each, _("Headings of level %(level)s") % {"level": each}) for each in self.levels]
        label = _("Headings that are items")
        self.fields["level"] = forms.TypedChoiceField(label=label, choices=choices, coerce=int, required=bool(choices))
        self.parts = parts.split(self.html, self.used_level, self.titles)[: parts.MOST_PARTS]
        self.proposals = parts.propose(self.parts, self.titles, aside=_aside())
        self.initial["level"] = self.used_level
        for place in self.places:
            self.fields[f"rev-{place.item.public_id}"] = SentNumber()
        for part, proposal in zip(self.parts, self.proposals, strict=True):
            self.fields[f"part-{part.number}"] = self._target(part, proposal)
        if anew and data is not None:
            self.data = self._with_proposals(data)

    def _target(self, part: parts.Part, proposal: parts.Proposal) -> forms.ChoiceField:
        choices = [(str(place.item.public_id), f"{place.number}. {place.item.title}") for place in self.places]
        target = proposal.target
        initial = str(self.places[target].item.public_id) if isinstance(target, int) else target
        return forms.ChoiceField(
            label=_("Goes to"),
            initial=initial,
            choices=[
                (_("Into the item"), choices),
                (NEW_ITEM, _("New item of the agenda")),
                (LEAVE_OUT, _("Leave out")),
            ],
            error_messages={"invalid_choice": _("This item is no longer in the agenda: choose again.")},
        )

    def _with_proposals(self, data: Any) -> Any:
        data = data.copy()
        for part in self.parts:
            data[f"part-{part.number}"] = self.fields[f"part-{part.number}"].initial
        data["level"] = str(self.used_level)
        return data

    @property
    def lines(self) -> list[tuple[parts.Part, parts.Proposal, forms.BoundField]]:
        return [
            (part, proposal, self[f"part-{part.number}"])
            for part, proposal in zip(self.parts, self.proposals, strict=True)
        ]

    @property
    def any_text(self) -> bool:
        return any(place.words for place in self.places)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [name for name in self.fields if name.startswith("part-") and cleaned.get(name) != LEAVE_OUT]
        if not chosen and not self.errors:
            raise ValidationError(_("Choose at least one part to take over."))
        return cleaned

    def chosen(self) -> list[tuple[parts.Part, str]]:
        """(part, public id of the item or `NEW_ITEM`), in the order of the document."""
        pairs = [(part, self.cleaned_data.get(f"part-{part.number}") or LEAVE_OUT) for part in self.parts]
        return [(part, target) for part, target in pairs if target != LEAVE_OUT]


def readable(document: str) -> str:
    """What the browser sent back as a document, cleaned; "" where it is none."""
    html = reading.recleaned(document)
    try:
        parts.markup.parse(html)
    except ET.ParseError:
        return ""
    return html


def _aside() -> list[str]:
    """Headings of a working copy that are no items: what stands under them is written elsewhere."""
    return [str(title) for title in (_("Agenda"), _("Decisions"), _("Actions"), _("Attendance"))]
