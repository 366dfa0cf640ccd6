"""The parts of the pack that this app knows: what stands in the portal, read when the pack is opened.

Each fills the slot `animator_pack` of `core.slots`; later apps add theirs in the same way. A part's context is
{"key", "title", "hint", "columns": labels, "rows": lists of text}: drawn as a table, and put into the ZIP as CSV.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import slots
from core.partial_dates import display
from core.templatetags.dates import clock, full_day
from governance.models import Handover
from members.enums import ACTING_ROLES
from members.models import Position
from sessions_app.enums import FollowUp, SessionState
from sessions_app.models import ActionItem, Decision, Session

SLOT = "animator_pack"
Part = dict[str, Any]


def _part(key: str, title: str, hint: str, columns: list[str], rows: list[list[str]]) -> Part:
    return {"key": key, "title": title, "hint": hint, "columns": columns, "rows": rows}


def decisions(handover: Handover, user: Any) -> Part:
    found = Decision.objects.filter(status=FollowUp.OPEN).select_related("session", "responsible")
    actions = ActionItem.objects.filter(status=FollowUp.OPEN).select_related("session", "responsible")
    rows = [
        [row.reference, row.text, row.responsible.name if row.responsible else "", display(row.due)]
        for row in [*found, *actions]
    ]
    columns = [_("Reference"), _("Text"), _("Responsible organisation"), _("Due")]
    return _part(
        "decisions", _("Open decisions and actions"), _("What was decided and is not done yet."), columns, rows
    )


def minutes(handover: Handover, user: Any) -> Part:
    found = Session.objects.filter(state=SessionState.HELD, versions=None).order_by("number")
    rows = [[str(row.number), row.title, display(row.date)] for row in found]
    columns = [_("Session"), _("Title"), _("Date")]
    return _part("minutes", _("Unfinished minutes"), _("Sessions held whose minutes are not published."), columns, rows)


def sessions(handover: Handover, user: Any) -> Part:
    found = Session.objects.coming().order_by("number")
    rows = [
        [
            str(row.number),
            row.title,
            f"{full_day(row.local_start().date())}, {clock(row.starts_at)}" if row.starts_at else display(row.date),
            row.place,
            str(row.get_state_display()),
        ]
        for row in found
    ]
    columns = [_("Session"), _("Title"), _("Date"), _("Place"), _("State")]
    return _part("sessions", _("Coming sessions"), _("Announced, or still being prepared."), columns, rows)


def contacts(handover: Handover, user: Any) -> Part:
    """People in position today, with their addresses: the incoming animators will write to them."""
    found = Position.objects.running(timezone.now()).filter(role__in=ACTING_ROLES)
    found = found.select_related("user", "organisation").order_by("organisation__name", "role", "user__last_name", "pk")
    rows = [
        [row.organisation.name, row.user.get_full_name(), str(row.get_role_display()), row.user.email] for row in found
    ]
    columns = [_("Organisation"), _("Person"), _("Role"), _("E-mail address")]
    return _part("contacts", _("Contacts"), _("Representatives and substitutes of every organisation."), columns, rows)


PARTS: tuple[Callable[[Handover, Any], Part], ...] = (decisions, minutes, sessions, contacts)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for place, part in enumerate(PARTS, start=1):
        template = f"governance/pack/{part.__name__}.html"
        slots.register(SLOT, order=10 * place, template=template, fetch=part, permission="governance.use_pack")
