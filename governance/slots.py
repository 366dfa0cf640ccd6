"""What this app adds to the pages of lower ones."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core import slots
from governance.backends import started_mandates
from governance.models import Handover, Mandate
from governance.querysets import HandoverQuerySet
from governance.register.page import card
from members.models import Organisation
from sessions_app.enums import ItemKind
from sessions_app.models import Cycle, Session


def mandates_of(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """The mandates that an organisation holds or held, newest first; its page shows nothing where there are none.

    All mandates are read, once for the whole page: the end of one is the start of the next, whoever holds it.
    """
    following: Mandate | None = None
    rows = []
    for mandate in started_mandates(user):
        if mandate.organisation_id == organisation.pk:
            rows.append(
                {"mandate": mandate, "running": following is None, "ended_on": following and following.started_on}
            )
        following = mandate
    return {"mandates": rows} if rows else None


def handovers_of_session(session: Session, user: Any) -> dict[str, Any] | None:
    """Handovers that the members validated in this session, under an item of its agenda of that kind."""
    if not any(item.kind == ItemKind.HANDOVER for item in session.agenda.all()):  # fetched with the page
        return None
    return _handovers(Handover.objects.filter(validation_session=session))


def handovers_of_cycle(cycle: Cycle, user: Any) -> dict[str, Any] | None:
    """Handovers that the members validated in a session of this cycle."""
    return _handovers(Handover.objects.filter(validation_session__cycle=cycle))


def _handovers(rows: HandoverQuerySet) -> dict[str, Any] | None:
    found = list(rows.visible().for_list()[:5])
    now = timezone.now()
    return {"cards": [card(handover, now) for handover in found]} if found else None


def register() -> None:
    slots.register(
        "organisation_page",
        order=20,
        permission="governance.view_governance",
        fetch=mandates_of,
        template="governance/_organisation_mandates.html",
    )
    for slot, fetch in (
        ("session_page", handovers_of_session),
        ("cycle_page", handovers_of_cycle),
        ("cycle_proceedings", handovers_of_cycle),
    ):
        slots.register(
            slot,
            order=20,
            permission="governance.view_governance",
            fetch=fetch,
            template="governance/_handovers.html",
        )
