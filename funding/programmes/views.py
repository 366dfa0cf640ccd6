"""Programmes: the list, the page of each with what it committed itself to, and entering them for their lead funder."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.charts.outlines import ATTRIBUTION
from core.territories import regions as by_code
from funding.backends import acting_funders
from funding.enums import Stage
from funding.figures import compute
from funding.filters import STAGE_WORDS
from funding.models import Commitment, FundingLineFact, Initiative, Programme
from funding.profiles.page import profile
from funding.programmes import services
from funding.programmes.forms import CommitmentForm, ProgrammeForm
from funding.programmes.progress import map_of, progress_of
from funding.visibility import visibility_of

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
VIEW, EDIT = "funding.view_initiative", "funding.edit_programme"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every programme, with the number of its initiatives and what was agreed to them."""
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    told = FundingLineFact.objects.amounts_seen_by(visibility)
    values = {row.value: row.figures for row in compute.breakdown(told, "programme", ("agreed", "backed"))}
    numbers = compute.count_by(Initiative.objects.seen_by(visibility), "programme")
    found = Programme.objects.select_related("lead").order_by("name", "pk")
    nothing = {"agreed": 0, "backed": 0}
    context = {
        "programmes": [(row, numbers.get(row.pk, 0), values.get(row.pk, nothing)) for row in found],
        "may_create": rights.allows(request.user, EDIT),
    }
    return render(request, "funding/programmes.html", context)


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    programme = get_object_or_404(Programme.objects.for_page(), slug=slug)
    initiatives = Initiative.objects.seen_by(visibility).filter(programme=programme)
    stages = compute.count_by(initiatives, "stage")
    words = {stage: word for word, stage in STAGE_WORDS.items()}
    regions = list(by_code().values())
    progress = progress_of(programme, visibility, regions)
    context = {
        "programme": programme,
        "progress": [(item, map_of(item, programme, regions)) for item in progress],
        "profile": profile(initiatives, visibility),
        "stages": [(stage, words[stage], stages[stage]) for stage in Stage if stages.get(stage)],
        "may_edit": rights.allows(request.user, EDIT, programme),
        "attribution": ATTRIBUTION,
        "as_of": timezone.now(),
    }
    return render(request, "funding/programme.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, EDIT)
    leads = acting_funders(request.user)
    programme = Programme()
    if len(leads) == 1:
        (programme.lead_id,) = leads
    return _edit(request, programme, leads)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, find_programme(request, slug), acting_funders(request.user))


def find_programme(request: HttpRequest, slug: str) -> Programme:
    """The programme, if the reader may change it."""
    rights.check(request.user, VIEW)
    programme = get_object_or_404(Programme.objects.select_related("lead"), slug=slug)
    rights.check(request.user, EDIT, programme)
    return programme


def _edit(request: HttpRequest, programme: Programme, leads: frozenset[int]) -> HttpResponse:
    is_new, slug, name = programme.pk is None, programme.slug, programme.name
    if is_new:
        programme.slug = "neuf"  # the service gives the address; the form only checks the rest
    form = ProgrammeForm(request.POST or None, instance=programme, leads=leads)
    if request.method == "POST" and form.is_valid():
        if is_new:
            form.instance.slug = ""
        try:
            saved = services.save_programme(programme=form.instance, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(saved)
    context = {"form": form, "is_new": is_new, "slug": slug, "name": name}
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/programme_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def commitment(request: HttpRequest, slug: str, public_id: uuid.UUID | None = None) -> HttpResponse:
    """A new commitment, or one to change; POST with `remove` takes it away."""
    programme = find_programme(request, slug)
    found = Commitment(programme=programme)
    if public_id is not None:
        found = get_object_or_404(
            Commitment.objects.select_related("programme"), programme=programme, public_id=public_id
        )
    if request.method == "POST" and "remove" in request.POST and found.pk:
        services.remove_commitment(commitment=found, by=request.user)
        return redirect(programme)
    form = CommitmentForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_commitment(commitment=form.instance, partners=form.cleaned_data["partners"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(programme)
    context = {"form": form, "programme": programme, "is_new": public_id is None}
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/commitment.html", context, status=status)
