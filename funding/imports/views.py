"""Sending a table of fundings or initiatives, saying how it is read, looking at what it would do, letting it be written."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.formatting.dates import file_size
from core.forms.base import PortalForm
from core.forms.sent import SentWord, sent_values
from core.imports import page, registry, services
from core.imports.corrected import corrected
from core.imports.errors import ChangedMeanwhile
from core.imports.forms import SheetForm, layout_form, remembered
from core.imports.models import Import, ImportFile
from core.imports.queue import source_of
from core.imports.reading import MOST_BYTES, Unreadable, meant_twice
from core.tables import export, respond
from funding.backends import acting_funders
from funding.enums import TableKind
from funding.imports import workbook as workbooks
from funding.imports.kinds import IMPORT, KINDS
from members.models import Organisation

LATEST = 10  # imports told of on the page that sends one


def own_funders(request: HttpRequest) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=acting_funders(request.user)).order_by("name", "pk"))


class SendForm(PortalForm):
    funder = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Funder"), empty_label=None)
    kind = forms.ChoiceField(
        label=gettext_lazy("What the table holds"),
        choices=TableKind.choices,
        initial=TableKind.LINES,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(label=gettext_lazy("CSV or Excel file (.xlsx)"))

    def __init__(self, *args: object, funders: frozenset[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].queryset = Organisation.objects.filter(pk__in=funders).order_by("name", "pk")
        most = _("20,000 rows and %(size)s at most.") % {"size": file_size(MOST_BYTES)}
        self.fields["file"].help_text = most


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, IMPORT)
    form = SendForm(request.POST or None, request.FILES or None, funders=acting_funders(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind = KINDS[TableKind(given["kind"])]
        try:
            run = services.keep(
                kind=kind, subject_id=given["funder"].pk, upload=given["file"], by=request.user, now=timezone.now()
            )
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect("funding:import-preview", public_id=run.public_id)
    funders = own_funders(request)
    of_funders = Import.objects.of_subjects(KINDS.values(), [funder.pk for funder in funders])
    context = {
        "form": form,
        "funders": funders,
        "runs": of_funders.written().select_related("by").newest_first()[:LATEST],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/import.html", context, status=status)


class WriteForm(PortalForm):
    fingerprint = SentWord()  # of the table as it was looked at


class WhichSheetForm(PortalForm):
    sheet = SentWord(strip=False)  # its name in the workbook


def _find(request: HttpRequest, public_id: str) -> Import:
    rights.check(request.user, IMPORT)
    runs = Import.objects.of_subjects(KINDS.values(), acting_funders(request.user)).select_related("by")
    return get_object_or_404(runs, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the import stands and what it would do; POST lets exactly that be written, answers, calls off, tries again."""
    run = _find(request, public_id)
    status, refused, question = HTTPStatus.OK, False, None
    if request.method == "POST":
        kind, said = registry.kind(run.kind), {"run": run, "by": request.user, "now": timezone.now()}
        try:
            if "fingerprint" in request.POST:
                run = services.write(**sent_values(request, WriteForm), **said)
            elif "annuler" in request.POST:
                run = services.cancel(**said)
            elif "relire" in request.POST:
                run = services.check_again(**said)
            else:
                question = kind.question(request.POST)
                if question is not None and question.is_valid():
                    run = services.answer(answers=question.cleaned_data, **said)
                else:
                    status = HTTPStatus.UNPROCESSABLE_ENTITY
        except ChangedMeanwhile:
            status, refused = HTTPStatus.CONFLICT, True
        if status == HTTPStatus.OK and not request.htmx:
            return redirect("funding:import-preview", public_id=run.public_id)
    if run.state == "choosing":
        return redirect("funding:import-columns", public_id=run.public_id)
    shown = page.of(run, request, question=question)
    if request.htmx:
        return _fragment(request, shown)
    context = {**_told(run), "plan": shown, "changed_meanwhile": refused or run.changed_meanwhile}
    return render(request, "funding/import_preview.html", context, status=status)


def _fragment(request: HttpRequest, shown: page.ImportPage) -> HttpResponse:
    """The card of progress alone; where it is at its end, the whole page is asked for anew."""
    if not shown.is_active:
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        response["HX-Redirect"] = shown.here
        return response
    if request.method == "GET" and request.GET.get("vu") == shown.signature:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "imports/_progress.html", {"plan": shown, "is_fragment": True})


def _told(run: Import) -> dict[str, Any]:
    layout = run.layout
    return {
        "run": run,
        "has_file": ImportFile.objects.filter(of=run).exists(),
        "funder": Organisation.objects.get(pk=run.subject_id),
        "ignored": layout.get("ignored", []),
        "computed": layout.get("computed", []),
        "not_kept": sorted(layout.get("not_kept", {}).items()),
        "passed_over": sorted(layout.get("passed_over", {}).items()),
    }


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which sheet is meant, and which column is what."""
    run = _find(request, public_id)
    if run.is_active or run.state == "done":
        raise Http404
    try:
        source = source_of(run)
    except ImportFile.DoesNotExist as error:
        raise Http404 from error
    except Unreadable as error:  # its page offers this before anybody has looked into the file
        messages.error(request, str(error))
        return redirect("funding:import-preview", public_id=run.public_id)
    places = source.choices
    wanted = (
        sent_values(request, WhichSheetForm)["sheet"]
        if request.method == "POST"
        else request.GET.get("feuille", run.sheet)
    )
    place = source.named(wanted or "") or (None if request.method == "POST" else next(iter(places), None))
    if place is None and places:
        raise Http404
    if place is None:
        messages.error(request, _("No sheet of this file holds a table."))
        return redirect("funding:import-preview", public_id=run.public_id)
    form = layout_form(
        place,
        source.shape,
        remembered=remembered(run),
        data=request.POST if request.method == "POST" else None,
        chosen=run.mapping if run.sheet == place.sheet.name else None,
    )
    if request.method == "POST" and form.is_valid():
        services.choose(run=run, sheet=place.sheet.name, mapping=form.mapping, by=request.user, now=timezone.now())
        return redirect("funding:import-preview", public_id=run.public_id)
    context = {
        "run": run,
        "form": form,
        "place": place,
        "twice": meant_twice(place.head, source.shape) if run.state == "choosing" else "",
        "sheets": SheetForm(initial={"feuille": place.sheet.name}, places=places) if len(places) > 1 else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/import_columns.html", context, status=status)


@require_GET
def to_correct(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file as it was sent, with what is wrong beside each row."""
    run = _find(request, public_id)
    if not run.is_held_up or not run.rows.exists():
        raise Http404
    return respond(corrected(run))


@require_GET
def workbook(request: HttpRequest, name: str) -> HttpResponseBase:
    """The own rows to be changed in Excel and sent back, or the empty template."""
    rights.check(request.user, IMPORT)
    if name not in workbooks.NAMES:
        raise Http404
    kind, is_template = workbooks.NAMES[name]
    return export(
        "xlsx",
        columns=workbooks.columns(kind),
        rows=[] if is_template else workbooks.rows(kind, _funder(request)),
        name=name,
        title=TableKind(kind).label,
        notes=workbooks.notes(kind),
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
