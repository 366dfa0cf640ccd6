"""Creating, editing and moving a session; for the animators."""

from __future__ import annotations

import datetime as dt
import uuid
from copy import copy
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import rights
from core.transitions import MoveRefused, Text
from sessions_app.follow_up.page import open_actions
from sessions_app.messages import services as messages
from sessions_app.messages.enums import Recipients
from sessions_app.models import ActionItem, AgendaItem, Cycle, Session
from sessions_app.sessions import services, speakers, transitions
from sessions_app.sessions.agenda import end_of, times_of
from sessions_app.sessions.agenda_forms import AgendaForms, LinesForm
from sessions_app.sessions.forms import MoveForm, SessionForm
from sessions_app.sessions.lookup import find_session
from sessions_app.sessions.transitions import Move

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
PREPARE = "sessions_app.prepare_session"


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, PREPARE)
    blank = Session(number=services.next_number(), cycle=Cycle.objects.by_year().first())
    return _edit(request, blank, "sessions/prepare/create.html")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    return _edit(request, find_session(request, number, PREPARE), "sessions/prepare/edit.html")


def _edit(request: HttpRequest, session: Session, template: str) -> HttpResponse:
    """The form writes into a copy: while it is refused, head and links stay those of the session as it is."""
    form = SessionForm(request.POST or None, instance=copy(session), day=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        saved = services.save_session(session=form.instance, by=request.user, now=timezone.now())
        return redirect("sessions:agenda-edit", number=saved.number) if session.pk is None else redirect(saved)
    return render(
        request, template, {"session": session, "form": form}, status=REFUSED if form.errors else HTTPStatus.OK
    )


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, number: int) -> HttpResponse:
    """The whole agenda in one form: order, kinds, durations, speakers, and lines to add.

    htmx saves it while it is written, and gets what became of it.
    """
    session = find_session(request, number, PREPARE)
    items = AgendaItem.objects.prefetch_related("speakers__user", "speakers__organisation").select_related("entry")
    items = items.filter(session=session)
    lines = LinesForm(request.POST or None, already=len(items))
    is_sent = request.method == "POST"
    are_lines_right = is_sent and lines.is_valid()
    keep = lines.cleaned_data["keep"] if are_lines_right else ""
    forms = AgendaForms(
        request.POST or None, instance=session, queryset=items, keep=keep, autosaving=bool(request.htmx)
    )
    if is_sent and forms.is_valid() and are_lines_right:
        added = services.items_of(lines.cleaned_data["lines"], day=session.number_of_days)
        if "with_follow_up" in request.POST:
            added.append(services.follow_up_item(session))
        services.save_agenda(
            session=session,
            items=[(form.instance, form.given) for form in forms.in_order()],
            added=added,
            removed=forms.removed(),
            seen=forms.seen,
            by=request.user,
            now=timezone.now(),
        )
        return _agenda_saved(request, session, forms, added) if request.htmx else _to_agenda(number, added)
    status = HTTPStatus.OK
    if is_sent:
        status = HTTPStatus.CONFLICT if forms.is_bound and forms.is_overtaken else REFUSED
    if is_sent and request.htmx:
        context = {"problems": _agenda_problems(forms, lines), "is_overtaken": status == HTTPStatus.CONFLICT}
        return render(request, "sessions/prepare/_agenda_saved.html", context, status=status)
    written = [form.instance for form in forms.initial_forms if form.instance.pk]
    context = {
        "session": session,
        "forms": forms,
        "lines": lines,
        "known_speakers": speakers.choices(timezone.now()),
        "under_way": _not_on_the_agenda(session, forms),
        **_clock(session, written, forms.initial_forms),
    }
    return render(request, "sessions/prepare/agenda.html", context, status=status)


def _to_agenda(number: int, added: list[AgendaItem]) -> HttpResponse:
    address = reverse("sessions:agenda-edit", args=[number])
    return redirect(f"{address}#agenda-add" if added else address)


def _agenda_saved(request: HttpRequest, session: Session, forms: Any, added: list[AgendaItem]) -> HttpResponse:
    """What changes on the page by what was saved: clock times, and the rows of what was added."""
    items = list(session.agenda.prefetch_related("speakers__user", "speakers__organisation"))
    rows = [form for form in forms.initial_forms if form.instance.pk]
    fresh = {item.pk: item for item in items}
    for form in rows:
        form.instance = fresh[form.instance.pk]
        form.renew()
    first = forms.total_form_count()
    new = [forms.row_for(fresh[item.pk], index) for index, item in enumerate(added, start=first)]
    known = {form.instance.pk for form in [*rows, *new]}
    context = {
        "session": session,
        "rows": rows,
        "new": new,
        "total_forms": first + len(new),
        "saved_at": timezone.now(),
        "is_behind": any(item.pk not in known for item in items) or any(form.behind for form in rows),
        "is_fragment": True,
        **_clock(session, items, [*rows, *new]),
    }
    return render(request, "sessions/prepare/_agenda_saved.html", context)


def _agenda_problems(forms: Any, lines: LinesForm) -> list[tuple[str, Text]]:
    """(title of the item or "", what is wrong), in the order of the page."""
    found = [("", error) for error in forms.non_form_errors()]
    for form in forms.initial_forms:
        title = form.instance.title or form["title"].value() or ""
        found += [(title, error) for errors in form.errors.values() for error in errors]
    return [*found, *(("", error) for errors in lines.errors.values() for error in errors)]


def _clock(session: Session, items: list[AgendaItem], rows: list[Any]) -> dict[str, Any]:
    """The clock times of the agenda; each row gets its own."""
    times = dict(zip((item.pk for item in items), times_of(session, items), strict=True))
    for form in rows:
        form.starts_at = times.get(form.instance.pk)
    ends_at = end_of(session, items)
    return {
        "ends_at": ends_at,
        "minutes_over": _minutes_over(session, ends_at),
        "total": sum(item.minutes_long for item in items),
    }


def _minutes_over(session: Session, ends_at: dt.datetime | None) -> int:
    """By how much the agenda runs past the announced end; 0 where it fits or no end is known."""
    if ends_at is None or session.ends_at is None:
        return 0
    return max(0, (ends_at - session.ends_at) // dt.timedelta(minutes=1))


def _not_on_the_agenda(session: Session, forms: Any) -> list[ActionItem]:
    """Open actions of earlier sessions, where this one lies ahead and its agenda does not take them up yet."""
    taken_up = any(form.instance.title == services.follow_up_title() for form in forms.initial_forms)
    return [] if taken_up or not session.is_ahead else open_actions(session)


@require_POST
def duplicate(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, PREPARE)
    copy = services.duplicate(session=session, by=request.user, now=timezone.now())
    return redirect("sessions:edit", number=copy.number)


@require_http_methods(["GET", "POST"])
def moves(request: HttpRequest, number: int) -> HttpResponse:
    """Shows the moves that are possible now and what stands in the way of the others; POST carries one out."""
    session = find_session(request, number, PREPARE)
    form = MoveForm(request.POST or None)
    refused: MoveRefused | None = None
    now = timezone.now()
    is_over = transitions.is_over(session, now)
    if request.method == "POST" and form.is_valid():
        move = Move(form.cleaned_data["move"])
        try:
            if move == Move.ANNOUNCE and is_over and not form.cleaned_data["past"]:
                raise MoveRefused(_("The day of this session is over: read the warning, then announce it again."))
            if move == Move.ANNOUNCE and form.cleaned_data["invites"]:
                return _announce_and_invite(request, session, form, now)
            transitions.move(session=session, move=move, by=request.user, now=now, reason=form.cleaned_data["reason"])
        except MoveRefused as error:
            refused = error
        except ValidationError as error:
            refused = MoveRefused(error.messages)
        else:
            return redirect(session)
    offers = transitions.TABLE.offers(session, now)
    attempted = form.data.get("move") if form.is_bound else ""
    context = {
        "session": session,
        "offers": offers,
        "form": form,
        "attempted": attempted,
        "problems": _problems(form, refused),
        "is_over": is_over,
        "key": uuid.uuid4(),
        # what is wrong is told at the reason of the move, where the page still offers it
        "is_at_field": any(offer.move == attempted and not offer.obstacles and offer.lacks for offer in offers),
    }
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "sessions/prepare/moves.html", context, status=status)


def _announce_and_invite(request: HttpRequest, session: Session, form: MoveForm, now: dt.datetime) -> HttpResponse:
    subject, body = messages.invitation(session)
    key = {"key": form.cleaned_data["key"]} if form.cleaned_data["key"] else {}
    draft = messages.Draft(subject=subject, body=body, invites=True, recipients=Recipients.ALL, **key)
    sent = messages.announce_and_invite(session=session, draft=draft, by=request.user, now=now)
    return redirect("sessions:message", number=session.number, public_id=sent.public_id)


def _problems(form: MoveForm, refused: MoveRefused | None) -> list[Text]:
    told = [error for errors in form.errors.values() for error in errors] if form.is_bound else []
    return [*told, *(refused.reasons if refused else [])]
