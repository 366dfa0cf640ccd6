"""The entry as it should be, with the reason; and the answer."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.forms.base import PortalForm
from core.partial_dates.values import as_json
from watch.enums import CorrectionMove
from watch.items.forms import ItemForm
from watch.items.revisions import DATES

# a document is handed in by who looks after the entry; what a lesson is of, and who reads an entry, is not corrected
LEFT_OUT = ("upload", "without_file", "is_public", "session", "cycle", "initiative")


class CorrectionForm(ItemForm):
    """`wanted` is what the entry should say; nothing of the entry itself is written."""

    adds_once = True  # the correction, where the entry is the one that is edited
    reason = forms.CharField(
        label=pgettext_lazy("of a correction", "Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you know, and where from: the animators decide by it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = deepcopy(self.base_fields["reason"])
        for name in LEFT_OUT:
            self.fields.pop(name, None)

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        found = [(heading, fields) for heading, fields in super().sections() if fields]
        return [*found, (pgettext_lazy("heading of a form", "Why it should be corrected"), [self["reason"]])]

    @property
    def wanted(self) -> dict[str, Any]:
        """Once it is valid: its fields, as `watch.items.revisions.content_of` writes them."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"reason", "read_version"}}
        named = {"regions": sorted(region.code for region in data.pop("regions", ()))} if "regions" in data else {}
        if "competences" in data:
            named["competences"] = sorted(competence.name for competence in data.pop("competences"))
        return named | {name: as_json(value) if name in DATES else value for name, value in data.items()}


class AnswerForm(PortalForm):
    """One move, with a reason where who proposed it is told why."""

    move = forms.TypedChoiceField(choices=CorrectionMove.choices, coerce=CorrectionMove, widget=forms.HiddenInput)
    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, move: CorrectionMove, version: int, asks_reason: bool, **options: Any) -> None:
        super().__init__(*args, initial={"move": move, "read_version": version}, auto_id=f"id_{move}_%s", **options)
        if not asks_reason:
            del self.fields["reason"]
