"""The parts of the pack that this app knows: what stands in the portal, read when the pack is opened.

Each fills the slot `animator_pack` of `core.slots`; later apps add theirs in the same way. A part's context is
{"key", "title", "hint", "columns": labels, "rows": lists of text}: drawn as a table, and put into the ZIP as CSV.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from core import slots
from core.formatting.dates import clock, full_day
from core.partial_dates import display
from governance.enums import ConsultationState, HandoverState
from governance.models import Consultation, Handover
from governance.pack.lines import OUTSIDE
from members.enums import ACTING_ROLES
from members.models import Position
from sessions_app.enums import RequestState, SessionState
from sessions_app.models import ActionItem, AmendmentRequest, Decision, MaterialProposal, Session

SLOT = "animator_pack"
Part = dict[str, Any]


TITLES = {
    "decisions": gettext_lazy("Open decisions and actions"),
    "minutes": gettext_lazy("Unfinished minutes"),
    "sessions": gettext_lazy("Coming sessions"),
    "requests": gettext_lazy("Pending requests"),
    "contacts": gettext_lazy("Contacts"),
}


def title_of(key: str) -> str:
    """What a line of the checklist is called; the key itself for a part of another app."""
    outside = {item.key: item.title for item in OUTSIDE}
    return str(TITLES.get(key) or outside.get(key, key))


def _part(key: str, hint: str, columns: list[str], rows: list[list[str]]) -> Part:
    return {"key": key, "title": str(TITLES[key]), "hint": hint, "columns": columns, "rows": rows}


def decisions(handover: Handover, user: Any) -> Part:
    """What came out alone, whoever opens it: both sides read the same pack, and its PDF is one for all."""
    found, actions = (
        kind.objects.visible(drafts=False).open().select_related("session", "responsible")
        for kind in (Decision, ActionItem)
    )
    rows = [
        [row.reference, row.text, row.responsible.name if row.responsible else "", display(row.due)]
        for row in [*found, *actions]
    ]
    columns = [_("Reference"), _("Text"), _("Responsible organisation"), _("Due")]
    return _part("decisions", _("What was decided and is not done yet."), columns, rows)


def minutes(handover: Handover, user: Any) -> Part:
    found = Session.objects.filter(state=SessionState.HELD, versions=None).order_by("number")
    rows = [[str(row.number), row.title, display(row.days)] for row in found]
    columns = [_("Session"), _("Title"), _("Date")]
    return _part("minutes", _("Sessions held whose minutes are not published."), columns, rows)


def sessions(handover: Handover, user: Any) -> Part:
    found = Session.objects.coming().order_by("number")
    rows = [
        [
            str(row.number),
            row.title,
            f"{display(row.days)}, {clock(row.starts_at)}" if row.starts_at else display(row.days),
            row.place,
            str(row.get_state_display()),
        ]
        for row in found
    ]
    columns = [_("Session"), _("Title"), _("Date"), _("Place"), _("State")]
    return _part("sessions", _("Announced, or still being prepared."), columns, rows)


def requests(handover: Handover, user: Any) -> Part:
    """What members asked of the animators and still waits for an answer, the oldest first of each kind."""
    amendments = AmendmentRequest.objects.filter(state=RequestState.OPEN).select_related(
        "item__session", "organisation"
    )
    materials = MaterialProposal.objects.filter(state=RequestState.OPEN).select_related("session", "organisation")
    consultations = Consultation.objects.filter(state__in=(ConsultationState.DRAFT, ConsultationState.OPEN))
    rows = [
        [_("Amendment of minutes"), f"{row.item.session.number} – {row.item.title}", row.asked_by, _day(row.made_at)]
        for row in amendments.order_by("made_at", "pk")
    ]
    rows += [
        [
            _("Proposed material"),
            f"{row.session.number} – {row.title}",
            row.organisation.label if row.organisation else "",
            _day(row.made_at),
        ]
        for row in materials.order_by("made_at", "pk")
    ]
    rows += [
        [_("Consultation: %(state)s") % {"state": row.get_state_display()}, row.title, "", _day(row.created_at)]
        for row in consultations.order_by("created_at", "pk")
    ]
    columns = [_("Request"), _("About"), pgettext("organisation", "From"), _("Since")]
    hint = _("What waits for an answer in the portal. Mails and calls that await one are noted in the checklist.")
    return _part("requests", hint, columns, rows)


def _day(moment: Any) -> str:
    return full_day(timezone.localtime(moment).date())


def contacts(handover: Handover, user: Any) -> Part:
    """People in position today; with their addresses once the members have decided and the handing over is set.

    Before, the members may still say no, and nobody needs to write to all of them in the name of the space.
    """
    now = timezone.now()
    decided = handover.state_at(now) in (HandoverState.SCHEDULED, HandoverState.EFFECTIVE)
    found = Position.objects.running(now).filter(role__in=ACTING_ROLES)
    found = found.select_related("user", "organisation").order_by("organisation__name", "role", "user__last_name", "pk")
    rows = [
        [row.organisation.name, row.user.get_full_name(), str(row.get_role_display())]
        + ([row.user.email] if decided else [])
        for row in found
    ]
    columns = [_("Organisation"), _("Person"), _("Role")] + ([_("E-mail address")] if decided else [])
    hint = _("Representatives and substitutes of every organisation.")
    if not decided:
        hint = _(
            "Representatives and substitutes of every organisation; their addresses follow once the members have"
            " validated and the handing over is set."
        )
    return _part("contacts", hint, columns, rows)


PARTS: tuple[Callable[[Handover, Any], Part], ...] = (decisions, minutes, sessions, requests, contacts)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for place, part in enumerate(PARTS, start=1):
        template = f"governance/pack/{part.__name__}.html"
        slots.register(SLOT, order=10 * place, template=template, fetch=part, permission="governance.use_pack")
