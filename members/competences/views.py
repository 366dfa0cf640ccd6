"""The list of competences, and one of them: its words, who chose it, what it is merged into."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import rights
from core.web.form_pages import form_page, written
from core.web.pagination import paginate
from members.competences import services
from members.competences.forms import CompetenceForm, MergeForm, NewCompetenceForm
from members.competences.services import EDIT
from members.models import Competence

ROWS = 100


@require_http_methods(["GET", "POST"])
def competences(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, EDIT)
    form = NewCompetenceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        if written(form, lambda: services.add(name=name, by=request.user)) is not None:
            messages.success(request, _("“%(name)s” is in the list.") % {"name": name})
            return redirect("members:competences")
    rows = Competence.objects.annotate(number=Count("organisations")).order_by("name", "pk")
    page = paginate(request, rows, count=Competence.objects.count(), per_page=ROWS)
    return form_page(request, "members/competences/list.html", {"form": form, "page": page}, form)


@require_http_methods(["GET", "POST"])
def competence(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)
    form = CompetenceForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        if written(form, lambda: services.rename(competence=found, name=name, by=request.user)) is not None:
            messages.success(request, _("Saved."))
            return redirect("members:competences")
    return _page(request, public_id, form=form)


@require_POST
def merge(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)
    form = MergeForm(request.POST, competence=found)
    if form.is_valid():
        into = form.cleaned_data["into"]
        if written(form, lambda: services.merge(competence=found, into=into, by=request.user)) is not None:
            sentence = _("“%(name)s” is now “%(other)s”, for all who had chosen it.")
            messages.success(request, sentence % {"name": found.name, "other": into.name})
            return redirect("members:competences")
    return _page(request, public_id, merging=form)


@require_POST
def remove(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)
    try:
        services.remove(competence=found, by=request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("members:competence", public_id)
    messages.success(request, _("“%(name)s” is no longer in the list.") % {"name": found.name})
    return redirect("members:competences")


def _find(request: HttpRequest, public_id: uuid.UUID) -> Competence:
    rights.check(request.user, EDIT)
    return get_object_or_404(Competence, public_id=public_id)


def _page(
    request: HttpRequest, public_id: uuid.UUID, *, form: CompetenceForm | None = None, merging: MergeForm | None = None
) -> HttpResponse:
    stored = Competence.objects.get(public_id=public_id)
    context = {
        "competence": stored,
        "organisations": list(stored.organisations.order_by("name", "pk")),
        "form": form or CompetenceForm(instance=stored),
        "merging": merging or MergeForm(competence=stored),
    }
    is_refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, "members/competences/page.html", context, status=status)
