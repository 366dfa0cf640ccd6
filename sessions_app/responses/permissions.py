"""Permissions around answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, always, register
from members.backends import positions_of
from members.enums import ACTING_ROLES
from sessions_app.permissions import beyond_draft

ONLY_OBSERVES = Denied(
    _("You follow the space as an observer; representatives and substitutes answer for their organisation."),
    _("Ask a representative of your organisation."),
    weight=4,
)
NOT_YOURS = Denied(_("You do not speak for this organisation today."), _("Ask one of its representatives."), weight=4)


def acting_positions(user: Any) -> list[Any]:
    """Where `user` speaks for a member organisation today, remembered for this request."""
    return [place for place in positions_of(user) if place.is_member and place.role in ACTING_ROLES]


def speaks_for_somebody(user: Any, session: Any) -> Denied | None:
    return None if acting_positions(user) else ONLY_OBSERVES


def speaks_about_what_is_known(user: Any, session: Any) -> Denied | None:
    denied = beyond_draft(user, session)  # a denial is false: `or` would lose it
    return denied if denied is not None else speaks_for_somebody(user, session)


register(
    "sessions_app.answer_session",
    _("answer the invitation to a session"),
    member=speaks_about_what_is_known,
    animator=speaks_for_somebody,  # sees drafts; that nobody answers them yet is said by the page
)
register("sessions_app.see_answers", _("see who answered the invitation to a session"), animator=always)
register("sessions_app.record_answer", _("record the answer of somebody else"), animator=always)
