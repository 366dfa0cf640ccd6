"""Funders are the people in position today at an organisation that is marked as a funder or funds something."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.backends import RightsBackend
from core.accounts.rights import Allowed, Denied
from funding.models import BearerContact, Funder, FundingLine, Programme
from members.backends import positions_of
from members.enums import ACTING_ROLES
from members.models import Position

NOT_A_FUNDER = Denied(
    _("Your organisation funds no initiative on this portal."),
    _("Ask the animators to enter it among the funders."),
    weight=1,
)


def funding_positions(user: Any) -> list[Position]:
    """Positions of `user` today at organisations that fund, those that may act first."""
    memory = rights.memory(user)
    if "funding_positions" not in memory:
        found = [position for position in positions_of(user) if position.funds]
        memory["funding_positions"] = sorted(found, key=lambda position: position.role not in ACTING_ROLES)
    return memory["funding_positions"]


def funds() -> Combinable:
    """Of a row of Position: whether its organisation funds."""
    organisation = OuterRef("organisation")
    marked = Exists(Funder.objects.filter(organisation=organisation))
    # Whose is the next funding in the order of the funders: one step in an index, where a plain "is there one" may
    # read every funding of the others to find none.
    following = FundingLine.objects.filter(funder__gte=organisation).order_by("funder_id").values("funder_id")[:1]
    return marked | Q(Exact(F("organisation"), Subquery(following)))


def acting_funders(user: Any) -> frozenset[int]:
    """Primary keys of the organisations for which `user` may write as a funder."""
    return frozenset(position.organisation_id for position in funding_positions(user) if position.role in ACTING_ROLES)


def led_programmes(user: Any) -> list[Programme]:
    """Programmes led by an organisation for which `user` may write."""
    memory = rights.memory(user)
    if "led_programmes" not in memory:
        acting = [position.organisation_id for position in positions_of(user) if position.role in ACTING_ROLES]
        memory["led_programmes"] = list(Programme.objects.filter(lead__in=acting)) if acting else []
    return memory["led_programmes"]


class FunderBackend(RightsBackend):
    role = "funder"

    def holder(self, user: Any) -> Allowed | Denied | None:
        positions = funding_positions(user)
        if positions:
            return Allowed(self.role, positions[0])
        return NOT_A_FUNDER if positions_of(user) else None


class ProjectLeadBackend(RightsBackend):
    """Who is asked for news of an initiative holds this role for it, without a place in any organisation."""

    role = "bearer"

    def holder(self, user: Any) -> Allowed | None:
        return Allowed(self.role) if borne_by(user) else None


def borne_by(user: Any) -> frozenset[int]:
    """Primary keys of the initiatives whose bearer `user` speaks for today."""
    memory = rights.memory(user)
    if "borne_initiatives" not in memory:
        rows = BearerContact.objects.running().filter(user=user).values_list("initiative_id", flat=True)
        memory["borne_initiatives"] = frozenset(rows)
    return memory["borne_initiatives"]
