"""Minutes and Word: a document taken in after a preview, and working copies to take away."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from core import richtext
from core.accounts import rights
from core.docx import Traces, read
from core.files.refusal import UploadRefused
from sessions_app.enums import MinutesState
from sessions_app.minutes import snapshot
from sessions_app.minutes.docx import services
from sessions_app.minutes.docx.document import working_copy
from sessions_app.minutes.docx.forms import REPLACE, FileForm, TakeInForm
from sessions_app.minutes.docx.parts import NEW_ITEM
from sessions_app.minutes.editor import desk_for
from sessions_app.minutes.services import MinutesClosed, UnderReview
from sessions_app.models import MinutesEntry, Session
from sessions_app.sessions.lookup import find_session, find_version

CONFLICT, REFUSED = HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, number: int) -> HttpResponse:
    """The file is read and shown first; what was read is sent again, with a target for each part, to be written."""
    session = find_session(request, number, "sessions_app.write_minutes")
    desk = desk_for(session, 1)
    if desk.state == MinutesState.PUBLISHED:
        return redirect("sessions:minutes", number=number)
    if desk.state == MinutesState.CIRCULATED:
        return redirect("sessions:circulation", number=number)
    if request.method == "POST" and "document" in request.POST:
        return _confirmed(request, session)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = read(upload.file)
        except UploadRefused as refused:
            form.add_error("file", refused)
        else:
            initial = {"document": found.html, "traces": found.traces.as_json(), "name": upload.name}
            return _preview(request, session, TakeInForm(None, places=desk.places, initial=initial))
    context = {"session": session, "form": form}
    return render(request, "sessions/docx/file.html", context, status=REFUSED if form.errors else HTTPStatus.OK)


def _confirmed(request: HttpRequest, session: Session) -> HttpResponse:
    places = desk_for(session, 1).places
    if "split" in request.POST:
        return _preview(request, session, TakeInForm(request.POST, places=places, anew=True))
    form = TakeInForm(request.POST, places=places)
    if not form.is_valid():
        return _preview(request, session, form, status=REFUSED)
    items = {str(place.item.public_id): place.item for place in places}
    pieces = [
        services.Piece(part.title, part.html, None if target == NEW_ITEM else items[target])
        for part, target in form.chosen()
    ]
    try:
        saved = services.take_in(
            session=session,
            pieces=pieces,
            replace=form.cleaned_data["mode"] == REPLACE,
            based_on={item.pk: form.cleaned_data[f"rev-{item.public_id}"] for item in items.values()},
            by=request.user,
            now=timezone.now(),
        )
    except services.WordConflict as conflict:
        return _preview(request, session, form, conflicts=conflict.conflicts, status=CONFLICT)
    except richtext.RichTextTooLong as error:
        form.add_error(None, error)
        return _preview(request, session, form, status=REFUSED)
    except (MinutesClosed, UnderReview) as error:
        messages.error(request, str(error.message))
        return redirect("sessions:minutes-edit", number=session.number)
    messages.success(
        request,
        ngettext("Word document taken into %(number)d item.", "Word document taken into %(number)d items.", len(saved))
        % {"number": len(saved)},
    )
    return redirect(f"{reverse('sessions:minutes-edit', args=[session.number])}?point={saved[0].item.position}")


def _preview(
    request: HttpRequest, session: Session, form: TakeInForm, *, conflicts: Any = (), status: int = 200
) -> HttpResponse:
    revisions = dict(MinutesEntry.objects.filter(item__session=session).values_list("item__public_id", "revision"))
    sent = form.data if form.is_bound else form.initial
    context = {
        "session": session,
        "form": form,
        "traces": Traces.from_json(sent.get("traces") or ""),
        "name": sent.get("name") or "",
        "document": form.html,
        "revisions": [(place.item.public_id, revisions.get(place.item.public_id, 0)) for place in form.places],
        "conflicts": conflicts,
    }
    return render(request, "sessions/docx/preview.html", context, status=status)


@require_GET
def draft_copy(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as a Word document marked as a working copy, for the animators."""
    session = find_session(request, number, "sessions_app.write_minutes")
    now = timezone.now()
    content = snapshot.build_draft(session, on=timezone.localdate(now))
    return _file(working_copy(content, at=now), f"compte-rendu-{number}-copie-de-travail.docx")


@require_GET
def version_copy(request: HttpRequest, number: int, version_number: int) -> HttpResponse:
    """A published version as a Word document marked as a working copy: the PDF report alone is checked by its code."""
    session = find_session(request, number)
    version = find_version(session, version_number)
    rights.check(request.user, "sessions_app.read_minutes", version)
    content = working_copy(version.snapshot, at=version.published_at, content_sha256=version.content_sha256)
    return _file(content, f"compte-rendu-{number}-version-{version_number}-copie-de-travail.docx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Language"] = translation.get_language()
    return response
