"""What former animators were still writing when the mandate passed: read by those of today, then put aside."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import files
from core.accounts import rights
from core.web.pagination import paginate
from governance.models import RescuedFile, RescuedForm
from governance.rescued_forms import rescue as texts
from sessions_app.models import MinutesProposal


@require_GET
def rescued_forms(request: HttpRequest) -> HttpResponse:
    """Forms first; then the minutes whose editor holds a text, which is read there beside the agenda item."""
    rights.check(request.user, texts.READ)
    rows = RescuedForm.objects.waiting().for_list()
    in_minutes = MinutesProposal.objects.filter(closed_at=None).select_related("item__session", "author")
    context = {"page": paginate(request, rows, count=rows.count()), "in_minutes": in_minutes.order_by("-left_at")[:50]}
    return render(request, "governance/rescued_forms.html", context)


@require_POST
def close(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rights.check(request.user, texts.READ)
    found = get_object_or_404(RescuedForm, public_id=public_id)
    texts.close(left=found, by=request.user, now=timezone.now())
    messages.success(request, _("The text is put aside."))
    return redirect("governance:left-texts")


@require_GET
def file(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponseBase:
    rights.check(request.user, texts.READ)
    rows = RescuedFile.objects.select_related("file")
    found = get_object_or_404(rows, left__public_id=public_id, left__closed_at=None, public_id=file_id)
    return files.serve(found.file, request=request)
