"""Finds what an address names, and asks for the right before anything is shown."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core import files
from core.accounts import rights
from core.transitions import Refusal
from governance.handovers.evidence import Evidence
from governance.models import Consultation, Handover


def find_handover(
    request: HttpRequest, public_id: uuid.UUID, permission: str = "governance.view_handover", *, whole: bool = False
) -> Handover:
    """The handover, if the reader holds `permission` on it; raises Http404 or `PermissionRefused`."""
    rows = Handover.objects.for_page() if whole else Handover.objects.with_names()
    handover = get_object_or_404(rows, public_id=public_id)
    rights.check(request.user, "governance.view_handover", handover)
    rights.check(request.user, permission, handover)
    return handover


def find_consultation(
    request: HttpRequest, public_id: uuid.UUID, permission: str = "governance.view_consultation"
) -> Consultation:
    consultation = get_object_or_404(Consultation.objects.for_page(), public_id=public_id)
    rights.check(request.user, "governance.view_consultation", consultation)
    rights.check(request.user, permission, consultation)
    return consultation


REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY  # the form comes back with what was typed and what is wrong with it


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """Data and files of a form that was sent, even an empty one; nothing for one that is only offered."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def status_of(form: Form) -> int:
    """200 for a form that is offered, 422 for one that was sent and refused."""
    return REFUSED if form.is_bound and form.errors else HTTPStatus.OK


def tell(request: HttpRequest, refused: Refusal) -> None:
    """Says on the page that comes next why nothing was done."""
    for reason in refused.reasons:
        messages.warning(request, reason)


def evidence(cleaned: dict[str, Any], request: HttpRequest, now: Any) -> list[Evidence]:
    """The uploaded document of a form, stored; none where none was added. Call it inside the step's transaction."""
    file = cleaned.get("document")
    if not file:
        return []
    stored = files.store(file=file, by=request.user, now=now)
    return [Evidence(cleaned.get("document_title") or stored.original_name, stored)]
