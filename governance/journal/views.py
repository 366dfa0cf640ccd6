"""The journal of changes, for animators and administrators."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.accounts.models import User
from core.forms.base import PortalForm
from governance.journal import reading
from governance.journal.reading import Cursor, Filter
from governance.journal.rights import Reader
from members.models import Position


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class JournalForm(PortalForm):
    """Parameters in French, as in every address. A wrong value is told, and nothing is shown."""

    objet = forms.ChoiceField(label=_("What"), required=False)
    changement = forms.ChoiceField(
        label=_("Kind of change"),
        required=False,
        choices=[
            ("", _("all")),
            ("insert", pgettext_lazy("kind of change", "addition")),
            ("update", pgettext_lazy("kind of change", "modification")),
            ("delete", pgettext_lazy("kind of change", "removal")),
        ],
    )
    personne = PersonChoice(
        label=_("Who"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("anybody"),
        to_field_name="public_id",
    )
    depuis = _day(_("From"))
    jusqu_au = _day(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objet"].choices = [("", _("everything")), *reading.kinds()]
        people = User.objects.filter(pk__in=Position.objects.values("user")) | User.objects.filter(is_staff=True)
        self.fields["personne"].queryset = people.by_name()

    def wanted(self, after: Cursor | None) -> Filter:
        given = self.cleaned_data
        person: User | None = given["personne"]
        identifier: uuid.UUID | None = person.public_id if person else None
        return Filter(given["objet"], given["changement"], identifier, given["depuis"], given["jusqu_au"], after)


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "governance.read_journal")
    form = JournalForm(request.GET)
    entries: list[reading.Entry] = []
    further = None
    if form.is_valid():
        wanted = form.wanted(Cursor.parse(request.GET.get("avant", "")))
        entries, further = reading.read(wanted, reader=Reader(request.user))
    # what a list says when it is empty: whether a filter left nothing, see components/empty.html
    filters = {"messages": form.errors, "active": any(map(request.GET.get, form.fields)), "clear": request.path}
    context = {"form": form, "filterset": filters, "entries": entries, "further": str(further) if further else ""}
    return render(
        request, "governance/journal.html", context, status=HTTPStatus.OK if form.is_valid() else HTTPStatus.BAD_REQUEST
    )
