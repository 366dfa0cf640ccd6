"""The page of one session, its minutes as published, and its materials."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core import files
from core.accounts import rights
from sessions_app.documents import report_state
from sessions_app.enums import MinutesState
from sessions_app.evaluations.permissions import waits_for
from sessions_app.follow_up.page import open_actions
from sessions_app.minutes import page as minutes_page, snapshot
from sessions_app.models import Circulation, Material, MinutesVersion, Session
from sessions_app.permissions import NOTHING_PUBLISHED, may_open, minutes_of
from sessions_app.querysets import fetch_outcome
from sessions_app.sessions import page as sessions_page
from sessions_app.sessions.lookup import find_session, find_version, may_prepare


@require_GET
def session(request: HttpRequest, number: int) -> HttpResponse:
    sessions = Session.objects.for_page(drafts=may_prepare(request))
    sessions = sessions.annotate(waits_for_opinion=waits_for(request.user, timezone.now()))
    found = find_session(request, number, among=sessions)
    if found.is_past:
        fetch_outcome(found, drafts=may_prepare(request))
    page = sessions_page.session_page(
        found,
        may_write=rights.allows(request.user, "sessions_app.write_minutes", found),
        may_prepare=may_prepare(request),
        under_way=open_actions(found) if found.is_ahead else None,
        may_propose=rights.allows(request.user, "sessions_app.propose_material", found),
        may_review=minutes_of(found).state == MinutesState.CIRCULATED
        and rights.allows(request.user, "sessions_app.review_minutes", found),
    )
    if page.minutes:
        read = replace(page.minutes, items=minutes_page.linked_for(request.user, page.minutes.items))
        page = replace(page, minutes=read)
    for row in page.materials:
        row.may_open = may_open(request.user, row)
    report = report_state(found, request.user)
    return render(request, "sessions/session.html", {"session": found, "page": page, "report": report})


@require_GET
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The version in force, whole, on a page of its own."""
    found = find_session(request, number)
    version = MinutesVersion.objects.filter(session=found).standing_first().first()
    if version is None:
        if rights.allows(request.user, "sessions_app.write_minutes", found):
            return redirect("sessions:minutes-edit", number=number)
        raise rights.PermissionRefused(NOTHING_PUBLISHED)
    return _read(request, found, version)


@require_GET
def version(request: HttpRequest, number: int, version_number: int) -> HttpResponse:
    found = find_session(request, number)
    return _read(request, found, find_version(found, version_number))


def _read(request: HttpRequest, found: Session, shown: MinutesVersion) -> HttpResponse:
    rights.check(request.user, "sessions_app.read_minutes", shown)
    may_write = rights.allows(request.user, "sessions_app.write_minutes", found)
    versions = MinutesVersion.objects if may_write else MinutesVersion.objects.readable()
    others = versions.filter(session=found).defer("snapshot").select_related("standing").order_by("-number")
    numbers = {each.number for each in others}
    review = Circulation.objects.filter(version=shown).first()
    if review is not None:
        review.session, review.version = found, shown
    context = {
        "session": found,
        "version": shown,
        "versions": [(each, each.number - 1 in numbers) for each in others],
        "in_force": next((each for each in others if each.standing.is_in_force), None),
        "text": minutes_page.read_for(request.user, shown.snapshot),
        "review": review if review and rights.allows(request.user, "sessions_app.review_minutes", review) else None,
        "may_write": may_write,
        "just_published": "publie" in request.GET,
    }
    return render(request, "sessions/minutes.html", context)


@require_GET
def difference(request: HttpRequest, number: int, version_number: int) -> HttpResponse:
    """What a version changed against the one before, item by item."""
    found = find_session(request, number)
    newer, older = find_version(found, version_number), find_version(found, version_number - 1)
    for each in (newer, older):
        rights.check(request.user, "sessions_app.read_minutes", each)
    before = {item.id: item.html for item in minutes_page.read_items(older.snapshot)}
    after = minutes_page.read_items(newer.snapshot)
    changes = [(item, before.get(item.id, "")) for item in after if before.get(item.id, "") != item.html]
    context = {"session": found, "version": newer, "older": older, "changes": changes}
    return render(request, "sessions/minutes_difference.html", context)


@require_GET
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as it would be published, for the animators."""
    found = find_session(request, number, "sessions_app.write_minutes")
    draft = snapshot.build_draft(found, on=timezone.localdate())
    return render(
        request, "sessions/minutes_preview.html", {"session": found, "text": minutes_page.read_for(request.user, draft)}
    )


@require_GET
def material(request: HttpRequest, number: int, public_id: str) -> HttpResponse:
    found = find_session(request, number)
    wanted = get_object_or_404(
        Material.objects.select_related("file").exclude(file=None), session=found, public_id=public_id
    )
    if not may_open(request.user, wanted):
        rights.check(request.user, "sessions_app.read_participants_material", wanted)
    return files.serve(wanted.file, request=request, filename=wanted.file.original_name, inline="voir" in request.GET)
