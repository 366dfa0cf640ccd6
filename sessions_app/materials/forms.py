"""Forms of materials: a file or a link, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.files import UploadField
from core.forms.base import AddsOnce, PortalForm
from core.forms.sent import SentNumber
from sessions_app.enums import Audience
from sessions_app.models import Material

LAST = 2**31  # the place of what bears no readable number


class OrderForm(PortalForm):
    """The place of each material, as a number was typed beside it."""

    def __init__(self, data: Any, *, materials: Iterable[Material]) -> None:
        super().__init__(data)
        for material in materials:
            self.fields[self.name(material)] = SentNumber()

    @staticmethod
    def name(material: Material) -> str:
        return f"place-{material.public_id}"


class SourceForm(AddsOnce, PortalForm):
    """A file or a link, one of the two; without a title the file's own name."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty: the name of the file."),
    )
    file = UploadField(
        label=_("File"),
        required=False,
        help_text=_("PDF, OpenDocument, Word, Excel, PowerPoint or picture."),
    )
    link = forms.URLField(label=_("or a link"), required=False, max_length=500, assume_scheme="https")
    title.depends = file.depends = link.depends = True
    needs_source = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        file, link = data.get("file"), data.get("link")
        if file and link:
            self.add_error("link", _("Give a file or a link, one of the two."))
        elif not file and not link and self.needs_source and not {"file", "link"} & set(self.errors):
            self.add_error("file", _("Give a file or a link, one of the two."))
        if not data.get("title") and "title" not in self.errors:
            if file:
                data["title"] = PurePath(file.name).stem[:200]
            elif link or not self.needs_source:
                self.add_error("title", _("Give a title."))
        return data


class MaterialForm(SourceForm):
    audience = forms.ChoiceField(
        label=_("Open to"),
        choices=Audience.choices,
        initial=Audience.MEMBERS,
    )


class ChangeForm(MaterialForm):
    """Without a file or another link only the words and the readers change."""

    needs_source = False


class ProposalForm(SourceForm):
    note = forms.CharField(
        label=_("Note to the animators"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(PortalForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    audience = forms.ChoiceField(label=_("Open to"), choices=Audience.choices, initial=Audience.MEMBERS)
    answer = forms.CharField(
        label=_("Answer (needed to refuse)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
