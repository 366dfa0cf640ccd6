"""Sending a table of organisations and people; what follows is the same for every import (`core.imports.views`)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.imports import page, views as import_views, workbook as sheets
from core.imports.forms import FileForm
from core.imports.models import Import
from core.models import Space
from core.space import current_space
from core.tables import export
from members.imports.columns import SHAPE
from members.imports.kinds import NAME
from members.imports.rows import DirectoryRow
from members.models import Organisation
from members.organisations.services import MANAGE as MANAGE_ORGANISATIONS
from members.people.services import MANAGE as MANAGE_PEOPLE

_DIRECTORY, _TEMPLATE = "annuaire", "modele"


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    space = _space(request)
    form = FileForm(request.POST or None, request.FILES or None)
    is_whole = request.method == "POST" and form.is_valid()
    if is_whole and (done := import_views.keep(request, form, kind=NAME, subject_id=space.pk)):
        return done
    context = {"form": form, "latest": page.latest([NAME], [space.pk])}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "members/imports/send.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return import_views.preview(request, _find(request, public_id), template="members/imports/preview.html")


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return import_views.columns(request, _find(request, public_id), template="members/imports/columns.html")


@require_GET
def to_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    return import_views.to_correct(_find(request, public_id))


@require_GET
def workbook(request: HttpRequest, name: str) -> HttpResponseBase:
    """What the directory holds, to be changed in Excel and sent back, or the empty template."""
    _space(request)
    if name not in (_DIRECTORY, _TEMPLATE):
        raise Http404
    return export(
        "xlsx",
        columns=sheets.columns(SHAPE),
        rows=_rows() if name == _DIRECTORY else [],
        name=name,
        title=_("Members"),
        notes=sheets.notes(SHAPE),
        notes_title=_("How to use it"),
    )


def _rows() -> Iterator[DirectoryRow]:
    """Each organisation once for each of its positions, or alone."""
    found = Organisation.objects.prefetch_related("regions", "competences", "memberships", "positions__user").order_by(
        "name", "pk"
    )
    for organisation in found.iterator(chunk_size=200):
        periods = sorted(organisation.memberships.all(), key=lambda one: one.period.lower)
        membership = periods[-1] if periods else None
        positions = sorted(organisation.positions.all(), key=lambda one: (one.period.lower, one.pk))
        for position in positions or [None]:
            yield DirectoryRow(organisation, membership, position, position.user if position else None)


def _space(request: HttpRequest) -> Space:
    rights.check(request.user, MANAGE_ORGANISATIONS)
    rights.check(request.user, MANAGE_PEOPLE)
    return current_space()


def _find(request: HttpRequest, public_id: uuid.UUID) -> Import:
    runs = Import.objects.of_subjects([NAME], [_space(request).pk]).select_related("by")
    return get_object_or_404(runs, public_id=public_id)
