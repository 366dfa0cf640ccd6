"""What is asked of the search, read as every form is."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import PortalForm

LONGEST = 200
_QUOTES = re.compile(r"«\s*|\s*»|[“”„]")
MOST_CHOICES = 20


class Choices(forms.Field):
    """Values of one facet, as the page wrote them; what it never wrote finds nothing."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: object) -> list[str]:
        sent = value if isinstance(value, list) else []
        return [text[:40] for text in dict.fromkeys(map(str, sent)) if text][:MOST_CHOICES]


class SearchForm(PortalForm):
    """`q` in French or English; the facets besides `type` and `annee` are those that apps register."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Search for fewer words: at most %(limit_value)d characters.")},
    )

    def clean_q(self) -> str:
        """Quotation marks of any kind are those of a phrase."""
        return _QUOTES.sub('"', self.cleaned_data["q"])

    def __init__(self, *args: object, facets: tuple[str, ...] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in facets:
            self.fields[name] = Choices(required=False)


class MentionForm(PortalForm):
    """What is being typed behind a sign in a rich text."""

    signe = forms.CharField(max_length=1)
    q = forms.CharField(required=False, max_length=LONGEST)
