"""Sending a table of fundings or initiatives; what follows is the same for every import (`core.imports.views`)."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.imports import page, views as import_views, workbook as sheets
from core.imports.forms import FileForm
from core.imports.models import Import
from core.tables import export
from funding.backends import acting_funders
from funding.enums import TableKind
from funding.imports import workbook as workbooks
from funding.imports.kinds import IMPORT, KINDS
from funding.imports.shapes import SHAPES
from members.models import Organisation


def own_funders(request: HttpRequest) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=acting_funders(request.user)).order_by("name", "pk"))


class SendForm(FileForm):
    funder = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Funder"), empty_label=None)
    kind = forms.ChoiceField(
        label=gettext_lazy("What the table holds"),
        choices=TableKind.choices,
        initial=TableKind.LINES,
        widget=forms.RadioSelect,
    )
    field_order = ("funder", "kind", "file")

    def __init__(self, *args: object, funders: frozenset[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].queryset = Organisation.objects.filter(pk__in=funders).order_by("name", "pk")


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, IMPORT)
    form = SendForm(request.POST or None, request.FILES or None, funders=acting_funders(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind = KINDS[TableKind(given["kind"])]
        if done := import_views.keep(request, form, kind=kind, subject_id=given["funder"].pk):
            return done
    funders = own_funders(request)
    latest = page.latest(KINDS.values(), [funder.pk for funder in funders])
    context = {"form": form, "funders": funders, "latest": latest}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/import.html", context, status=status)


def _find(request: HttpRequest, public_id: uuid.UUID) -> Import:
    rights.check(request.user, IMPORT)
    runs = Import.objects.of_subjects(KINDS.values(), acting_funders(request.user)).select_related("by")
    return get_object_or_404(runs, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return import_views.preview(request, _find(request, public_id), template="funding/import_preview.html")


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return import_views.columns(request, _find(request, public_id), template="funding/import_columns.html")


@require_GET
def to_correct(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    return import_views.to_correct(_find(request, public_id))


@require_GET
def workbook(request: HttpRequest, name: str) -> HttpResponseBase:
    """The own rows to be changed in Excel and sent back, or the empty template."""
    rights.check(request.user, IMPORT)
    if name not in workbooks.NAMES:
        raise Http404
    kind, is_template = workbooks.NAMES[name]
    return export(
        "xlsx",
        columns=sheets.columns(SHAPES[kind]),
        rows=[] if is_template else workbooks.rows(kind, _funder(request)),
        name=name,
        title=TableKind(kind).label,
        notes=sheets.notes(SHAPES[kind]),
        notes_title=_("How to use it"),
    )


def _funder(request: HttpRequest) -> Organisation:
    """The funder named in the address, else the first for whom the reader acts."""
    funders = own_funders(request)
    wanted = request.GET.get("financeur")
    found = next((funder for funder in funders if wanted in (None, funder.slug)), None)
    if found is None:
        raise BadRequest(_("You act for no funder of this name."))
    return found
