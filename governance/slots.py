"""What this app adds to the pages of lower ones."""

from __future__ import annotations

from typing import Any

from core import slots
from governance.backends import started_mandates
from governance.models import Mandate
from members.models import Organisation


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


def register() -> None:
    slots.register(
        "organisation_page",
        order=20,
        permission="governance.view_governance",
        fetch=mandates_of,
        template="governance/_organisation_mandates.html",
    )
