"""The pages of an import, the same for every kind: where it stands, which column is what, the file to be corrected.

The app whose rows they are finds the import, having asked the right, and names the templates that frame the pages.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.forms.base import PortalForm
from core.forms.sent import SentWord, sent_values
from core.imports import page, registry, services
from core.imports.corrected import corrected
from core.imports.errors import ChangedMeanwhile
from core.imports.forms import SheetForm, layout_form, remembered
from core.imports.models import Import, ImportFile
from core.imports.queue import source_of
from core.imports.reading import Unreadable, meant_twice
from core.tables import respond

if TYPE_CHECKING:
    from core.imports.forms import FileForm


class WriteForm(PortalForm):
    fingerprint = SentWord()  # of the table as it was looked at


class WhichSheetForm(PortalForm):
    sheet = SentWord(strip=False)  # its name in the workbook


def keep(request: HttpRequest, form: FileForm, *, kind: str, subject_id: int) -> HttpResponse | None:
    """Keeps the file of `form` and leads to its page; None where it cannot be read, which the form then says."""
    upload = form.cleaned_data["file"]
    try:
        run = services.keep(kind=kind, subject_id=subject_id, upload=upload, by=request.user, now=timezone.now())
    except Unreadable as error:
        form.add_error("file", str(error))
        return None
    return redirect(registry.kind(kind).address(run.public_id))


def preview(request: HttpRequest, run: Import, *, template: str) -> HttpResponse:
    """Where the import stands and what it would do; POST lets exactly that be written, answers, calls off, tries again."""
    kind = registry.kind(run.kind)
    status, refused, question = HTTPStatus.OK, False, None
    if request.method == "POST":
        said = {"run": run, "by": request.user, "now": timezone.now()}
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
            return redirect(kind.address(run.public_id))
    if run.state == "choosing":
        return redirect(kind.address(run.public_id, "columns"))
    shown = page.of(run, request, question=question)
    if request.htmx:
        return _fragment(request, shown)
    context = {**_told(run), "plan": shown, "changed_meanwhile": refused or run.changed_meanwhile}
    return render(request, template, context, status=status)


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
        "ignored": layout.get("ignored", []),
        "computed": layout.get("computed", []),
        "not_kept": sorted(layout.get("not_kept", {}).items()),
        "passed_over": sorted(layout.get("passed_over", {}).items()),
    }


def columns(request: HttpRequest, run: Import, *, template: str) -> HttpResponse:
    """Which sheet is meant, and which column is what."""
    kind = registry.kind(run.kind)
    here = kind.address(run.public_id)
    if run.is_active or run.state == "done":
        raise Http404
    try:
        source = source_of(run)
    except ImportFile.DoesNotExist as error:
        raise Http404 from error
    except Unreadable as error:  # its page offers this before anybody has looked into the file
        messages.error(request, str(error))
        return redirect(here)
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
        return redirect(here)
    form = layout_form(
        place,
        source.shape,
        remembered=remembered(run),
        data=request.POST if request.method == "POST" else None,
        chosen=run.mapping if run.sheet == place.sheet.name else None,
    )
    if request.method == "POST" and form.is_valid():
        services.choose(run=run, sheet=place.sheet.name, mapping=form.mapping, by=request.user, now=timezone.now())
        return redirect(here)
    context = {
        "run": run,
        "form": form,
        "place": place,
        "send_address": kind.send_address,
        "twice": meant_twice(place.head, source.shape) if run.state == "choosing" else "",
        "sheets": SheetForm(initial={"feuille": place.sheet.name}, places=places) if len(places) > 1 else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, template, context, status=status)


def to_correct(run: Import) -> HttpResponseBase:
    """The file as it was sent, with what is wrong beside each row."""
    if not run.is_held_up or not run.rows.exists():
        raise Http404
    return respond(corrected(run))
