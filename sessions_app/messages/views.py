"""Writing to the members about a session: compose, look, try on oneself, send, recall; and the archive."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.formatting.dates import ordinal_text
from core.forms.sent import sent_values
from sessions_app.messages import services
from sessions_app.messages.enums import Recipients
from sessions_app.messages.forms import MessageForm, PreviewedForm
from sessions_app.models import Message, Session
from sessions_app.sessions.lookup import find_session

CONFLICT, REFUSED = HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY


@require_GET
def archive(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, services.WRITE)
    sent = Message.objects.filter(session=session).select_related("written_by").annotate(number=Count("people"))
    return render(request, "sessions/messages/archive.html", {"session": session, "messages_sent": sent})


@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, number: int) -> HttpResponse:
    """`?invitation=1` begins with an invitation, `?relance=1` with a reminder to the silent,
    `?compte-rendu=1` with the published minutes for those who were present. POST shows the mail, tries it on oneself (`test`) or sends it (`send`).

    What is sent is what was previewed: a text changed since is shown again instead (409).
    """
    session = find_session(request, number, services.WRITE)
    now = timezone.now()
    if request.method == "GET":
        form = MessageForm(now=now, initial=_beginning(session, request.GET))
        return _page(request, session, form)
    form = MessageForm(request.POST, now=now)
    if not form.is_valid():
        return _page(request, session, form, status=REFUSED)
    draft = form.draft()
    if not services.recipients(session, draft, now).exists():
        form.add_error("recipients", services.NOBODY)
        return _page(request, session, form, status=REFUSED)
    if "send" in request.POST and sent_values(request, PreviewedForm)["previewed"] != draft.fingerprint:
        return _page(request, session, form, preview=draft, has_changed=True, status=CONFLICT)
    try:
        if "send" in request.POST:
            found = services.confirm(session=session, draft=draft, by=request.user, now=now)
            return redirect("sessions:message", number=number, public_id=found.public_id)
        if "test" in request.POST:
            services.send_test(session=session, draft=draft, by=request.user, now=now)
            messages.success(request, _("A copy is on its way to you."))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, session, form, status=REFUSED)
    return _page(request, session, form, preview=draft)


def _page(
    request: HttpRequest,
    session: Session,
    form: MessageForm,
    *,
    preview: services.Draft | None = None,
    has_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    people = list(services.recipients(session, preview, timezone.now())) if preview else []
    context = {"session": session, "form": form, "preview": preview, "has_changed": has_changed, "people": people}
    context["mail"] = services.preview(session, preview, people[0]) if preview and people else None
    return render(request, "sessions/messages/compose.html", context, status=status)


def _beginning(session: Session, query: Mapping[str, str]) -> dict[str, object]:
    """What the form holds before anybody typed: an invitation, a reminder of one, or nothing."""
    values = {"nth": ordinal_text(session.number), "title": session.title}
    if query.get("relance"):
        subject = (_("Reminder: %(nth)s session, “%(title)s”") % values)[:160]
        body = (
            _(
                "We have no answer of yours yet for the %(nth)s session of the space, “%(title)s”.\n\nPlease say by the "
                "link below whether your organisation takes part, is represented or does not come: a minute is enough."
            )
            % values
        )
    elif query.get("invitation"):
        subject, body = services.invitation(session)
    elif query.get("compte-rendu") and (version := services.version_to_send(session)):
        return _of_minutes(session, version, values)
    else:
        return {"recipients": Recipients.ALL}
    return {
        "recipients": Recipients.SILENT,
        "invites": True,
        "subject": subject,
        "body": body,
    }


def _of_minutes(session: Session, version: int, values: dict[str, object]) -> dict[str, object]:
    links = {
        "minutes": settings.BASE_URL + reverse("sessions:minutes", args=[session.number]),
        "report": settings.BASE_URL + reverse("sessions:report-version-file", args=[session.number, version]),
    }
    body = _(
        "Thank you for taking part in the %(nth)s session of the space, “%(title)s”. Its minutes are published.\n\n"
        "To read them: %(minutes)s\nReport (PDF): %(report)s"
    )
    return {
        "recipients": Recipients.PRESENT,
        "subject": (_("Minutes of the %(nth)s session: %(title)s") % values)[:160],
        "body": body % {**values, **links},
    }


@require_GET
def message(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    """A message with where each of its mails stands."""
    session = find_session(request, number, services.WRITE)
    found = get_object_or_404(Message.objects.select_related("written_by"), session=session, public_id=public_id)
    context = {
        "session": session,
        "message": found,
        "people": found.people.select_related("user", "mail"),
        "can_be_recalled": found.can_be_recalled(timezone.now()),
    }
    return render(request, "sessions/messages/message.html", context)


@require_POST
def recall(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, services.WRITE)
    found = get_object_or_404(Message.objects.select_related("session"), session=session, public_id=public_id)
    try:
        services.recall(message=found, by=request.user, now=timezone.now())
    except services.TooLate as late:
        messages.error(request, str(late.message))
    else:
        messages.success(request, _("The message is recalled: nobody receives it."))
    return redirect("sessions:message", number=number, public_id=public_id)
