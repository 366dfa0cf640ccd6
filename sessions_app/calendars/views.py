"""Calendars and feeds for programs, and the page on which somebody subscribes to them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import rights
from core.accounts.models import User
from sessions_app.calendars import atom, ics, keys, selection
from sessions_app.calendars.serving import KEY, answer, reader_of
from sessions_app.models import Answer, FeedKey, Session

READ = keys.READ


@login_not_required
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One session, for who may read it. A session whose day is not known has no calendar entry."""
    reader = reader_of(request)
    if isinstance(reader, HttpResponse):
        return reader
    sessions = selection.with_whole_history(Session.objects.visible(drafts=False)).select_related("cycle")
    session = get_object_or_404(sessions, number=number)
    rights.check(reader, READ, session)
    if not selection.has_place_in_calendar(session):
        raise Http404(_("The day of this session is not known: it has no calendar entry."))
    return _calendar(request, [session], reader, file=f"session-{number}.ics")


@login_not_required
@require_safe
def personal(request: HttpRequest) -> HttpResponse:
    """Every session, with one's own answers; a program subscribes to it by its key."""
    reader = reader_of(request)
    if isinstance(reader, HttpResponse):
        return reader
    rights.check(reader, READ)
    return _calendar(request, selection.for_calendar(), reader, file="sessions.ics", name=_("Sessions of the space"))


@login_not_required
@require_safe
def atom_feed(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    if isinstance(reader, HttpResponse):
        return reader
    rights.check(reader, READ)
    return answer(request, atom.feed(reader).encode(), "application/atom+xml; charset=utf-8", file="sessions.xml")


@login_not_required
@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """Public minutes, for everybody."""
    return answer(request, atom.public_feed().encode(), "application/atom+xml; charset=utf-8", file="public.xml")


def _calendar(
    request: HttpRequest, sessions: list[Session], reader: User, *, file: str, name: str = ""
) -> HttpResponse:
    answers = {row.session_id: row for row in Answer.objects.filter(user=reader, session__in=sessions).order_by("pk")}
    given = selection.answers_given(reader, sessions)
    content = ics.calendar(sessions, reader=reader, answers=answers, given=given, now=timezone.now(), name=name)
    return answer(request, content, "text/calendar; charset=utf-8", file=file)


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """How to subscribe. POST makes or renews the key, whose addresses are shown this once, or switches it off."""
    rights.check(request.user, READ)
    addresses: dict[str, Any] = {}
    if request.method == "POST" and "couper" in request.POST:
        keys.switch_off(user=request.user)
        messages.success(request, _("The address is switched off: no program can read your calendar any more."))
        return redirect("sessions:calendar")
    if request.method == "POST":
        query = "?" + urlencode({KEY: keys.renew(user=request.user, now=timezone.now())})
        calendar = settings.BASE_URL + reverse("sessions:calendar-feed") + query
        addresses = {
            "https": calendar,
            "webcal": "webcal://" + calendar.partition("://")[2],
            "news": [(label, settings.BASE_URL + reverse(name) + query) for label, name in keys.feeds()],
        }
    context = {"addresses": addresses, "key": FeedKey.objects.filter(user=request.user).first()}
    return render(request, "sessions/calendars/page.html", context)
