"""The minutes editor: one agenda item at a time, autosaved; a conflict shows both texts and loses neither."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import richtext
from core.accounts import rights
from core.forms.sent import sent_values
from sessions_app.enums import MinutesState
from sessions_app.follow_up.page import item_panel
from sessions_app.minutes import services
from sessions_app.minutes.consequences import of_publishing
from sessions_app.minutes.editor import EditorState, desk_for, latest_saves, open_proposals
from sessions_app.minutes.forms import BOTH, THEIRS, EntryForm, PublishForm
from sessions_app.minutes.history import take_theirs
from sessions_app.models import MinutesProposal, Session
from sessions_app.sessions.lookup import find_session

CONFLICT, REFUSED, TOO_LARGE = 409, 403, 422
WRITE = "sessions_app.write_minutes"


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows the item chosen by `?point=`, POST saves it."""
    if request.method == "POST":
        return save(request, number)
    session = find_session(request, number, WRITE)
    desk = desk_for(session, point_of(request))
    if elsewhere := _closed(desk, number):
        return elsewhere
    context = {
        "session": session,
        "desk": desk,
        "saves": latest_saves(desk),
        "proposals": open_proposals(desk),
        "panel": item_panel(session, desk.item, desk.place) if desk.item else None,
    }
    return render(request, "sessions/minutes_edit.html", context)


@require_safe
def edit_all(request: HttpRequest, number: int) -> HttpResponse:
    """Every item on one page, each with its own form, which `edit` saves."""
    session = find_session(request, number, WRITE)
    desk = desk_for(session, 1)
    if elsewhere := _closed(desk, number):
        return elsewhere
    context = {"session": session, "desk": desk, "sheets": desk.sheets(), "whole": True}
    return render(request, "sessions/minutes_edit_all.html", context)


def _closed(desk: EditorState, number: int) -> HttpResponse | None:
    """Where the minutes stand while nobody may write on them."""
    if desk.state == MinutesState.PUBLISHED:
        return redirect("sessions:minutes", number=number)
    return redirect("sessions:circulation", number=number) if desk.state == MinutesState.CIRCULATED else None


def save(request: HttpRequest, number: int) -> HttpResponse:
    """Stores one item. With htmx the answer is a fragment, without script a page."""
    session = find_session(request, number)
    try:
        rights.check(request.user, WRITE, session)
    except rights.PermissionRefused as refused:
        return _refuse(request, session, refused)
    desk = desk_for(session, point_of(request))
    if desk.item is None:
        return redirect(session)
    now = timezone.now()
    typed = sent_values(request, EntryForm)
    body = typed["body"]
    if typed["settle"] == BOTH:
        return _together(request, session, desk, typed)
    try:
        body = richtext.from_form(body, typed["text_format"], stored=desk.body)
        given = {"item": desk.item, "by": request.user, "based_on": typed["rev"], "now": now}
        if typed["settle"] == THEIRS and desk.entry is not None:
            entry = take_theirs(mine=body, **given)
        else:
            entry = services.save_entry(body=body, **given)
    except services.EntryConflict as conflict:
        context = {
            "session": session,
            "desk": desk,
            "entry": conflict.entry,
            "mine": conflict.mine,
            "typed": conflict.mine,
            "is_own": conflict.entry.changed_by == request.user,
        }
        return _answer(request, "sessions/_conflict.html", context, status=CONFLICT)
    except richtext.RichTextTooLong as error:
        return _answer(
            request, "sessions/_save_refused.html", _problem(session, desk, error.messages[0], body), status=TOO_LARGE
        )
    except (services.MinutesClosed, services.UnderReview, services.ItemRemoved) as error:
        context = _problem(session, desk, error.message, body)
        return _answer(request, "sessions/_save_refused.html", context, status=REFUSED)
    except rights.PermissionRefused as refused:
        return _refuse(request, session, refused)
    if not request.htmx:
        return redirect(_back(request, number, desk))
    desk = desk_for(session, desk.place)
    context = {
        "session": session,
        "entry": entry,
        "words": richtext.word_count(entry.body),
        "desk": desk,
        "saves": latest_saves(desk),
        "whole": _is_whole(request),
    }
    return render(request, "sessions/_saved.html", context)


def _is_whole(request: HttpRequest) -> bool:
    """Whether the form stands on the page of all items."""
    return "ensemble" in request.GET


def _back(request: HttpRequest, number: int, desk: EditorState) -> str:
    if _is_whole(request):
        return f"{reverse('sessions:minutes-edit-all', args=[number])}#point-{desk.place}"
    return f"{reverse('sessions:minutes-edit', args=[number])}?point={desk.place}"


def _together(request: HttpRequest, session: Session, desk: EditorState, typed: dict[str, Any]) -> HttpResponse:
    """Without script: both texts of a conflict in one form, mine first, to be edited and saved on what is stored now."""
    mine = richtext.from_form(typed["body"], typed["text_format"], stored=desk.body)
    context = {
        "session": session,
        "desk": desk,
        "typed": mine + desk.body,
        "together": True,
        "whole": _is_whole(request),
    }
    return render(request, "sessions/minutes_save_problem.html", context)


def _refuse(request: HttpRequest, session: Session, refused: rights.PermissionRefused) -> HttpResponse:
    """The right has moved on while somebody was writing: the text is kept for those who animate now.

    Of the desk a former animator sees the title of the item and what they typed themselves, nothing that is stored.
    """
    if not rights.allows(request.user, "sessions_app.leave_text", session):
        raise refused from None
    desk = desk_for(session, point_of(request))
    if desk.item is None:
        raise refused from None
    try:
        typed = sent_values(request, EntryForm)
        body = richtext.from_form(typed["body"], typed["text_format"], stored=desk.body)
        proposal = services.keep_proposal(item=desk.item, by=request.user, body=body, now=timezone.now())
    except richtext.RichTextTooLong:
        raise refused from None
    context = {**_problem(session, desk, refused.answer.reason, body), "answer": refused.answer, "proposal": proposal}
    return _answer(request, "sessions/_save_refused.html", context, status=REFUSED)


def _problem(session: Session, desk: EditorState, message: object, typed: str) -> dict[str, object]:
    return {"session": session, "desk": desk, "message": message, "typed": typed}


def _answer(request: HttpRequest, fragment: str, context: dict[str, object], *, status: int) -> HttpResponse:
    if request.htmx:
        return render(request, fragment, context, status=status)
    context = {**context, "fragment": fragment, "whole": _is_whole(request)}
    return render(request, "sessions/minutes_save_problem.html", context, status=status)


def number_in(raw: str | None) -> int:
    return int(raw) if raw and raw.isdecimal() and len(raw) < 9 else 0


def point_of(request: HttpRequest) -> int:
    return number_in(request.GET.get("point")) or 1


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """GET says what publishing will do, POST does it."""
    session = find_session(request, number, "sessions_app.publish_minutes")
    desk = desk_for(session, 1)
    form = PublishForm(request.POST if request.method == "POST" else None, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(session=session, by=request.user, now=timezone.now(), **form.cleaned_data)
        except services.AlreadyPublished:
            return redirect("sessions:minutes", number=number)
        except services.MinutesError as error:
            form.add_error("reason" if isinstance(error, services.ReasonMissing) else None, str(error.message))
        else:
            return redirect(f"{reverse('sessions:minutes', args=[number])}?publie=1")
    context = {
        "session": session,
        "desk": desk,
        "publishing": of_publishing(session, by=request.user, now=timezone.now()),
        "form": form,
    }
    return render(request, "sessions/minutes_publish.html", context, status=TOO_LARGE if form.errors else HTTPStatus.OK)


@require_POST
def amend(request: HttpRequest, number: int) -> HttpResponse:
    """Opens the published text for a next version."""
    session = find_session(request, number, WRITE)
    services.open_amendment(session=session, by=request.user, now=timezone.now())
    return redirect("sessions:minutes-edit", number=number)


@require_POST
def close_proposal(request: HttpRequest, number: int, public_id: str) -> HttpResponse:
    session = find_session(request, number, WRITE)
    proposal = get_object_or_404(
        MinutesProposal.objects.select_related("item__session"), public_id=public_id, item__session=session
    )
    services.close_proposal(proposal=proposal, by=request.user, now=timezone.now())
    return redirect(f"{reverse('sessions:minutes-edit', args=[number])}?point={proposal.item.position}")
