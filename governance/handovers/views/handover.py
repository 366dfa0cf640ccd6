"""The page of a handover, and the page on which a handover is opened, changed, entered or corrected."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import files
from core.accounts import rights
from core.db.periods import today
from core.reports import cards
from core.transitions import Refusal
from governance.documents import ACT
from governance.enums import HandoverState, Step
from governance.handovers import completion, corrections, services
from governance.handovers.checks import identity_missing
from governance.handovers.forms import CorrectForm, DraftForm, PastForm
from governance.handovers.transitions import TABLE, next_steps
from governance.handovers.views.steps import SLUGS
from governance.lookup import evidence, find_handover, sent, status_of, tell
from governance.models import GovernanceRules, Handover, HandoverDocument, Mandate
from governance.register import page


@require_GET
def handover(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    found = find_handover(request, public_id, whole=True)
    state = found.state_at(now)
    steps = [
        (step, SLUGS[step])
        for step in next_steps(state)
        if rights.allows(request.user, TABLE[step].permission, found) and _offered(found, step, now)
    ]
    may = {
        "next_steps": [(step, slug, step in (Step.DECLINE, Step.WITHDRAW)) for step, slug in steps],
        "may_edit": state == HandoverState.DRAFT and rights.allows(request.user, "governance.propose_handover", found),
        "may_correct": rights.allows(request.user, "governance.correct_handover", found)
        and bool(corrections.correctable(found)),
        "may_join": found.is_interim
        and state == HandoverState.DRAFT
        and rights.allows(request.user, "governance.request_interim", found),
        "may_consult": state == HandoverState.ACCEPTED
        and not found.is_interim
        and rights.allows(request.user, "governance.run_consultation"),
        "may_use_pack": state in page.WITH_PACK and rights.allows(request.user, "governance.use_pack", found),
        "may_supply_identity": state in (HandoverState.ACCEPTED, HandoverState.VALIDATED)
        and not found.is_historical
        and rights.allows(request.user, "governance.edit_legal_identity", found.receiver),
    }
    context = {
        **may,
        "handover": found,
        "card": page.card(found, now),
        "may_act": any(may.values()),
        "identity_missing": state in (HandoverState.ACCEPTED, HandoverState.VALIDATED)
        and identity_missing(found, today(now)),
        "act": cards.card(ACT, found.public_id, request.user) if state == HandoverState.EFFECTIVE else None,
        "requests_needed": GovernanceRules.current().interim_requests if found.is_interim else 0,
    }
    return render(request, "governance/handover.html", context)


def _offered(found: Handover, step: Step, now: dt.datetime) -> bool:
    """An interim is proposed by itself once enough have joined, and validated once its consultation is over."""
    if found.is_interim and step == Step.VALIDATE:
        return any(consultation.is_over(now) for consultation in found.consultations.all())
    return not (found.is_interim and step == Step.PROPOSE)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, public_id: uuid.UUID | None = None) -> HttpResponse:
    """Opens a handover, or changes one that nobody else has seen yet."""
    now = timezone.now()
    found = find_handover(request, public_id, "governance.propose_handover") if public_id else None
    if found is None:
        rights.check(request.user, "governance.propose_handover")
    elif found.state != HandoverState.DRAFT:
        return redirect(found)
    holder = found.holder if found else Mandate.objects.organisation_at(now)
    initial = None
    if found:
        initial = {name: getattr(found, name) for name in ("receiver", "purpose", "is_historical", "proposed_on")}
    form = DraftForm(*sent(request), initial=initial, holder=holder, today=today(now))
    if request.method == "POST" and form.is_valid():
        try:
            if found:
                saved = services.edit_draft(handover=found, by=request.user, now=now, **form.cleaned_data)
            else:
                saved = services.open_draft(by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Refusal as refused:
            tell(request, refused)
            return redirect(found or "governance:page")
        else:
            return redirect(saved)
    context = {
        "handover": found,
        "form": form,
        "holder": holder,
        "title": _("Change the draft") if found else _("Prepare a handover"),
        "verb": _("Save the draft"),
        "consequence": "",
        "ends": False,
    }
    return render(request, "governance/handover_draft.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def past(request: HttpRequest, mandate: uuid.UUID) -> HttpResponse:
    """Enters the handover by which a mandate of the register began."""
    now = timezone.now()
    rights.check(request.user, "governance.record_past_handover")
    found = get_object_or_404(Mandate.objects.started(now).select_related("organisation"), public_id=mandate)
    if entered := Handover.objects.filter(incoming=found).first():
        return redirect(entered)
    form = PastForm(*sent(request), initial={"effective_on": found.started_on})
    if request.method == "POST" and form.is_valid():
        cleaned = dict(form.cleaned_data)
        try:
            with transaction.atomic():
                documents = evidence(cleaned, request, now)
                del cleaned["document"], cleaned["document_title"]
                saved = completion.record_past(mandate=found, by=request.user, now=now, documents=documents, **cleaned)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The handover is entered in the register."))
            return redirect(saved)
    context = {
        "mandate": found,
        "form": form,
        "title": _("Enter a past handover"),
        "verb": _("Enter it in the register"),
        "consequence": _(
            "Rights do not change. The register will say that it was entered after the fact, and by whom."
        ),
        "ends": False,
    }
    return render(request, "governance/handover_past.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    found = find_handover(request, public_id, "governance.correct_handover")
    form = CorrectForm(*sent(request), handover=found)
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        reason = changes.pop("reason")
        try:
            corrections.correct(handover=found, by=request.user, changes=changes, reason=reason, now=now)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The correction is recorded."))
            return redirect(found)
    context = {
        "handover": found,
        "form": form,
        "title": _("Correct a wrong entry"),
        "verb": _("Record the correction"),
        "consequence": _("All members will see what was changed, by whom and why; both sides are told."),
        "ends": False,
    }
    return render(request, "governance/handover_correct.html", context, status=status_of(form))


@require_GET
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponseBase:
    found = find_handover(request, public_id)
    proof = get_object_or_404(HandoverDocument.objects.select_related("file"), handover=found, public_id=document_id)
    return files.serve(proof.file, request=request)
