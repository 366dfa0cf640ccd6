"""The page that says what is open, and the open files."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.tables import respond
from funding import exports
from funding.filters import InitiativeFilter
from funding.models import Initiative, Programme
from funding.visibility import PUBLIC
from portal.api.gate import LICENCE_NAME, LICENCE_URL, SECONDS, opened
from sessions_app.models import Session
from watch.models import WatchItem

# name of the file → format of `funding.exports`, what it holds
FILES = {
    "initiatives.csv": ("csv", _("Initiatives, as a table (CSV)")),
    "initiatives.xlsx": ("xlsx", _("Initiatives, with definitions (Excel)")),
    "initiatives.geojson": ("geojson", _("Initiatives, at the chief towns of their regions (GeoJSON)")),
    "subventions-scdl.csv": ("scdl", _("Subventions by the SCDL schema 2.1.1 (CSV)")),
    "subventions-scdl-incomplets.csv": ("scdl-incomplets", _("Fundings left out of the SCDL file, and why (CSV)")),
    "360giving.json": ("360giving", _("Fundings by the 360Giving standard (JSON)")),
}


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    context = {
        "base": settings.BASE_URL,
        "files": [(name, label) for name, (_word, label) in FILES.items()],
        "licence_name": LICENCE_NAME,
        "licence_url": LICENCE_URL,
        "requests": settings.OPEN_DATA_REQUESTS,
        "seconds": SECONDS,
        "initiatives": Initiative.objects.seen_by(PUBLIC).count(),
        "programmes": Programme.objects.count(),
        "watched": WatchItem.objects.public().count(),
        "sessions": Session.objects.past().count(),
    }
    return render(request, "portal/open_data.html", context)


def _file(request: HttpRequest, name: str) -> HttpResponseBase:
    """All that everybody may see, in one format: also a funder gets no more here."""
    if name not in FILES:
        raise Http404
    wanted, _label = FILES[name]
    filterset = InitiativeFilter(QueryDict(), Initiative.objects.seen_by(PUBLIC), visibility=PUBLIC)
    found = filterset.qs.order_by("reference")
    return respond(exports.initiatives(wanted, found=found, filterset=filterset, visibility=PUBLIC, now=timezone.now()))


download: Callable[..., HttpResponseBase] = opened(_file)
