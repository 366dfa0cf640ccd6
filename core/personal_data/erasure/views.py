"""Where administrators erase somebody: what would become of it, the deed, and what was erased so far."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.accounts.models import User
from core.personal_data.erasure import page, services
from core.personal_data.erasure.forms import EraseForm
from core.personal_data.erasure.services import MAY, NotYetError
from core.personal_data.models import Erasure
from core.web.pagination import paginate


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """The tombstones, the latest first."""
    rights.check(request.user, MAY)
    rows = Erasure.objects.select_related("by").order_by("-at", "-pk")
    context = {"here": "personal-data", "page": paginate(request, rows, count=rows.count())}
    return render(request, "personal_data/erasures/list.html", context)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rights.check(request.user, MAY)
    person = get_object_or_404(User, public_id=public_id)
    now = timezone.now()
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.erase(person=person, by=request.user, ground=form.cleaned_data["ground"], now=now)
        except NotYetError as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, _("The person is erased; what stays names nobody."))
            return redirect("personal_data:erasures")
    context = {"here": "personal-data", "preview": page.preview(person, request.user, now), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "personal_data/erasures/erase.html", context, status=status)
