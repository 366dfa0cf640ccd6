"""One organisation's row of the attendance form, and the files that go with it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.files import IMAGES, UploadField
from core.files.kinds import PDF
from core.forms.base import AddsOnce, PortalForm
from core.forms.sent import SentNumber
from core.text import name_key
from members.models import Organisation
from members.organisations.names import former_names
from sessions_app.attendance.guests import SessionGuest
from sessions_app.attendance.services import Entry
from sessions_app.attendance.sheet import Sheet, SheetRow
from sessions_app.enums import Presence

NAME_MOST = 160


def by_name(organisations: list[Organisation]) -> dict[str, Organisation]:
    """Organisations by name, short name and the names of their doubles, by what makes a name the same."""
    found = {name_key(one.name): one for one in organisations}
    for one in organisations:
        if one.short_name:
            found.setdefault(name_key(one.short_name), one)
    return {key: one for key, one in former_names().items() if one in organisations} | found


def split_names(line: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", line) if part.strip()]


def sort_people(names: list[str], row: SheetRow) -> tuple[list[User], list[str]]:
    """Of the typed names those of known people of the organisation, and the others."""
    known = {name_key(person.name): person.position.user for person in row.people}
    return (
        [known[name_key(name)] for name in names if name_key(name) in known],
        [name for name in names if name_key(name) not in known],
    )


class WhichRowForm(PortalForm):
    organisation = SentNumber()


class RowForm(PortalForm):
    """What was typed in the row of one organisation."""

    presence = forms.ChoiceField(label=_("Presence"), choices=[*Presence.choices, ("", "")], required=False)
    represented_by = forms.CharField(label=_("Represented by"), required=False, max_length=200)
    people = forms.MultipleChoiceField(label=_("People"), required=False)
    names = forms.CharField(label=_("Other people"), required=False, max_length=2000)

    def __init__(self, data: Any, *, sheet: Sheet, row: SheetRow) -> None:
        super().__init__(data)
        self.sheet, self.row = sheet, row
        self.fields["people"].choices = [(str(person.position.user.pk), "") for person in row.people]

    def clean_represented_by(self) -> Organisation | None:
        typed = self.cleaned_data["represented_by"].strip()
        if not typed or self.data.get("presence") != Presence.REPRESENTED:
            return None
        found = by_name([row.organisation for row in self.sheet.rows]).get(name_key(typed))
        if found is None:
            raise forms.ValidationError(_("“%(name)s” is not an organisation of this list."), params={"name": typed})
        return found

    def clean_names(self) -> list[str]:
        names = split_names(self.cleaned_data["names"])
        if any(len(name) > NAME_MOST for name in names):
            raise forms.ValidationError(_("Separate the names by semicolons."))
        return names

    def entry(self) -> Entry:
        users = {str(person.position.user.pk): person.position.user for person in self.row.people}
        typed, others = sort_people(self.cleaned_data["names"], self.row)
        chosen = [users[key] for key in self.cleaned_data["people"]]
        presence = self.cleaned_data["presence"]
        return Entry(
            self.row.organisation,
            Presence(presence) if presence else None,
            self.cleaned_data["represented_by"],
            people=[*chosen, *typed],
            names=others,
        )


class GuestsForm(PortalForm):
    """Who of the guests was there."""

    guests = forms.MultipleChoiceField(label=_("Guests"), required=False)

    def __init__(self, data: Any, *, guests: list[SessionGuest]) -> None:
        super().__init__(data)
        self.fields["guests"].choices = [(guest.key, guest.name) for guest in guests]
        self.fields["guests"].error_messages["invalid_choice"] = _(
            "The list of guests has changed meanwhile: load the page anew."
        )


class ScanForm(AddsOnce, PortalForm):
    file = UploadField(label=_("Signed sheet (PDF or picture)"), allowed=IMAGES | {PDF})


class ImportForm(PortalForm):
    """A file, or the text that was read from it and is sent again to be written."""

    file = forms.FileField(label=_("CSV or Excel file (.xlsx)"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("Or paste the lines"), required=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    file.depends = text.depends = True  # one of the two

    def clean(self) -> dict[str, Any]:
        from sessions_app.attendance.importing import Unreadable, decode

        cleaned = super().clean()
        if cleaned.get("file") is not None:
            try:
                cleaned["text"] = decode(cleaned["file"])
            except Unreadable as error:
                self.add_error("file", str(error))
        elif not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste its lines."))
        return cleaned
