"""What this app adds to the pages of lower ones."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core import slots
from governance.models import Mandate
from members.models import Organisation


def mandates_of(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """The mandates of an organisation, newest first; its page shows nothing where there are none.

    All mandates are read, because the end of one is the start of the next, whoever holds it.
    """
    now = timezone.now()
    mandates = [mandate for mandate in Mandate.objects.for_list() if mandate.organisation_id == organisation.pk]
    if not mandates:
        return None
    rows = [
        {
            "mandate": mandate,
            "coming": mandate.starts_at > now,
            "running": mandate.starts_at <= now and (mandate.ends_at is None or now < mandate.ends_at),
        }
        for mandate in reversed(mandates)
    ]
    return {"mandates": rows}


def register() -> None:
    slots.register(
        "organisation_page",
        order=20,
        permission="governance.view_governance",
        fetch=mandates_of,
        template="governance/_organisation_mandates.html",
    )
