"""Finds the session an address names, or says 404; asks for the right before anything is shown."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.accounts import rights
from sessions_app.models import MinutesVersion, Session
from sessions_app.querysets import SessionQuerySet


def may_prepare(request: HttpRequest) -> bool:
    """Whether drafts are shown: to those who prepare sessions."""
    return rights.allows(request.user, "sessions_app.prepare_session")


def find_session(
    request: HttpRequest,
    number: int,
    permission: str = "sessions_app.view_session",
    among: SessionQuerySet | None = None,
) -> Session:
    """The session, if the reader holds `permission` on it; raises Http404 or `PermissionRefused`.

    A draft does not exist for who may not see drafts: 404, so that its number tells nothing.
    """
    sessions = Session.objects.select_related("cycle") if among is None else among
    session = get_object_or_404(sessions.visible(drafts=may_prepare(request)), number=number)
    rights.check(request.user, permission, session)
    return session


def find_version(session: Session, number: int) -> MinutesVersion:
    """A version of the minutes with its standing, which the right to read it asks; raises Http404."""
    version = get_object_or_404(MinutesVersion.objects.select_related("standing"), session=session, number=number)
    version.session = session
    return version
