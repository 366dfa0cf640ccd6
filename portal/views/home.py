"""The home page: for visitors what the space is, for people of the space what comes next."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import waiting
from core.accounts import rights
from portal import home as selectors
from portal.setup import steps


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """By what the reader may see; somebody signed in without a place in the space learns why."""
    now = timezone.now()
    answer = rights.require(request.user, "sessions_app.view_session")
    members = selectors.members(now)
    context = {
        "figures": selectors.figures(members),
        "round": selectors.seats(members, request.user),
    }
    if answer:
        session = selectors.next_session(now)
        context |= {
            "next_session": session,
            "invitation": session and selectors.invitation(session, members, request.user, now),
            "waiting": waiting.groups(request.user, now),
            "latest": selectors.latest_minutes(),
        }
        return render(request, "portal/home.html", context | {"start": _start(request)})
    context |= {"events": selectors.history(now), "answer": answer, "start": _start(request)}
    return render(request, "portal/home_visitor.html", context)


def _start(request: HttpRequest) -> steps.Start | None:
    """For administrators, until every step of the start is done or put off."""
    if not rights.allows(request.user, "accounts.administer"):
        return None
    found = steps.start(request.user, timezone.now())
    return found if found.open else None
