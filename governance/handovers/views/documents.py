"""Asking for the documents of a handover, watching them being made, fetching them."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.reports import cards
from governance.documents import ACT, PACK
from governance.lookup import find_handover
from governance.models import Handover

KINDS = {"acte": (ACT, "governance.view_handover"), "dossier": (PACK, "governance.use_pack")}
FRAGMENT = "governance/_document.html"


def _find(request: HttpRequest, public_id: uuid.UUID, name: str) -> tuple[Handover, str]:
    kind, permission = KINDS[name]
    return find_handover(request, public_id, permission), kind


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, public_id: uuid.UUID, name: str) -> HttpResponse:
    """GET shows where the document stands, POST asks for it or calls it off. To htmx, as a fragment."""
    handover, kind = _find(request, public_id, name)
    context = {"handover": handover, "name": name}
    if request.htmx or request.method == "POST":
        return cards.respond(
            request,
            kind,
            handover.public_id,
            back=request.path,
            template=FRAGMENT,
            context=context,
            missing=_("The handover is not effective yet: there is no act to print."),
        )
    context |= {"job": cards.card(kind, handover.public_id, request.user), "problem": "", "is_fragment": False}
    return render(request, "governance/document.html", context)


@require_safe
def file(request: HttpRequest, public_id: uuid.UUID, name: str) -> HttpResponseBase:
    handover, kind = _find(request, public_id, name)
    back = reverse("governance:handover-paper", args=[public_id, name])
    return cards.file_or_word(request, kind, handover.public_id, back=back)
