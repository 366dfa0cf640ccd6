"""Of one's own account: asking for a copy of what is held, where it stands, and the file."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import rights
from core.personal_data.export import services
from core.personal_data.export.services import KIND, MAY
from core.personal_data.models import PersonalExport
from core.reports import cards
from core.reports.services import ReportRefusedError


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What one can have; POST asks for it."""
    rights.check(request.user, MAY)
    if request.method == "POST":
        try:
            services.ask(by=request.user, now=timezone.now())
        except ReportRefusedError as error:
            messages.error(request, str(error.message))
        return redirect("personal_data:own")
    export = PersonalExport.objects.filter(user=request.user, removed_at=None).first()
    return render(request, "personal_data/own.html", _context(request, export))


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The card of one copy for htmx; POST tries again or calls it off. Others are led to the page."""
    export = _find(request, public_id)
    return cards.respond(
        request,
        KIND,
        export.public_id,
        back=reverse("personal_data:own"),
        template="personal_data/_own_card.html",
        context=_context(request, export),
    )


@require_safe
def fetch(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    export = _find(request, public_id)
    return cards.file_or_word(request, KIND, export.public_id, back=reverse("personal_data:own"))


def _find(request: HttpRequest, public_id: uuid.UUID) -> PersonalExport:
    rights.check(request.user, MAY)
    return get_object_or_404(PersonalExport, public_id=public_id, user=request.user, removed_at=None)


def _context(request: HttpRequest, export: PersonalExport | None) -> dict[str, object]:
    """`here` is the address that the card of a copy asks; while there is none, nothing is asked."""
    return {
        "export": export,
        "job": cards.card(KIND, export.public_id, request.user) if export else cards.card_of(None, request.user),
        "here": reverse("personal_data:own-state", args=[export.public_id]) if export else reverse("personal_data:own"),
        "kept_until": services.kept_until(export) if export else None,
    }
