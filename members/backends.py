"""Members are the people in position today at an organisation that is a member today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.backends import RightsBackend
from core.accounts.rights import Allowed, Denied
from members.models import Position

if TYPE_CHECKING:
    from core.accounts.models import User

NO_MEMBERSHIP = Denied(
    _("Your organisation is not a member of the space today."),
    _("Ask the animators of the space about its membership."),
    weight=1,
)


def positions_of(user: User) -> list[Position]:
    """Positions of `user` today with `is_member` (of their organisation), remembered for this request."""
    memory = rights.memory(user)
    if "positions" not in memory:
        memory["positions"] = list(Position.objects.held_by(user, timezone.now()))
    return memory["positions"]


class MemberBackend(RightsBackend):
    role = "member"

    def holder(self, user: Any) -> Allowed | Denied | None:
        positions = positions_of(user)
        for position in positions:
            if position.is_member:
                return Allowed(self.role, position)
        return NO_MEMBERSHIP if positions else None
