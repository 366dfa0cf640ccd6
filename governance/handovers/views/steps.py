"""One page for each step of a handover: what it brings about, what it needs, one button."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.transitions import Refusal
from governance.enums import Step
from governance.handovers import completion, services
from governance.handovers.consequences import consequence
from governance.handovers.forms import AcceptForm, CompleteForm, EndForm, ProposeForm, ValidateForm
from governance.handovers.transitions import TABLE
from governance.lookup import evidence, find_handover, sent, status_of, tell
from governance.models import Handover


@dataclass(frozen=True)
class StepPage:
    slug: str  # in the address
    title: str | Promise
    verb: str | Promise
    done: str | Promise
    form: Callable[..., Form]
    take: Callable[..., Handover]
    knows_handover: bool = True  # whether the form asks for it

    def make_form(self, request: HttpRequest, handover: Handover) -> Form:
        given = {"handover": handover} if self.knows_handover else {}
        return self.form(*sent(request), **given)


PAGES: dict[Step, StepPage] = {
    Step.PROPOSE: StepPage(
        "proposer",
        _("Propose the handover"),
        _("Propose"),
        _("The handover is proposed."),
        ProposeForm,
        services.propose,
        knows_handover=False,
    ),
    Step.ACCEPT: StepPage(
        "accepter",
        _("Accept in principle"),
        _("Accept"),
        _("The acceptance is recorded."),
        AcceptForm,
        services.accept,
    ),
    Step.VALIDATE: StepPage(
        "valider",
        _("Record the validation by the members"),
        _("Record the validation"),
        _("The validation is recorded."),
        ValidateForm,
        services.validate,
    ),
    Step.COMPLETE: StepPage(
        "remettre",
        _("Hand the animation over"),
        _("Hand over"),
        _("The handing over is recorded."),
        CompleteForm,
        completion.complete,
    ),
    Step.DECLINE: StepPage(
        "refuser",
        _("Decline the handover"),
        _("Decline"),
        _("The handover is declined."),
        EndForm,
        services.decline,
        knows_handover=False,
    ),
    Step.WITHDRAW: StepPage(
        "retirer",
        _("Withdraw the handover"),
        _("Withdraw"),
        _("The handover is withdrawn."),
        EndForm,
        services.withdraw,
        knows_handover=False,
    ),
}
# An interim is taken on by its receiver, who was asked for: nothing is handed over.
INTERIM_TITLES: dict[Step, str | Promise] = {
    Step.COMPLETE: _("Take the animation on for the interim"),
    Step.DECLINE: _("Decline the interim"),
    Step.WITHDRAW: _("Withdraw the request for an interim"),
}


def title_of(step: Step, handover: Handover) -> str | Promise:
    return (handover.is_interim and INTERIM_TITLES.get(step)) or PAGES[step].title


SLUGS = {step: page.slug for step, page in PAGES.items()}
BY_SLUG = {page.slug: step for step, page in PAGES.items()}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, slug: str) -> HttpResponse:
    """GET says what the step will do, POST does it. A step that was overtaken leads back to the handover."""
    if slug not in BY_SLUG:
        raise Http404
    chosen = BY_SLUG[slug]
    shown, move = PAGES[chosen], TABLE[chosen]
    now = timezone.now()
    handover = find_handover(request, public_id, move.permission)
    if handover.state_at(now) not in move.sources:
        messages.info(request, _("This step was taken already, or cannot be taken now. See where the handover stands."))
        return redirect(handover)
    form = shown.make_form(request, handover)
    if request.method == "POST" and form.is_valid():
        try:
            _take(shown, handover, form, request, now)
        except ValidationError as error:
            form.add_error(None, error)
        except Refusal as refused:
            tell(request, refused)
            return redirect(handover)
        else:
            messages.success(request, shown.done)
            return redirect(handover)
    context = {
        "handover": handover,
        "form": form,
        "title": title_of(chosen, handover),
        "verb": _("Take on") if handover.is_interim and chosen == Step.COMPLETE else shown.verb,
        "consequence": consequence(handover, chosen),
        "ends": chosen in (Step.DECLINE, Step.WITHDRAW),
    }
    return render(request, "governance/handover_step.html", context, status=status_of(form))


@transaction.atomic
def _take(shown: StepPage, handover: Handover, form: Form, request: HttpRequest, now: dt.datetime) -> None:
    given: dict[str, Any] = dict(form.cleaned_data)
    given.pop("when", None)
    if "document" in given:
        documents = evidence(given, request, now)
        del given["document"], given["document_title"]
        given["documents"] = documents
    shown.take(handover=handover, by=request.user, now=now, **given)
