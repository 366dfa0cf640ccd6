"""A cycle: its page, its proceedings, and the form of its theme and introduction."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.search.mentions import links_for
from sessions_app.cycles import page as cycles_page, services
from sessions_app.cycles.forms import CycleForm
from sessions_app.models import Cycle
from sessions_app.permissions import may_open
from sessions_app.sessions.lookup import may_prepare

CONFLICT, REFUSED = HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
EDIT = "sessions_app.edit_cycle"


@require_GET
def cycle(request: HttpRequest, year: int) -> HttpResponse:
    rights.check(request.user, "sessions_app.view_session")
    found = get_object_or_404(Cycle.objects.with_neighbours(), year=year)
    page = cycles_page.cycle_page(found, drafts=may_prepare(request))
    for _session, materials in page.materials:
        for material in materials:
            material.may_open = may_open(request.user, material)
    [found.introduction] = links_for(request.user, [found.introduction])
    context = {"cycle": found, "page": page, "may_edit": rights.allows(request.user, EDIT, found)}
    return render(request, "sessions/cycles/cycle.html", context)


@require_GET
def proceedings(request: HttpRequest, year: int) -> HttpResponse:
    """All published minutes of the cycle one after the other: to read, to print."""
    rights.check(request.user, "sessions_app.view_session")
    found = get_object_or_404(Cycle, year=year)
    chapters, missing = cycles_page.proceedings(found, drafts=may_prepare(request))
    chapters = cycles_page.linked_for(request.user, chapters)
    [found.introduction] = links_for(request.user, [found.introduction])
    context = {"cycle": found, "chapters": chapters, "missing": missing}
    return render(request, "sessions/cycles/proceedings.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, EDIT)
    latest = Cycle.objects.by_year().first()
    return _form(request, Cycle(year=latest.year + 1 if latest else None))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, year: int) -> HttpResponse:
    found = get_object_or_404(Cycle, year=year)
    rights.check(request.user, EDIT, found)
    return _form(request, found)


def _form(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = CycleForm(request.POST if request.method == "POST" else None, instance=cycle)
    context: dict[str, Any] = {"cycle": cycle, "form": form, "seen": cycle.introduction}
    if form.is_bound:
        is_valid = form.is_valid()
        context["seen"] = form.cleaned_data["seen"].replace("\r\n", "\n")
        if is_valid:
            try:
                saved = services.save_cycle(cycle=form.instance, by=request.user, seen=context["seen"])
            except services.CycleOvertaken as error:
                context |= {"overtaken": error, "seen": error.stored.introduction}
                return render(request, "sessions/cycles/edit.html", context, status=CONFLICT)
            return redirect(saved)
    return render(request, "sessions/cycles/edit.html", context, status=REFUSED if form.errors else HTTPStatus.OK)
