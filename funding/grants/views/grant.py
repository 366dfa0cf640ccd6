"""One funding through its life, for its funder, and the funder's lists: own lines, what to pay, late reports."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.transitions import ChangedMeanwhile, MoveRefused
from funding.backends import acting_funders
from funding.enums import LineState
from funding.forms import (
    AmendmentForm,
    CallForm,
    InstalmentForm,
    LineForm,
    LineMoveForm,
    PaymentForm,
    ReceivedForm,
    ReportForm,
)
from funding.grants import parts, services
from funding.grants.transitions import TABLE, LineMove
from funding.initiatives.views.edit import find_initiative
from funding.models import Amendment, FinancialReport, Funder, FundingLine, Instalment, Payment
from funding.visibility import visibility_of

REFUSED, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
EDIT, VIEW = "funding.edit_line", "funding.view_line"


def find_line(request: HttpRequest, public_id: str, permission: str) -> FundingLine:
    """The line, if the reader holds `permission` on it; one that he or she may not know of is a 404."""
    seen = FundingLine.objects.seen_by(visibility_of(request.user))
    line = get_object_or_404(seen.for_page(), public_id=public_id)
    rights.check(request.user, permission, line)
    return line


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, find_line(request, public_id, VIEW))


def _page(
    request: HttpRequest, line: FundingLine, *, bound: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    bound = bound or {}
    may_edit = rights.allows(request.user, EDIT, line)
    context = {
        "line": line,
        "may_edit": may_edit,
        "moves": [
            (move, bound.get(move.value) or LineMoveForm(instance=line, move=move, prefix=move.value), found)
            for move in (TABLE.leaving(line.state) if may_edit else [])
            for found in [TABLE.obstacles(line, move, timezone.now())]
        ],
        "may_remove": may_edit and services.is_mere_draft(line),
        "amendment_form": bound.get("amendment") or AmendmentForm(prefix="avenant"),
        "instalment_form": bound.get("instalment") or InstalmentForm(prefix="echeance"),
        "payment_form": bound.get("payment") or PaymentForm(prefix="versement", line=line),
        "report_form": bound.get("report") or ReportForm(prefix="bilan"),
        "call_form": bound.get("call"),
        "received_form": bound.get("received"),
        "refused": bound.get("refused", []),
    }
    return render(request, "funding/line.html", context, status=status)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = find_initiative(request, slug, "funding.add_line")
    funders = acting_funders(request.user)
    line = FundingLine(initiative=initiative)
    if len(funders) == 1:
        (line.funder_id,) = funders
        line.audience = Funder.objects.amounts_for(line.funder_id)
    return _edit(request, line)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    return _edit(request, find_line(request, public_id, EDIT))


def _edit(request: HttpRequest, line: FundingLine) -> HttpResponse:
    is_new, now = line.pk is None, timezone.now()
    line.changed_at = line.changed_at or now
    form = LineForm(request.POST or None, instance=line, funders=acting_funders(request.user))
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    changed_meanwhile = False
    if request.method == "POST" and form.is_valid():
        if is_new and form.cleaned_data["as_draft"]:
            form.instance.state = LineState.DRAFT
        try:
            saved = services.save_line(
                line=form.instance, by=request.user, now=now, read_version=form.cleaned_data["read_version"]
            )
        except ChangedMeanwhile:
            changed_meanwhile, status = True, CONFLICT
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("funding:line", public_id=saved.public_id)
    context = {"form": form, "line": line, "is_new": is_new, "changed_meanwhile": changed_meanwhile}
    return render(request, "funding/line_edit.html", context, status=status)


@require_POST
def move(request: HttpRequest, public_id: str, word: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    if word not in LineMove.values:
        raise BadRequest(_("There is no such move."))
    asked = LineMove(word)
    form = LineMoveForm(request.POST, instance=line, move=asked, prefix=word)

    def carry_out() -> object:
        return services.move(line=line, move=asked, by=request.user, now=timezone.now(), **form.cleaned_data)

    return _carried_out(request, line, word, form, carry_out)


@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes away a draft that was entered by mistake."""
    line = find_line(request, public_id, EDIT)
    try:
        services.remove_draft(line=line, by=request.user)
    except MoveRefused as error:
        return _page(request, line, bound={"refused": error.reasons}, status=REFUSED)
    messages.success(request, _("The draft is taken away."))
    return redirect(line.initiative)


def _carried_out(
    request: HttpRequest, line: FundingLine, name: str, form: Any, service: Callable[[], object]
) -> HttpResponse:
    """Runs `service` where `form` is right, and shows the line's page again, with the errors where it is not."""
    refused: list = []
    if form.is_valid():
        try:
            service()
        except MoveRefused as error:
            refused = error.reasons
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("funding:line", public_id=line.public_id)
    fresh = find_line(request, line.public_id, EDIT)
    return _page(request, fresh, bound={name: form, "refused": refused}, status=REFUSED)


@require_POST
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    form = AmendmentForm(request.POST, instance=Amendment(line=line, number=1), prefix="avenant")
    return _carried_out(
        request, line, "amendment", form,
        lambda: parts.amend(line=line, amendment=form.instance, by=request.user, now=timezone.now()),
    )  # fmt: skip


@require_POST
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    form = InstalmentForm(request.POST, instance=Instalment(line=line, number=1), prefix="echeance")
    return _carried_out(
        request, line, "instalment", form,
        lambda: parts.plan(line=line, instalment=form.instance, by=request.user, now=timezone.now()),
    )  # fmt: skip


@require_POST
def pay(request: HttpRequest, public_id: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    form = PaymentForm(request.POST, instance=Payment(line=line), prefix="versement", line=line)
    return _carried_out(
        request, line, "payment", form,
        lambda: parts.pay(
            line=line,
            payment=form.instance,
            by=request.user,
            now=timezone.now(),
            again=form.cleaned_data["again"],
        ),
    )  # fmt: skip


@require_POST
def expect_report(request: HttpRequest, public_id: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    form = ReportForm(request.POST, instance=FinancialReport(line=line), prefix="bilan")
    return _carried_out(
        request, line, "report", form,
        lambda: parts.expect_report(line=line, report=form.instance, by=request.user, now=timezone.now()),
    )  # fmt: skip


@require_POST
def call(request: HttpRequest, public_id: str, instalment_id: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    instalment = get_object_or_404(Instalment.objects.select_related("line"), line=line, public_id=instalment_id)
    form = CallForm(request.POST, row=instalment.pk)
    return _carried_out(
        request, line, "call", form,
        lambda: parts.call(instalment=instalment, by=request.user, now=timezone.now(), **form.cleaned_data),
    )  # fmt: skip


@require_POST
def receive(request: HttpRequest, public_id: str, report_id: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    report = get_object_or_404(FinancialReport.objects.select_related("line"), line=line, public_id=report_id)
    form = ReceivedForm(request.POST, row=report.pk)
    return _carried_out(
        request, line, "received", form,
        lambda: parts.receive_report(report=report, by=request.user, now=timezone.now(), **form.cleaned_data),
    )  # fmt: skip
