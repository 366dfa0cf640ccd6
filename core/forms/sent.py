"""What a page's own hidden fields and buttons send back: read through a form like all else, and never a reason to refuse.

What was written by hand there means the same as nothing: 0, "" or None. What people type has fields that tell.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from core.forms.base import PortalForm


class _Lenient(forms.Field):
    """A hidden field whose rubbish is `nothing`."""

    nothing: Any = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            found = super().clean(value)
        except ValidationError:
            return self.nothing
        return self.nothing if found is None else found


class SentNumber(_Lenient, forms.IntegerField):
    """A revision or the number of a row: 0 for what is no such number."""

    nothing = 0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1, **kwargs)


class SentWord(_Lenient, forms.CharField):
    """One of a few words, or a fingerprint, as the page wrote it."""

    nothing = ""


class SentIdentifier(_Lenient, forms.UUIDField):
    """The public identifier of a row."""


class SentIdentifiers(forms.Field):
    """The rows that were ticked, at most `most` of them; here rubbish is refused, since something is done with each."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, most: int) -> None:
        super().__init__(required=False)
        self.most = most

    def to_python(self, value: Any) -> list[uuid.UUID]:
        identifier = forms.UUIDField()
        return [identifier.clean(text) for text in (value or [])[: self.most]]


def sent_values(request: HttpRequest, form: type[PortalForm], **about: Any) -> dict[str, Any]:
    """What `request` sent for the fields of `form`, all of which are of this module."""
    read = form(request.POST, **about)
    read.is_valid()
    return read.cleaned_data
