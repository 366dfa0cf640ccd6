"""Forms of the minutes: the text of an item, an earlier text taken up again, publishing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from core.forms.base import PortalForm
from core.forms.sent import SentNumber, SentWord
from sessions_app.models import DecisionRecord, MinutesVersion

BOTH, THEIRS = "both", "theirs"


class EntryForm(PortalForm):
    """What the editor sends. The text is read by `richtext.from_form`, which tells what is wrong with it."""

    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    text_format = SentWord()
    rev = SentNumber()
    settle = SentWord()  # of a conflict: `BOTH` texts in one form, or the stored one (`THEIRS`)


class RestoreForm(PortalForm):
    revision = SentNumber()
    rev = SentNumber()


class PublishForm(PortalForm):
    """`reason` is asked for where a version is replaced."""

    based_on = SentNumber()
    reason = forms.CharField(label=_("What does this version change?"), max_length=300, required=False)
    reason.depends = True


class PublicationForm(PortalForm):
    """Who reads published minutes: the button that was pressed, and what is withdrawn or restored, with the reason."""

    choix = SentWord()
    seen = SentWord()  # the hash of the version whose public form was looked at
    withdrawn = forms.ChoiceField(label=_("What is withdrawn"), required=False)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    restored = forms.ChoiceField(label=_("What is restored"), required=False)
    restoration = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    withdrawn.depends = reason.depends = restored.depends = restoration.depends = True

    def __init__(self, *args: Any, documents: Sequence[MinutesVersion | DecisionRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._documents = {str(document.public_id): document for document in documents}
        names = [(key, self.name_of(each), each.standing.is_withdrawn) for key, each in self._documents.items()]
        self.fields["withdrawn"].choices = [
            ("", _("everything that can be read")),
            *((key, name) for key, name, is_withdrawn in names if not is_withdrawn),
        ]
        self.fields["restored"].choices = [(key, name) for key, name, is_withdrawn in names if is_withdrawn]

    @staticmethod
    def name_of(document: MinutesVersion | DecisionRecord) -> str:
        if isinstance(document, MinutesVersion):
            return gettext("minutes, version %(number)d") % {"number": document.number}
        return gettext("record of decisions, version %(number)d") % {"number": document.number}

    def clean_withdrawn(self) -> list[MinutesVersion | DecisionRecord] | None:
        return [self._documents[chosen]] if (chosen := self.cleaned_data["withdrawn"]) else None

    def clean_restored(self) -> MinutesVersion | DecisionRecord | None:
        return self._documents.get(self.cleaned_data["restored"])
