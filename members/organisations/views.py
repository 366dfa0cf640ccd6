"""Pages on which an organisation is entered, presented, and enters or leaves the space."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.db.periods import today
from core.files.serve import serve
from core.partial_dates import day
from core.transitions import ChangedMeanwhile
from core.web.form_pages import form_page, written
from members.models import EngineeringScheme, Organisation, Position
from members.organisations import memberships, services
from members.organisations.forms import DepartureForm, NewPeriodForm, OrganisationForm, PeriodForm, SchemeForm
from members.organisations.services import EDIT, MANAGE


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MANAGE)
    now = timezone.now()
    form = OrganisationForm(*_sent(request), whole=True, today=today(now))
    context: dict[str, Any] = {"form": form, "organisation": None}
    if not (form.is_bound and form.is_valid()):
        return form_page(request, "members/organisations/edit.html", context, form)
    given = form.cleaned_data

    def write() -> Organisation:
        return services.create(
            by=request.user,
            values=form.values(),
            regions=given["regions"],
            competences=given["competences"],
            logo=given["upload"],
            member_since=given["member_since"],
            now=now,
        )

    made = written(form, write)
    if made is None:
        return form_page(request, "members/organisations/edit.html", context, form)
    messages.success(request, _("The organisation is entered. Its people come next."))
    return redirect(made)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.select_related("logo"), slug=slug)
    rights.check(request.user, EDIT, organisation)
    now = timezone.now()
    seen = services.fingerprint(organisation)
    form = OrganisationForm(
        *_sent(request),
        instance=organisation,
        whole=rights.allows(request.user, MANAGE, organisation),
        today=today(now),
        initial={"seen": seen},
    )
    context: dict[str, Any] = {"form": form, "organisation": Organisation.objects.get(pk=organisation.pk)}
    if not (form.is_bound and form.is_valid()):
        return form_page(request, "members/organisations/edit.html", context, form)
    given = form.cleaned_data

    def write() -> Organisation:
        return services.edit(
            organisation=organisation,
            by=request.user,
            values=form.values(),
            regions=given["regions"],
            competences=given["competences"],
            logo=given["upload"],
            without_logo=given.get("without_logo", False),
            seen=given["seen"],
            now=now,
        )

    try:
        saved = written(form, write)
    except ChangedMeanwhile:
        context["changed_meanwhile"] = True
        return render(request, "members/organisations/edit.html", context, status=HTTPStatus.CONFLICT)
    if saved is None:
        return form_page(request, "members/organisations/edit.html", context, form)
    messages.success(request, _("Saved."))
    return redirect(saved)


@require_GET
def logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    rights.check(request.user, "members.view_organisation")
    organisation = get_object_or_404(Organisation.objects.select_related("logo"), slug=slug)
    if organisation.logo is None:
        raise Http404
    return serve(organisation.logo, request=request, inline=True)


@require_http_methods(["GET", "POST"])
def add_scheme(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug)
    rights.check(request.user, EDIT, organisation)
    return _scheme_form(request, EngineeringScheme(organisation=organisation))


@require_http_methods(["GET", "POST"])
def edit_scheme(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    schemes = EngineeringScheme.objects.select_related("organisation")
    scheme = get_object_or_404(schemes, organisation__slug=slug, public_id=public_id)
    rights.check(request.user, EDIT, scheme.organisation)
    return _scheme_form(request, scheme)


def _scheme_form(request: HttpRequest, scheme: EngineeringScheme) -> HttpResponse:
    form = SchemeForm(_post(request), instance=scheme)
    context = {"form": form, "scheme": scheme, "organisation": scheme.organisation, "is_new": scheme._state.adding}
    if form.is_bound and form.is_valid():
        saved = written(form, lambda: services.save_scheme(scheme=form.instance, by=request.user))
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect(reverse("members:organisation", args=[scheme.organisation.slug]) + "#schemes")
    return form_page(request, "members/organisations/scheme.html", context, form)


@require_http_methods(["GET", "POST"])
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """The periods of one organisation; a POST adds one."""
    organisation = _managed(request, slug)
    now = timezone.now()
    form = NewPeriodForm(_post(request), initial={"began_on": day(today(now))})
    if form.is_bound and form.is_valid():
        saved = written(
            form,
            lambda: memberships.enter(organisation=organisation, by=request.user, now=now, **form.cleaned_data),
        )
        if saved is not None:
            messages.success(request, _("The membership is entered."))
            return redirect("members:membership", slug)
    periods = list(organisation.memberships.order_by("-period"))
    context = {
        "organisation": organisation,
        "form": form,
        "memberships": periods,
        "runs_on": any(period.period.upper is None for period in periods),
    }
    return form_page(request, "members/organisations/membership.html", context, form)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _managed(request, slug)
    running = organisation.memberships.filter(period__endswith=None).first()
    if running is None:
        messages.error(request, str(memberships.NOT_A_MEMBER))
        return redirect("members:membership", slug)
    now = timezone.now()
    form = DepartureForm(_post(request), initial={"ended_on": day(today(now))})
    if form.is_bound and form.is_valid():
        saved = written(
            form,
            lambda: memberships.leave(organisation=organisation, by=request.user, now=now, **form.cleaned_data),
        )
        if saved is not None:
            messages.success(request, _("The end of the membership is entered."))
            return redirect("members:membership", slug)
    people = Position.objects.running(now).filter(organisation=organisation).values("user").distinct().count()
    context = {"organisation": organisation, "form": form, "membership": running, "people": people}
    return form_page(request, "members/organisations/leave.html", context, form)


@require_http_methods(["GET", "POST"])
def edit_membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _managed(request, slug)
    period = get_object_or_404(organisation.memberships.all(), pk=pk)
    now = timezone.now()
    form = PeriodForm(
        _post(request),
        initial={"began_on": period.since, "ended_on": period.until},
    )
    if form.is_bound and form.is_valid():
        saved = written(
            form, lambda: memberships.correct(membership=period, by=request.user, now=now, **form.cleaned_data)
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("members:membership", slug)
    context = {"organisation": organisation, "form": form, "membership": period}
    return form_page(request, "members/organisations/membership_edit.html", context, form)


@require_POST
def remove_membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _managed(request, slug)
    period = get_object_or_404(organisation.memberships.all(), pk=pk)
    try:
        memberships.remove(membership=period, by=request.user, now=timezone.now())
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, _("The period is taken back."))
    return redirect("members:membership", slug)


def _managed(request: HttpRequest, slug: str) -> Organisation:
    organisation = get_object_or_404(Organisation, slug=slug)
    rights.check(request.user, MANAGE, organisation)
    return organisation


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _post(request: HttpRequest) -> Any:
    return _sent(request)[0]
