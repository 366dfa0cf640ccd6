"""The governance page: who animates the space, since when, and how it came to be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.accounts import rights
from governance.register import page as register_page

WITHOUT = "non"  # `?sessions=non`: the timeline without sessions


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    user = request.user
    rights.check(user, "governance.view_governance")
    may = {
        "propose": rights.allows(user, "governance.propose_handover"),
        "ask_interim": rights.allows(user, "governance.request_interim"),
        "record_past": rights.allows(user, "governance.record_past_handover"),
        "keep": rights.allows(user, "governance.keep_register"),
        "texts": rights.allows(user, "governance.read_rescued_forms"),
        "journal": rights.allows(user, "governance.read_journal"),
        "rules": rights.allows(user, "governance.set_rules"),
        "consult": rights.allows(user, "governance.run_consultation"),
    }
    with_sessions = request.GET.get("sessions") != WITHOUT
    sees_drafts = rights.allows(user, "governance.keep_register")
    found = register_page.governance_page(now=timezone.now(), sees_drafts=sees_drafts, with_sessions=with_sessions)
    return render(request, "governance/page.html", {"page": found, "may": may, "with_sessions": with_sessions})
