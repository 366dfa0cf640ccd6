"""Entering and changing an initiative, sharing a draft, moving it from stage to stage; for its funder."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import rights
from core.forms.base import PortalForm
from core.forms.sent import SentWord, sent_values
from core.transitions import ChangedMeanwhile, MoveRefused
from funding.backends import acting_funders
from funding.forms import InitiativeForm, ShareForm, StageForm
from funding.initiatives import services, transitions
from funding.models import Initiative
from funding.visibility import visibility_of

REFUSED, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
EDIT = "funding.edit_initiative"


def find_initiative(request: HttpRequest, slug: str, permission: str = EDIT) -> Initiative:
    """The initiative, if the reader holds `permission` on it; a draft of others does not exist: Http404."""
    rows = Initiative.objects.seen_by(visibility_of(request.user)).select_related("bearer", "programme", "prepared_by")
    found = get_object_or_404(rows, slug=slug)
    rights.check(request.user, permission, found)
    return found


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "funding.create_initiative")
    keepers = acting_funders(request.user)
    blank = Initiative(reference=services.next_reference())
    if len(keepers) == 1:
        (blank.prepared_by_id,) = keepers
    return _edit(request, blank, keepers)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = find_initiative(request, slug)
    return _edit(request, initiative, acting_funders(request.user))


def _edit(request: HttpRequest, initiative: Initiative, keepers: frozenset[int]) -> HttpResponse:
    is_new, slug = initiative.pk is None, initiative.slug
    now = timezone.now()
    initiative.created_at = initiative.created_at or now
    initiative.changed_at = initiative.changed_at or now
    form = InitiativeForm(request.POST or None, instance=initiative, keepers=keepers)
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    changed_meanwhile = False
    if request.method == "POST" and form.is_valid():
        if is_new:
            form.instance.draft_of = form.instance.prepared_by
        try:
            saved = services.save_initiative(
                initiative=form.instance,
                by=request.user,
                now=now,
                schemes=form.cleaned_data["schemes"],
                sessions=form.cleaned_data["sessions"],
                competences=form.cleaned_data["competences"],
                read_version=form.cleaned_data["read_version"],
            )
        except ChangedMeanwhile:
            changed_meanwhile, status = True, CONFLICT
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(saved)
    context = {"form": form, "initiative": initiative, "is_new": is_new, "changed_meanwhile": changed_meanwhile}
    context["back"] = slug
    return render(request, "funding/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = find_initiative(request, slug)
    if initiative.draft_of_id is None:
        return redirect(initiative)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.share(initiative=initiative, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error("spotted_on", error)
        else:
            return redirect(initiative)
    context = {"initiative": initiative, "form": form}
    return render(request, "funding/share.html", context, status=REFUSED if request.method == "POST" else HTTPStatus.OK)


@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes away a draft that was entered by mistake."""
    initiative = find_initiative(request, slug)
    try:
        services.remove_draft(initiative=initiative, by=request.user)
    except MoveRefused as error:
        form = ShareForm()
        context = {"initiative": initiative, "form": form, "refused": error.reasons}
        return render(request, "funding/share.html", context, status=REFUSED)
    messages.success(request, _("The draft is taken away."))
    return redirect("funding:initiatives")


@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, slug: str) -> HttpResponse:
    """The moves that are possible now and what stands in the way of the others; POST carries one out."""
    initiative = find_initiative(request, slug)
    now, refused = timezone.now(), []
    offers = transitions.offers(initiative, now)
    wanted = sent_values(request, WhichStageForm)["target"]
    by_target = {}
    for offer in offers:
        data = request.POST if request.method == "POST" and offer.move == wanted else None
        by_target[offer.move] = StageForm(data, target=offer.move, asks_reason=bool(offer.lacks))
    form = by_target.get(wanted)
    if request.method == "POST" and form is None:
        refused = [transitions.NOT_LEGAL]
    elif form is not None and form.is_valid():
        try:
            transitions.move(initiative=initiative, by=request.user, now=now, **form.cleaned_data)
        except MoveRefused as error:
            refused = _beside(form, error.reasons)
        else:
            return redirect(initiative)
    context = {
        "initiative": initiative,
        "offers": [(offer, by_target[offer.move]) for offer in offers],
        "refused": refused,
    }
    return render(request, "funding/stage.html", context, status=REFUSED if request.method == "POST" else HTTPStatus.OK)


class WhichStageForm(PortalForm):
    target = SentWord()  # which of the forms of the page was sent


def _beside(form: StageForm, reasons: list[Any]) -> list[Any]:
    """Tells what is wrong with a date or a reason at its field; the rest is told above."""
    for reason in reasons:
        if reason in transitions.OF_FIELD:
            form.add_error(transitions.OF_FIELD[reason], str(reason))
    return [reason for reason in reasons if reason not in transitions.OF_FIELD]
