"""The funder's own lists: its fundings, what to pay, late reports; each as a page and as a file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.dates import read_iso_day
from core.tables import Column, export, wanted_format
from core.territories import regions
from core.web.pagination import paginate
from funding import exports
from funding.enums import ListPage
from funding.exports import files
from funding.figures import compute
from funding.filters import LineFilter
from funding.models import FinancialReport, FundingLine, Instalment
from funding.visibility import visibility_of
from members.saved_views.page import bar


@require_GET
def own(request: HttpRequest) -> HttpResponseBase:
    """The fundings of the reader's own organisations, drafts and refusals included."""
    rights.check(request.user, "funding.view_dashboard")
    visibility = visibility_of(request.user)
    filterset = LineFilter(request.GET, FundingLine.objects.given_by(*visibility.funders))
    rows = filterset.qs.select_related("initiative__bearer", "initiative__programme", "funder")
    wanted = wanted_format(request)
    if wanted and filterset.is_valid():
        now = timezone.now()
        return files.answer(
            request,
            wanted,
            ListPage.OWN,
            filterset,
            lambda: exports.lines(wanted, found=filterset.qs, filterset=filterset, now=now),
        )
    values = compute.compute(filterset.qs, ("agreed", "paid", "remaining"))
    context = {
        "filterset": filterset,
        "page": paginate(request, rows, count=filterset.found),
        "regions": regions(),
        "figures": [(compute.definition(key), value) for key, value in values.items()],
        "csv_address": filterset.address(format="csv"),
        "xlsx_address": filterset.address(format="xlsx"),
        **bar(request.user, ListPage.OWN, filterset),
    }
    return render(request, "funding/own_lines.html", context, status=filterset.status)


def _until(request: HttpRequest, today: dt.date) -> dt.date:
    """The day named in the address; a day that cannot be read is a bad request, never "all"."""
    text = request.GET.get("avant", "")
    if not text:
        return today + dt.timedelta(days=60)
    try:
        return read_iso_day(text)
    except ValueError as error:
        raise BadRequest(_("This day cannot be read.")) from error


@require_GET
def to_pay(request: HttpRequest) -> HttpResponseBase:
    """À verser d'ici le…: instalments due until a day that are not paid in full; the same as CSV or XLSX."""
    rights.check(request.user, "funding.view_dashboard")
    today = timezone.localdate()
    until = _until(request, today)
    rows = Instalment.objects.filter(line__funder__in=visibility_of(request.user).funders).to_pay(until=until)
    if wanted := wanted_format(request):
        return export(
            wanted,
            columns=TO_PAY,
            rows=rows.iterator(chunk_size=500),
            name=_("to-be-paid") + f"-{until.isoformat()}",
            title=_("To be paid"),
            notes=[(_("Until"), date_format(until, "DATE_FORMAT"))],
        )
    total = rows.order_by().aggregate(total=Sum("left"))["total"] or Decimal(0)
    context = {"page": paginate(request, rows, count=rows.count()), "until": until, "today": today, "total": total}
    context |= _downloads({"avant": until.isoformat()})
    return render(request, "funding/to_pay.html", context)


@require_GET
def late_reports(request: HttpRequest) -> HttpResponseBase:
    """Bilans en retard: financial reports that were expected before today and have not come; the same as a file."""
    rights.check(request.user, "funding.view_dashboard")
    today = timezone.localdate()
    rows = FinancialReport.objects.filter(line__funder__in=visibility_of(request.user).funders).late(today=today)
    if wanted := wanted_format(request):
        return export(
            wanted,
            columns=LATE_REPORTS,
            rows=rows.iterator(chunk_size=500),
            name=_("late-reports") + f"-{today.isoformat()}",
            title=_("Late reports"),
        )
    context = {"page": paginate(request, rows, count=rows.count()), "today": today, **_downloads({})}
    return render(request, "funding/late_reports.html", context)


def _downloads(query: dict[str, str]) -> dict[str, str]:
    """The addresses of the same list as files."""
    return {f"{word}_address": "?" + urlencode(query | {"format": word}) for word in ("csv", "xlsx")}


_OF_LINE = [
    Column(gettext_lazy("Initiative"), lambda row: row.line.initiative.title, width=44),
    Column(gettext_lazy("Beneficiary"), lambda row: row.line.initiative.bearer_label, width=34),
    Column(gettext_lazy("Funder"), lambda row: row.line.funder.name, width=34),
    Column(gettext_lazy("Reference"), lambda row: row.line.reference, width=18),
    Column(gettext_lazy("Contract number"), lambda row: row.line.contract_number, width=18),
]
TO_PAY = [
    Column(gettext_lazy("Due on"), lambda row: row.due_on, width=12),
    *_OF_LINE,
    Column(gettext_lazy("Condition"), lambda row: row.condition, width=30),
    Column(gettext_lazy("Called on"), lambda row: row.called_on, width=12),
    Column(gettext_lazy("Amount"), lambda row: row.amount, width=16, number_format=exports.EUROS),
    Column(gettext_lazy("Paid"), lambda row: row.amount_paid, width=16, number_format=exports.EUROS),
    Column(gettext_lazy("Still to be paid"), lambda row: row.left, width=16, number_format=exports.EUROS),
]
LATE_REPORTS = [
    Column(gettext_lazy("Expected on"), lambda row: row.due_on, width=12),
    *_OF_LINE,
    Column(gettext_lazy("Note"), lambda row: row.note, width=40),
]
