"""A field says "(optional)" only where nothing but itself is asked: not where another answer, or its error, asks for it."""

from __future__ import annotations

import pytest
from django import forms

from core.forms.base import PortalForm
from funding.initiatives.views.many import ManyForm
from funding.programmes.forms import DocumentForm
from governance.handovers.forms import CompleteForm
from members.replacements.forms import ReplacementForm
from sessions_app.attendance.forms import ImportForm
from sessions_app.materials.forms import MaterialForm
from sessions_app.messages.forms import MessageForm
from sessions_app.minutes.review.forms import AskForOthersForm
from sessions_app.responses.forms import AnswerForm

OPTIONAL = "(facultatif)"


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (MaterialForm, {"title", "file", "link"}),
        (DocumentForm, {"title", "file", "link"}),
        (ImportForm, {"file", "text"}),
        (ReplacementForm, {"person", "email", "first_name", "last_name"}),
        (MessageForm, {"world", "organisations"}),
        (AskForOthersForm, {"outside_name"}),
        (AnswerForm, {"represented_by"}),
        (ManyForm, {"stage", "programme", "day", "reason"}),
        (CompleteForm, {"at"}),
    ],
)
def test_what_another_answer_may_ask_for_is_not_called_optional(form, names):
    assert {name for name, field in form.base_fields.items() if getattr(field, "depends", False)} == names


class Either(PortalForm):
    first = forms.CharField(label="Premier", required=False)
    second = forms.CharField(label="Second", required=False)

    def clean(self):
        if not self.cleaned_data.get("first"):
            self.add_error("first", "Dites-le.")


def test_an_empty_field_that_is_refused_is_not_called_optional():
    assert OPTIONAL in Either()["first"].as_field_group()
    refused = Either({"first": "", "second": ""})
    assert not refused.is_valid()
    assert OPTIONAL not in refused["first"].as_field_group()
    assert OPTIONAL in refused["second"].as_field_group()
    assert OPTIONAL in Either()["first"].as_field_group()  # each form has fields of its own
