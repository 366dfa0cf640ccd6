"""Who may read what a change says: the right of the object itself, asked of the row as it was at that moment.

A change written while a consultation or a handover was in preparation stays as secret as it was then, whatever became
of it since. Every followed model of `governance` and `members` stands in `GUARDS`; what belongs to sessions is written
by the animators before anybody else reads it, and is theirs as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from pghistory.models import Event

from core.accounts import rights
from governance.models import Handover

PREPARED = "sessions_app"


@dataclass(frozen=True)
class Guard:
    """`permission` is asked of the changed row itself, or of the row that its field `of` names."""

    permission: str
    of: str = ""


GUARDS: dict[str, Guard | None] = {
    "governance.Consultation": Guard("governance.view_consultation"),
    "governance.GovernanceRules": None,
    "governance.Handover": Guard("governance.view_handover"),
    "governance.LegalIdentity": None,
    "governance.Mandate": None,
    "governance.PackLine": Guard("governance.use_pack", of="handover"),
    "governance.Proxy": None,  # of a consultation that is or was open
    "governance.Responsibility": None,
    "governance.SpaceEvent": None,
    "core.Space": None,
    "governance.Ballot": None,  # secret ones are never fetched
    "members.Competence": None,
    "members.EngineeringScheme": None,
    "members.Membership": None,
    "members.Organisation": None,
    "members.Position": None,
}


class Reader:
    """What one person may read of the journal; asked once for each page, in a bounded number of queries."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.sees_sessions = rights.allows(user, "sessions_app.prepare_session")

    def withheld(self, rows: Iterable[Event]) -> set[Event]:
        """The changes whose content the person may not read."""
        rows = list(rows)
        handovers = Handover.objects.with_names().in_bulk(
            {row.handover_id for row in rows if _guard(row) is not None and _guard(row).of == "handover"}
        )
        return {row for row in rows if not self._may(row, handovers)}

    def _may(self, row: Event, handovers: dict[int, Handover]) -> bool:
        if followed(row)._meta.app_label == PREPARED:
            return self.sees_sessions
        guard = _guard(row)
        if guard is None:
            return True
        about = handovers.get(row.handover_id) if guard.of else row
        return about is not None and rights.allows(self.user, guard.permission, about)


def followed(row: Event) -> type[models.Model]:
    return row._meta.get_field("pgh_obj").related_model


def _guard(row: Event) -> Guard | None:
    return GUARDS.get(followed(row)._meta.label) if followed(row)._meta.app_label != PREPARED else None
