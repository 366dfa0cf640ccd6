"""Permissions of this app: who may do what to a session. `animator` is answered by `governance`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, allows, always, memory as memory_of, register
from members.backends import positions_of
from members.enums import ACTING_ROLES
from sessions_app.enums import PRESENT, Audience, SessionState
from sessions_app.minutes.review import reviewers

OPEN_KEPT = "sessions_app.read_participants_material"

DRAFT_SESSION = Denied(
    _("This session is being prepared; only the animators see it."),
    _("You will see it once it is announced."),
    weight=1,
)
NOTHING_PUBLISHED = Denied(
    _("The minutes of this session are not published yet."), _("They will be open to members once published."), weight=1
)
ONLY_ACTING = Denied(
    _("Only representatives and substitutes propose materials."),
    _("Ask those of your organisation."),
    weight=2,
)
NOT_CANCELLED = Denied(
    _("This session was cancelled: no material is proposed for it."),
    _("Propose it for another session."),
    weight=4,
)
WITHDRAWN = Denied(
    _("The minutes of this session were withdrawn by the animators."),
    _("You will be told when a corrected version is published."),
    weight=4,
    gone=True,
)
REPLACED = Denied(
    _("This version of the minutes was replaced."),
    _("Ask for the report of the version in force."),
    weight=4,
    gone=True,
)
NOT_PUBLIC = Denied(
    _("These minutes are not public."),
    _("Sign in if you are a member of the space."),
)
NOTHING_RELEASED = Denied(
    _("The record of decisions of this session is not out."),
    _("It will be open to members once circulated."),
    weight=1,
)
NOT_PRESENT = Denied(
    _("This material is kept for the organisations that took part in the session."),
    _("Ask the animators of the space for it."),
    weight=4,
)
NOT_HELD = Denied(
    _("This session has not been held yet."), _("Minutes are written once the session is held."), weight=4
)
NOT_RESPONSIBLE = Denied(
    _("Only the responsible organisation and the animators say where this stands."),
    _("Write to them if it has moved on."),
    weight=2,
)


def beyond_draft(user: Any, session: Any) -> Denied | None:
    """What the members were never told of, they do not read: a draft, also one that was cancelled as such."""
    return DRAFT_SESSION if session is not None and not session.is_known else None


def proposes(user: Any, session: Any) -> Denied | None:
    """Representatives and substitutes propose materials for sessions they know of, and that take place."""
    if session is not None and session.state == SessionState.CANCELLED:
        return NOT_CANCELLED
    acts = any(position.role in ACTING_ROLES and position.is_member for position in positions_of(user))
    denied = beyond_draft(user, session)
    return denied if denied is not None or acts else ONLY_ACTING


def not_withdrawn(user: Any, document: Any) -> Denied | None:
    """Who may read a session reads its version or record `document`, unless that very one was withdrawn."""
    denied = beyond_draft(user, document and document.session)
    return WITHDRAWN if denied is None and document is not None and document.standing.is_withdrawn else denied


def reads_review(user: Any, about: Any) -> Denied | None:
    """The requests and answers of a review are read by who reads the version it led to, before by those concerned.

    `about` is one review, or a session, whose last one is meant.
    """
    review = reviewers.review_of(about)
    if review is not None and review.version is not None:
        return not_withdrawn(user, review.version)
    return reviewers.may_review(user, review)


def reads_published_review(user: Any, about: Any) -> Denied | None:
    """For who is no member: what a review led to, never a text under review."""
    review = reviewers.review_of(about)
    if review is None or review.version is None:
        return reviewers.NOT_UNDER_REVIEW
    return not_withdrawn(user, review.version)


def in_force(user: Any, document: Any) -> Denied | None:
    """Members have the PDF of what is in force; a replaced one stays readable on its page."""
    denied = not_withdrawn(user, document)
    return REPLACED if denied is None and document is not None and not document.standing.is_in_force else denied


def open_to_all(user: Any, version: Any) -> Denied | None:
    """The public form of the very version in force, while the minutes are public."""
    if version is None or not version.standing.is_in_force or not minutes_of(version.session).public_since:
        return NOT_PUBLIC
    return None


def minutes_of(session: Any) -> Any:
    """The minutes of a session, or blank ones; no query where they were fetched with it."""
    from sessions_app.models import Minutes

    return getattr(session, "minutes", None) or Minutes()


def took_part(user: Any, material: Any) -> Denied | None:
    """Somebody in position today at an organisation that was recorded present at the session of `material`."""
    from sessions_app.models import Attendance

    if material.session_id is None:
        return NOT_PRESENT
    memory = memory_of(user)
    if "took part" not in memory:  # once for all materials of a page
        mine = [position.organisation_id for position in positions_of(user)]
        present = Attendance.objects.filter(presence__in=PRESENT, organisation__in=mine)
        memory["took part"] = set(present.order_by().values_list("session", flat=True))
    return None if material.session_id in memory["took part"] else NOT_PRESENT


def may_open(user: Any, material: Any) -> bool:
    """Whether a page that names `material` links to it: the right that its own page asks."""
    return material.audience != Audience.PARTICIPANTS or allows(user, OPEN_KEPT, material)


def organisations_that_open(user: Any) -> tuple[int, ...] | None:
    """The same for all materials at once, as a search asks it: the organisations of `user` whose presence at a session
    opens what was kept for its participants; None for whoever opens it at every session.
    """
    from sessions_app.models import Material

    if allows(user, OPEN_KEPT, Material()):  # of no session: no presence opens it
        return None
    positions = positions_of(user)
    if not any(position.is_member for position in positions):
        return ()
    return tuple(sorted({position.organisation_id for position in positions}))


def responsible_for(user: Any, row: Any) -> Denied | None:
    """Somebody who acts today for the organisation that answers for a decision or an action, or who was named."""
    if row is None or (row.released_at and getattr(row, "person_id", None) == user.pk):
        return None
    if row.released_at is None:  # the members have not read it yet
        return NOT_RESPONSIBLE
    mine = {position.organisation_id for position in positions_of(user) if position.role in ACTING_ROLES}
    return None if row.responsible_id in mine else NOT_RESPONSIBLE


def held(user: Any, session: Any) -> Denied | None:
    return None if session is None or session.is_past else NOT_HELD


register(
    "sessions_app.view_session",
    _("read sessions"),
    member=beyond_draft,
    animator=always,
    administrator=beyond_draft,
)
register(
    "sessions_app.request_report",
    _("ask for the report of a session"),
    member=in_force,
    animator=always,
    administrator=in_force,
)
register(
    "sessions_app.read_minutes",
    _("read published minutes"),
    member=not_withdrawn,
    animator=always,
    administrator=not_withdrawn,
)
register("sessions_app.read_public_minutes", _("read public minutes"), visitor=open_to_all)
register("sessions_app.expose_minutes", _("make minutes public or withdraw them"), animator=held)
register(
    OPEN_KEPT,
    _("read what is kept for the participants of a session"),
    member=took_part,
    animator=always,
)
register("sessions_app.manage_materials", _("add and change materials"), animator=always)
register("sessions_app.propose_material", _("propose a material"), member=proposes)
register("sessions_app.edit_cycle", _("change cycles"), animator=always)
register("sessions_app.prepare_session", _("prepare sessions"), animator=always)
register("sessions_app.write_minutes", _("write minutes"), animator=held)
register(
    "sessions_app.change_status",
    _("say where a decision or an action stands"),
    member=responsible_for,
    animator=always,
)
register("sessions_app.publish_minutes", _("publish minutes"), animator=held)
register(
    "sessions_app.review_minutes",
    _("read minutes under review"),
    member=reads_review,
    animator=reviewers.reviewable,
    administrator=reads_published_review,
)
register(
    "sessions_app.request_amendment",
    _("ask to amend minutes under review"),
    member=reviewers.may_ask,
    animator=reviewers.asks_for_others,
)
register("sessions_app.request_draft_report", _("ask for a draft report"), animator=always)
register("sessions_app.read_former_report", _("read the report of a replaced version"), animator=always)
register("sessions_app.leave_text", _("leave an unsaved text to the new animators"), former_animator=held)
