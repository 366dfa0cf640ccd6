"""Who sees which entry of the watch: once as SQL for lists, once for a row that was read. A test proves that both agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core.accounts import rights
from members.backends import positions_of
from members.enums import ACTING_ROLES
from watch.enums import OUT, ItemState

if TYPE_CHECKING:
    from watch.models import WatchItem

NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Visibility:
    """`reads`: what is out. `person` and `organisations`: whose entries are the reader's own, in every state.
    `checks`: what was sent to the animators, too; never a draft of others."""

    reads: bool = False
    checks: bool = False
    person: int | None = None
    organisations: frozenset[int] = frozenset()

    def own(self) -> Q:
        if self.person is None:
            return NOTHING
        return Q(contributor=self.person) | Q(organisation__in=self.organisations)

    def items(self) -> Q:
        if not self.reads:
            return NOTHING
        if self.checks:
            return ~Q(state=ItemState.DRAFT) | self.own()
        return Q(state__in=OUT) | self.own()

    def owns(self, item: WatchItem) -> bool:
        mine = self.person is not None and item.contributor_id == self.person
        return mine or item.organisation_id in self.organisations

    def sees(self, item: WatchItem) -> bool:
        open_to_all = item.state != ItemState.DRAFT if self.checks else item.state in OUT
        return self.reads and (open_to_all or self.owns(item))


def own_visibility(user: Any) -> Visibility:
    """Whose entries are the reader's own; asks for no right, so that rights may ask it."""
    acting = frozenset(position.organisation_id for position in positions_of(user) if position.role in ACTING_ROLES)
    return Visibility(person=user.pk, organisations=acting)


def visibility_of(user: Any) -> Visibility:
    """What `user` sees at this moment, by the rights."""
    if not rights.allows(user, "watch.view_item"):
        return Visibility()
    if not rights.allows(user, "watch.contribute"):
        return Visibility(reads=True)
    own = own_visibility(user)
    checks = rights.allows(user, "watch.review_item")
    return Visibility(reads=True, checks=checks, person=own.person, organisations=own.organisations)
