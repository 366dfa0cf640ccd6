"""Writing decisions and actions down, on their own page or beside the minutes, and saying where they stand."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.web.addresses import own_path
from sessions_app.enums import FollowUp
from sessions_app.follow_up import page, services
from sessions_app.follow_up.forms import FollowUpForm, StatusForm
from sessions_app.minutes.services import MinutesError
from sessions_app.models import ActionItem, AgendaItem, Decision, Session
from sessions_app.sessions.lookup import find_session, may_prepare

WRITE = "sessions_app.write_minutes"
REFUSED, CLOSED = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT


@require_GET
def follow_up(request: HttpRequest, number: int) -> HttpResponse:
    """All decisions and actions of a session, for those who write them down."""
    session = find_session(request, number, WRITE)
    context = {"session": session, "page": page.follow_up_page(session)}
    return render(request, "sessions/follow_up/page.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """A new decision or action. `?point=n` places it under an item and leads back to the editor."""
    session = find_session(request, number, WRITE)
    item, place = _item(request, session)
    row = page.blank(kind, session, item)
    return _edit(request, session, kind, row, item=item, place=place)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int, kind: str, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, WRITE)
    row = get_object_or_404(_rows(kind), session=session, public_id=public_id)
    row.session = session
    _item_of_row, place = _item(request, session)
    return _edit(request, session, kind, row, item=None, place=place)


def _edit(
    request: HttpRequest,
    session: Session,
    kind: str,
    row: Decision | ActionItem,
    *,
    item: AgendaItem | None,
    place: int,
) -> HttpResponse:
    is_new = row.pk is None
    form = page.form_for(kind, row, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            try:
                services.save(row=form.instance, by=request.user, now=timezone.now())
            except MinutesError as error:
                form.add_error(None, str(error.message))
                status = CLOSED
            else:
                return _after(request, session, item, place)
    if request.htmx and item is not None:
        return _panel(request, session, item, place, status=status, refused=(kind, form) if form.is_bound else None)
    context = {
        "session": session,
        "kind": kind,
        "row": row,
        "form": form,
        "is_new": is_new,
        "back": _back(session, place),
    }
    return render(request, "sessions/follow_up/edit.html", context, status=status)


@require_POST
def remove(request: HttpRequest, number: int, kind: str, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, WRITE)
    row = get_object_or_404(_rows(kind), session=session, public_id=public_id)
    try:
        services.remove(row=row, by=request.user, now=timezone.now())
    except MinutesError as error:
        messages.error(request, str(error.message))
    return redirect("sessions:follow-up", number=number)


@require_POST
def status(request: HttpRequest, kind: str, public_id: uuid.UUID) -> HttpResponse:
    """Where a decision or an action stands; leads back to the list it was said on."""
    rights.check(request.user, "sessions_app.view_session")
    rows = _rows(kind).visible(drafts=may_prepare(request))
    row = get_object_or_404(rows.select_related("session"), public_id=public_id)
    rights.check(request.user, "sessions_app.change_status", row)
    form = StatusForm(request.POST)
    if form.is_valid():
        services.set_status(row=row, status=FollowUp(form.cleaned_data["status"]), by=request.user, now=timezone.now())
    else:
        messages.error(request, _("There is no such status."))
    back = own_path(form.cleaned_data.get("next", ""), request)
    return redirect(back or f"{row.session.get_absolute_url()}#decisions")


def _rows(kind: str) -> object:
    return page.MODELS[kind].objects


def _item(request: HttpRequest, session: Session) -> tuple[AgendaItem | None, int]:
    """The item that `?point=` names, by its number from 1, and that number; (None, 0) without it."""
    raw = request.GET.get("point", "")
    place = int(raw) if raw.isdecimal() and len(raw) < 4 else 0
    items = list(session.agenda.all()) if place else []
    return (items[place - 1], place) if 0 < place <= len(items) else (None, 0)


def _back(session: Session, place: int) -> str:
    if place:
        return f"{reverse('sessions:minutes-edit', args=[session.number])}?point={place}"
    return reverse("sessions:follow-up", args=[session.number])


def _after(request: HttpRequest, session: Session, item: AgendaItem | None, place: int) -> HttpResponse:
    if request.htmx and item is not None:
        return _panel(request, session, item, place)
    return redirect(_back(session, place))


def _panel(
    request: HttpRequest,
    session: Session,
    item: AgendaItem,
    place: int,
    *,
    status: int = 200,
    refused: tuple[str, FollowUpForm] | None = None,
) -> HttpResponse:
    context = {"session": session, "panel": page.item_panel(session, item, place, refused)}
    return render(request, "sessions/follow_up/_item_panel.html", context, status=status)
