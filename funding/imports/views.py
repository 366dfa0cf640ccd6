"""Sending a table of fundings or initiatives, looking at what it would do, and letting it be written."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.forms.base import PortalForm
from core.tables import export
from funding.backends import acting_funders
from funding.enums import TableKind
from funding.errors import ChangedMeanwhile
from funding.imports import reading, scdl, services, workbook as workbooks
from funding.imports.planning import Outcome
from funding.imports.shapes import SHAPES
from funding.models import ImportRun
from members.models import Organisation

REFUSED, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
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
    file = forms.FileField(label=gettext_lazy("CSV or Excel file (.xlsx), 2 MB at most"))

    def __init__(self, *args: object, funders: frozenset[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].queryset = Organisation.objects.filter(pk__in=funders).order_by("name", "pk")


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, services.IMPORT)
    form = SendForm(request.POST or None, request.FILES or None, funders=acting_funders(request.user))
    if request.method == "POST" and form.is_valid():
        upload, kind = form.cleaned_data["file"], TableKind(form.cleaned_data["kind"])
        try:
            table = reading.read(upload, SHAPES[kind])
        except reading.Unreadable as error:
            form.add_error("file", str(error))
        else:
            funder = form.cleaned_data["funder"]
            run = services.keep(
                table=table, file_name=upload.name, funder=funder, kind=kind, by=request.user, now=timezone.now()
            )
            return redirect("funding:import-preview", public_id=run.public_id)
    funders = own_funders(request)
    context = {
        "form": form,
        "funders": funders,
        "runs": ImportRun.objects.filter(funder__in=funders, applied_at__isnull=False)
        .select_related("funder", "by")
        .order_by("-sent_at", "-pk")[:LATEST],
    }
    return render(
        request, "funding/import.html", context, status=REFUSED if request.method == "POST" else HTTPStatus.OK
    )


class ShareForm(PortalForm):
    """What an amount of the schema SCDL is that stands beside a share: only who made the file can say."""

    share = forms.ChoiceField(
        label=gettext_lazy("What do the amounts stand for?"),
        choices=[
            (scdl.WHOLE, gettext_lazy("The whole decision: each beneficiary gets its share of the amount")),
            (scdl.PART, gettext_lazy("The part of each beneficiary: the amount is taken as it is")),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the table would do; POST writes exactly that, or answers what the table left open."""
    rights.check(request.user, services.IMPORT)
    runs = ImportRun.objects.filter(funder__in=acting_funders(request.user)).select_related("funder__funder")
    run = get_object_or_404(runs, public_id=public_id)
    status, changed_meanwhile = 200, False
    share = ShareForm(request.POST if "share" in request.POST else None)
    if share.is_bound:
        if share.is_valid():
            services.answer_share(run=run, share=share.cleaned_data["share"], by=request.user, now=timezone.now())
            return redirect("funding:import-preview", public_id=run.public_id)
        status = REFUSED
    elif request.method == "POST":
        try:
            services.apply(
                run=run, fingerprint=request.POST.get("fingerprint", ""), by=request.user, now=timezone.now()
            )
        except ChangedMeanwhile:
            status, changed_meanwhile = CONFLICT, True
        else:
            return redirect("funding:import-preview", public_id=run.public_id)
    plan = None if run.applied_at else services.plan_of(run)
    counts = plan.counts if plan else run.outcome
    context = {
        "run": run,
        "plan": plan,
        "share": share if run.asks_share else None,
        "ignored": run.layout.get("ignored", []),
        "computed": run.layout.get("computed", []),
        "not_kept": sorted(run.layout.get("not_kept", {}).items()),
        "changed_meanwhile": changed_meanwhile,
        "counts": [(outcome, counts.get(outcome.value, 0)) for outcome in Outcome],
        "writes": counts.get(Outcome.CREATED, 0) + counts.get(Outcome.CHANGED, 0),
    }
    return render(request, "funding/import_preview.html", context, status=status)


@require_GET
def workbook(request: HttpRequest, name: str) -> HttpResponseBase:
    """The own rows to be changed in Excel and sent back, or the empty template."""
    rights.check(request.user, services.IMPORT)
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
