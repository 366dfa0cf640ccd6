"""The page on which a double is chosen, seen side by side with what is kept, and merged."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from core.transitions import Refusal
from members.merging import services
from members.merging.forms import ChoicesForm, DoubleForm
from members.merging.services import MERGE
from members.models import Organisation

PAGE = "members/merging/merge.html"


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """`?double=` names the other one; a POST to that address merges."""
    rights.check(request.user, MERGE)
    kept = get_object_or_404(Organisation.objects.select_related("logo"), slug=slug)
    now = timezone.now()
    choosing = DoubleForm(request.GET if "double" in request.GET else None, kept=kept)
    context: dict[str, Any] = {"organisation": kept, "choosing": choosing, "preview": None}
    if not (choosing.is_bound and choosing.is_valid()):
        is_wrong = choosing.is_bound or request.method == "POST"
        return render(request, PAGE, context, status=HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK)
    double = choosing.cleaned_data["double"]
    found = services.preview(kept=kept, merged=double, by=request.user, now=now)
    form = ChoicesForm(request.POST if request.method == "POST" else None, facts=found.facts)
    context |= {"double": double, "preview": found, "form": form}
    if form.is_bound and form.is_valid():
        try:
            services.merge(kept=kept, merged=double, choices=form.choices, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, [str(reason) for reason in refusal.reasons])
        except ValidationError as error:
            form.add_refusal(error)
        else:
            done = _("%(double)s is merged into %(kept)s; its addresses lead here.")
            messages.success(request, done % {"double": double.label, "kept": kept.label})
            return redirect(kept)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, PAGE, context, status=status)
