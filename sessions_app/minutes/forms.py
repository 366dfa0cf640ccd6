"""Forms of the minutes: the text of an item, an earlier text taken up again, publishing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import PortalForm
from core.forms.sent import SentNumber, SentWord

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
    """Who reads published minutes: the button that was pressed, and the reason of a withdrawal."""

    choix = SentWord()
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason.depends = True
