"""Sending a table of fundings, looking at what it would do, and letting it be written."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.forms import PortalForm
from core.tables import Column, export
from funding.backends import acting_funders
from funding.imports import planning, reading
from funding.imports.columns import COLUMNS, KIND_WORDS, STATE_WORDS
from funding.models import FundingLine, ImportRun
from funding.services import imports as services
from funding.services.errors import ChangedMeanwhile
from members.models import Organisation

REFUSED, CONFLICT = 422, 409


class SendForm(PortalForm):
    funder = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Funder"), empty_label=None)
    # Translators: Fichier CSV ou Excel (.xlsx), 2 Mo au plus
    file = forms.FileField(label=gettext_lazy("CSV or Excel file (.xlsx), 2 MB at most"))

    def __init__(self, *args: object, funders: frozenset[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].queryset = Organisation.objects.filter(pk__in=funders).order_by("name", "pk")


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, services.IMPORT)
    form = SendForm(request.POST or None, request.FILES or None, funders=acting_funders(request.user))
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            rows = reading.read(upload)
        except reading.Unreadable as error:
            form.add_error("file", str(error))
        else:
            funder = form.cleaned_data["funder"]
            run = services.keep(rows=rows, file_name=upload.name, funder=funder, by=request.user, now=timezone.now())
            return redirect("funding:import-preview", public_id=run.public_id)
    return render(request, "funding/import.html", {"form": form}, status=REFUSED if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the table would do; POST writes exactly that."""
    rights.check(request.user, services.IMPORT)
    runs = ImportRun.objects.filter(funder__in=acting_funders(request.user)).select_related("funder__funder")
    run = get_object_or_404(runs, public_id=public_id)
    status, changed_meanwhile = 200, False
    if request.method == "POST":
        try:
            services.apply(
                run=run, fingerprint=request.POST.get("fingerprint", ""), by=request.user, now=timezone.now()
            )
        except ChangedMeanwhile:
            status, changed_meanwhile = CONFLICT, True
        else:
            return redirect("funding:import-preview", public_id=run.public_id)
    plan = planning.plan(run.rows, run.funder)
    counts = run.outcome if run.applied_at else plan.counts
    context = {
        "run": run,
        "plan": plan,
        "changed_meanwhile": changed_meanwhile,
        "counts": [(outcome.label, counts.get(outcome.value, 0)) for outcome in planning.Outcome],
    }
    return render(request, "funding/import_preview.html", context, status=status)


@require_GET
def workbook(request: HttpRequest) -> HttpResponseBase:
    """The own fundings as a workbook that can be changed in Excel and sent back; empty, it is the template."""
    rights.check(request.user, services.IMPORT)
    rows = FundingLine.objects.given_by(*acting_funders(request.user)).select_related("initiative__bearer")
    return export(
        "xlsx",
        columns=[Column(column.header, _cell(column.field), width=20) for column in COLUMNS],
        rows=rows.order_by("reference", "pk").iterator(chunk_size=500),
        name=_("fundings"),
        title=_("Fundings"),
        notes=[
            # Translators: Une cellule vide ne change rien ; « (vide) » efface ; une ligne absente reste telle quelle.
            (
                _("How to send it back"),
                _("An empty cell changes nothing; “(vide)” clears; a missing row stays as it is."),
            )
        ],
    )


_OF_INITIATIVE = {
    "initiative": lambda line: line.initiative.reference,
    "title": lambda line: line.initiative.title,
    "bearer_name": lambda line: line.initiative.bearer_label,
    "bearer_siret": lambda line: line.initiative.bearer_siret,
    "bearer_rna": lambda line: line.initiative.bearer_rna,
}
_WORDS = {
    "kind": {value: word for word, value in KIND_WORDS.items()},
    "state": {value: word for word, value in STATE_WORDS.items()},
}


def _cell(field: str) -> Callable[[FundingLine], object]:
    """From a line to the cell of `field`, in the words that are read back."""
    if field in _OF_INITIATIVE:
        return _OF_INITIATIVE[field]
    words = _WORDS.get(field)
    return lambda line: words[getattr(line, field)] if words else getattr(line, field)
