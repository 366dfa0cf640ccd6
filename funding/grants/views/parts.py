"""An instalment, a payment, an amendment or a report that was entered wrong, set right or taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from core.forms.base import PortalModelForm
from core.transitions import MoveRefused
from funding.forms import AmendmentForm, PaymentForm, StandingInstalmentForm, StandingReportForm
from funding.grants import parts as services
from funding.grants.views.grant import EDIT, REFUSED, find_line
from funding.models import Amendment, FinancialReport, FundingLine, Instalment, Payment


@dataclass(frozen=True)
class Kind:
    """One kind of row that hangs on a funding; `argument` is what its service calls it."""

    heading: Any
    model: type[Any]
    form: type[PortalModelForm]
    service: Callable[..., object]
    argument: str


KINDS = {
    "echeances": Kind(
        gettext_lazy("Edit the instalment"), Instalment, StandingInstalmentForm, services.plan, "instalment"
    ),
    "versements": Kind(gettext_lazy("Edit the payment"), Payment, PaymentForm, services.pay, "payment"),
    "avenants": Kind(gettext_lazy("Edit the amendment"), Amendment, AmendmentForm, services.amend, "amendment"),
    "bilans": Kind(
        gettext_lazy("Edit the report"), FinancialReport, StandingReportForm, services.expect_report, "report"
    ),
}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str, kind: str, part_id: str) -> HttpResponse:
    line = find_line(request, public_id, EDIT)
    if kind not in KINDS:
        raise Http404
    of = KINDS[kind]
    part = get_object_or_404(of.model.objects.select_related("line__initiative"), line=line, public_id=part_id)
    form = _form(of, request, part, line)
    refused: list[Any] = []
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                services.withdraw(part=part, by=request.user, now=timezone.now())
                messages.success(request, _("The entry is taken away."))
                return redirect("funding:line", public_id=line.public_id)
            if form.is_valid():
                of.service(line=line, by=request.user, now=timezone.now(), **{of.argument: form.instance})
                messages.success(request, _("The correction is kept."))
                return redirect("funding:line", public_id=line.public_id)
        except MoveRefused as error:
            refused = error.reasons
        except ValidationError as error:
            if "remove" in request.POST:
                refused = error.messages
            else:
                form.add_error(None, error)
    context = {"form": form, "line": line, "heading": of.heading, "refused": refused}
    return render(
        request, "funding/line_part.html", context, status=REFUSED if request.method == "POST" else HTTPStatus.OK
    )


def _form(of: Kind, request: HttpRequest, part: Any, line: FundingLine) -> PortalModelForm:
    more = {"line": line} if of.form is PaymentForm else {}
    data = request.POST if request.method == "POST" and "remove" not in request.POST else None
    return of.form(data, instance=part, **more)
