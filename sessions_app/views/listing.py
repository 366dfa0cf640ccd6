"""Lists: sessions by cycle, one cycle, and the registers of decisions and actions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.filters import FilterSet
from core.pagination import paginate
from sessions_app.filters import ActionFilter, DecisionFilter, SessionFilter
from sessions_app.models import ActionItem, Cycle, Decision, Session
from sessions_app.querysets import FollowUpQuerySet
from sessions_app.views.lookup import may_prepare


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "sessions_app.view_session")
    prepares = may_prepare(request)
    visible = Session.objects.visible(drafts=prepares)
    filterset = SessionFilter(request.GET, visible.with_existing(drafts=prepares))
    page = paginate(request, filterset.qs.select_related("cycle"), count=filterset.found)
    context = {"filterset": filterset, "page": page, "may_prepare": prepares}
    return render(request, "sessions/list.html", context, status=filterset.status)


@require_GET
def cycle(request: HttpRequest, year: int) -> HttpResponse:
    rights.check(request.user, "sessions_app.view_session")
    found = get_object_or_404(Cycle, year=year)
    prepares = may_prepare(request)
    rows = found.sessions.visible(drafts=prepares).with_existing(drafts=prepares).select_related("cycle")
    return render(request, "sessions/cycle.html", {"cycle": found, "sessions": rows.order_by("number")})


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    return _register(request, DecisionFilter, Decision.objects, _("Decisions"), "sessions/decisions.html")


@require_GET
def actions(request: HttpRequest) -> HttpResponse:
    return _register(request, ActionFilter, ActionItem.objects, _("Actions"), "sessions/actions.html")


def _register(
    request: HttpRequest, filter_class: type[FilterSet], rows: FollowUpQuerySet, title: object, template: str
) -> HttpResponse:
    rights.check(request.user, "sessions_app.view_session")
    filterset = filter_class(request.GET, rows.visible(drafts=may_prepare(request)))
    page = paginate(request, filterset.qs.for_list(), count=filterset.found)
    context = {"filterset": filterset, "page": page, "title": title}
    return render(request, template, context, status=filterset.status)
