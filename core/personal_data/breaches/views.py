"""The register of breaches, made to be printed, and the form of one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.personal_data.breaches import page, services
from core.personal_data.breaches.forms import BreachForm
from core.personal_data.breaches.services import MAY
from core.personal_data.models import Breach
from core.web.form_pages import form_page, written
from core.web.pagination import paginate

PATH = "personal_data/breaches"


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    now = timezone.now()
    rows = services.register_of_breaches()
    found = paginate(request, rows, count=rows.count())
    entries = [page.entry(breach, now) for breach in found.object_list]
    context = {"here": "personal-data", "page": found, "entries": entries, "now": now}
    return render(request, f"{PATH}/register.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    now = timezone.now()
    form = BreachForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        if written(form, lambda: services.record(values=given, by=request.user, now=now)) is not None:
            messages.success(request, _("The breach is in the register."))
            return redirect("personal_data:breaches")
    return form_page(request, f"{PATH}/edit.html", {"here": "personal-data", "form": form, "entry": None}, form)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rights.check(request.user, MAY)
    now = timezone.now()
    breach = get_object_or_404(Breach, public_id=public_id)
    form = BreachForm(request.POST if request.method == "POST" else None, instance=breach)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        if written(form, lambda: services.change(breach=breach, values=given, by=request.user, now=now)) is not None:
            messages.success(request, _("The breach is in the register."))
            return redirect("personal_data:breaches")
    context = {"here": "personal-data", "form": form, "entry": page.entry(breach, now)}
    return form_page(request, f"{PATH}/edit.html", context, form)
