"""Acting on many initiatives of the list: ticked, or all that the filter finds; looked at first, then carried out."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from core.accounts import rights
from core.forms.base import PortalForm
from core.forms.sent import SentIdentifiers, SentWord, sent_values
from core.partial_dates.fields import PartialDateFormField
from funding.enums import Stage
from funding.initiatives import many
from funding.initiatives.many import Act, Outcome, Wish
from funding.initiatives.views.page import filtered
from funding.models import Initiative, Programme
from funding.visibility import visibility_of


class StepForm(PortalForm):
    """How far one has come, and what was looked at on the way."""

    etape = SentWord()
    vu = SentWord()


class ChosenForm(PortalForm):
    initiative = SentIdentifiers(most=many.MOST + 1)


class ManyForm(PortalForm):
    """What is to be done with the initiatives chosen; each act asks for its own fields."""

    act = forms.ChoiceField(label=gettext_lazy("What is to be done"), choices=Act.choices, widget=forms.RadioSelect)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), choices=[("", "–"), *Stage.choices], required=False,
        help_text=gettext_lazy("For a change of stage."),
    )  # fmt: skip
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=gettext_lazy("Programme"), required=False, empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("To put them into a programme, or out of any."),
    )  # fmt: skip
    day = PartialDateFormField(
        label=gettext_lazy("Date"), required=False,
        help_text=gettext_lazy("Of the change of stage, or when they were first heard of. Left empty: today."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, required=False,
        help_text=gettext_lazy("Going back or dropping has a reason."),
    )  # fmt: skip
    stage.depends = programme.depends = day.depends = reason.depends = True  # on what is to be done

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("act") == Act.STAGE:
            if not given.get("stage"):
                self.add_error("stage", _("Choose the stage."))
            if not given.get("day"):
                self.add_error("day", _("Say when they moved."))
        return given

    @property
    def digest(self) -> str:
        """Of what is wished, as it was looked at."""
        return hashlib.sha256(repr(self.wish).encode()).hexdigest()

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            Act(given["act"]),
            day=given["day"],
            stage=Stage(given["stage"]) if given["stage"] else None,
            programme=given["programme"],
            reason=given["reason"],
        )


@require_POST
def many_initiatives(request: HttpRequest) -> HttpResponse:
    """First what is to be done, then what would come of it, then it is done (`etape`).

    Only what was looked at is done: `vu` says what that was, another wish is looked at first.
    """
    rights.check(request.user, "funding.create_initiative")
    chosen = _chosen(request)
    looked_at = sent_values(request, StepForm)
    step = looked_at["etape"]
    form = ManyForm(request.POST if step else None)
    keep = step == "confirmer" and form.is_valid() and looked_at["vu"] == form.digest
    outcomes: list[Outcome] = []
    problem, status = "", HTTPStatus.OK
    if not chosen:
        problem, status = _("Tick at least one initiative."), HTTPStatus.UNPROCESSABLE_ENTITY
    elif step and form.is_valid():
        try:
            outcomes = many.act(
                chosen=[row.pk for row in chosen],
                wish=form.wish,
                by=request.user,
                now=timezone.now(),
                keep=keep,
            )
        except ValidationError as error:
            problem, status = " ".join(error.messages), HTTPStatus.UNPROCESSABLE_ENTITY
    elif step:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "form": form,
        "chosen": chosen,
        "problem": problem,
        "outcomes": outcomes,
        "able": [outcome for outcome in outcomes if not outcome.reasons],
        "left_out": [outcome for outcome in outcomes if outcome.reasons],
        "is_done": keep and bool(outcomes),
        "back": reverse("funding:initiatives"),
    }
    return render(request, "funding/many.html", context, status=status)


def _chosen(request: HttpRequest) -> list[Initiative]:
    """The ticked initiatives that the reader sees, or all that the filter of the address finds, and one more than fit."""
    visibility = visibility_of(request.user)
    if "tout" in request.POST:
        filterset = filtered(request, visibility)
        if not filterset.is_valid():
            raise BadRequest(" ".join(filterset.messages))
        rows = filterset.qs
    else:
        ticked = ChosenForm(request.POST)
        if not ticked.is_valid():
            raise BadRequest(_("There is no such initiative."))
        wanted = ticked.cleaned_data["initiative"]
        rows = Initiative.objects.seen_by(visibility).filter(public_id__in=wanted).order_by("title", "pk")
    return list(rows[: many.MOST + 1])
