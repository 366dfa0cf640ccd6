"""The legal pages: who publishes, what is kept of people, how accessible the portal is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.accounts import rights
from core.personal_data.retention import page as retention
from core.personal_data.retention.services import MAY
from core.space import current_space
from governance.selectors import legal_identity, legal_notices
from portal.personal_data import COOKIES


@login_not_required
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Publisher and host as the organisation that animates today stated them, since when, and who it was before."""
    now = timezone.now()
    identity, notices = legal_identity(now), legal_notices(now)
    standing = next((row for row in notices if row.identity == identity), None)
    former = [row for row in notices if row is not standing]
    return render(request, "portal/legal_notice.html", {"identity": identity, "standing": standing, "former": former})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    identity = legal_identity(timezone.now())
    return render(request, "portal/privacy.html", {"identity": identity, "kept": retention.lines(), "cookies": COOKIES})


@require_safe
def processing_register(request: HttpRequest) -> HttpResponse:
    """The register of processing (RGPD, article 30), of the lines that the privacy page prints; to be printed."""
    rights.check(request.user, MAY)
    now = timezone.now()
    context = {"identity": legal_identity(now), "kept": retention.lines(), "space": current_space(), "now": now}
    return render(request, "portal/processing_register.html", {**context, "here": "personal-data"})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Until somebody from outside has examined it, the law's own word for it is "non conforme"."""
    identity = legal_identity(timezone.now())
    publisher = identity.publisher if identity else current_space().name
    return render(request, "portal/accessibility.html", {"publisher": publisher, "site": request.get_host()})
