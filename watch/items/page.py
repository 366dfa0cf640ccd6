"""What the page of one entry shows and offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core.accounts import rights
from core.db.periods import today
from members import matching
from members.matching import Match
from watch.enums import ItemMove, ItemState, Kind
from watch.items import transitions
from watch.items.forms import BODY
from watch.models import LinkCheck, WatchItem


@dataclass(frozen=True)
class ItemPage:
    item: WatchItem
    body_title: Any
    may_edit: bool
    may_remove: bool
    may_correct: bool  # who may not edit it proposes
    has_history: bool  # kept saves that the reader may see
    moves: list[ItemMove]  # those the reader may make; what stands in the way is told on the page of moves
    owns: bool
    wanted: list[Any]
    matches: list[Match]
    link_check: LinkCheck | None  # of the link as it is now

    @property
    def main_move(self) -> ItemMove | None:
        """What is usually done next, named on the button; None where an entry is out and nothing is expected."""
        return None if self.item.is_out else next(iter(self.moves), None)

    @property
    def answer_is_told(self) -> bool:
        """What the animators answered is for its contributor and for them."""
        return bool(self.item.answer) and not self.item.is_out


def page_of(item: WatchItem, user: Any, now: dt.datetime) -> ItemPage:
    """`item` comes from `for_page`."""
    wanted = list(item.competences.all()) if item.kind == Kind.NEEDS_STUDY else []
    is_kept = item.revisions.exists()
    owns = rights.allows(user, transitions.SUBMIT, item)
    may_edit = rights.allows(user, "watch.edit_item", item)
    moves = [
        offer.move for offer in transitions.offers(item, now) if rights.allows(user, offer.transition.permission, item)
    ]
    return ItemPage(
        item=item,
        body_title=BODY[Kind(item.kind)],
        may_edit=may_edit,
        may_correct=item.is_out and not may_edit and rights.allows(user, "watch.propose_correction", item),
        may_remove=owns and item.state == ItemState.DRAFT and not is_kept,
        has_history=is_kept and rights.allows(user, "watch.view_history", item),
        moves=moves,
        owns=owns,
        wanted=wanted,
        matches=_who_fits(item, wanted, now),
        link_check=_link_check(item),
    )


def _link_check(item: WatchItem) -> LinkCheck | None:
    found = getattr(item, "link_check", None)
    return found if found is not None and found.link == item.link else None


def _who_fits(item: WatchItem, wanted: list[Any], now: dt.datetime) -> list[Match]:
    """Members whose competences and territories answer the need."""
    if not wanted:
        return []
    regions = [] if item.is_national else [region.code for region in item.regions.all()]
    return matching.match(competences=wanted, regions=regions, sdgs=item.sdgs, day=today(now))
