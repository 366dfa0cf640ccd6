"""Lists: sessions by cycle, and the registers of decisions and actions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.filters import FilterSet
from core.tables import export, wanted_format
from core.web.pagination import paginate
from sessions_app.filters import ActionFilter, DecisionFilter, SessionFilter
from sessions_app.follow_up.exports import columns
from sessions_app.follow_up.page import MODELS
from sessions_app.models import Session
from sessions_app.sessions.lookup import may_prepare


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "sessions_app.view_session")
    prepares = may_prepare(request)
    existing = Session.objects.with_existing(drafts=prepares)
    filterset = SessionFilter(request.GET, existing.visible(drafts=prepares))
    page = paginate(request, filterset.qs, count=filterset.found, drawn=existing.select_related("cycle"))
    context = {"filterset": filterset, "page": page, "may_prepare": prepares}
    return render(request, "sessions/list.html", context, status=filterset.status)


@require_GET
def decisions(request: HttpRequest) -> HttpResponseBase:
    return _register(request, "decision", DecisionFilter, _("Decisions"), "sessions/decisions.html")


@require_GET
def actions(request: HttpRequest) -> HttpResponseBase:
    return _register(request, "action", ActionFilter, _("Actions"), "sessions/actions.html")


def _register(
    request: HttpRequest, kind: str, filter_class: type[FilterSet], title: Promise, template: str
) -> HttpResponseBase:
    """A page of the register, or the whole of what was filtered as CSV or XLSX."""
    rights.check(request.user, "sessions_app.view_session")
    rows = MODELS[kind].objects.visible(drafts=may_prepare(request))
    filterset = filter_class(request.GET, rows)
    wanted = wanted_format(request)
    if wanted and filterset.is_valid():
        return export(
            wanted,
            columns=columns(kind),
            rows=filterset.qs.for_list().iterator(chunk_size=500),
            name=str(title),
            title=title,
            notes=filterset.described,
        )
    page = paginate(request, filterset.qs.for_list(), count=filterset.found)
    for row in page.object_list:
        row.may_change = rights.allows(request.user, "sessions_app.change_status", row)
    context = {
        "filterset": filterset,
        "page": page,
        "title": title,
        "kind": kind,
        "csv_address": filterset.address(format="csv"),
        "xlsx_address": filterset.address(format="xlsx"),
    }
    return render(request, template, context, status=filterset.status)
