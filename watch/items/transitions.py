"""How an entry of the watch moves from state to state: the one table of legal moves."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.transitions import Guard, Offer, Table, Text, Transition
from watch.enums import ItemMove, ItemState, Kind
from watch.models import WatchItem

SUBMIT, REVIEW = "watch.submit_item", "watch.review_item"

OVERTAKEN = _("This entry has moved on meanwhile.")
NO_ORIGIN = _("Say where this comes from: a source, a link or a document.")
NO_CONTENT = _("Say what it is about: in one sentence, or in the description.")
NO_REASON = _("Say why.")
STILL_CLOSED = _("Its day of closing is over: change it first.")


def has_origin(item: WatchItem, now: dt.datetime, reason: str) -> Text | None:
    """What others are to rely on can be looked up; a lesson was learnt by who tells it."""
    named = item.source or item.link or item.file_id
    return None if named or item.kind == Kind.LESSON else NO_ORIGIN


def has_content(item: WatchItem, now: dt.datetime, reason: str) -> Text | None:
    return None if item.summary or item.body else NO_CONTENT


def needs_reason(item: WatchItem, now: dt.datetime, reason: str) -> Text | None:
    return None if reason.strip() else NO_REASON


def is_open_again(item: WatchItem, now: dt.datetime, reason: str) -> Text | None:
    over = item.closes_on is not None and item.closes_on.upper <= today(now)
    return STILL_CLOSED if over else None


_S, _M = ItemState, ItemMove
COMPLETE: tuple[Guard, ...] = (has_origin, has_content)


def _with_reason(
    sources: tuple[ItemState, ...], target: ItemState, consequence: Text, clears: tuple[str, ...] = ()
) -> Transition:
    return Transition(
        sources,
        target,
        guards=(needs_reason,),
        permission=REVIEW,
        clears=clears,
        asks_reason=True,
        consequence=consequence,
    )


TABLE: Table[ItemMove] = Table(
    {
        _M.SUBMIT: Transition(
            (_S.DRAFT,),
            _S.TO_REVIEW,
            guards=COMPLETE,
            permission=SUBMIT,
            clears=("answer",),
            consequence=_("The animators read it, may correct it, and publish it or tell you why not."),
        ),
        _M.PUBLISH: Transition(
            (_S.DRAFT, _S.TO_REVIEW),
            _S.PUBLISHED,
            guards=COMPLETE,
            permission=REVIEW,
            clears=("answer",),
            consequence=_("All members read it; its contributor is told."),
        ),
        _M.TAKE_BACK: Transition(
            (_S.TO_REVIEW,),
            _S.DRAFT,
            permission=SUBMIT,
            clears=("submitted_at",),
            consequence=_("It is a draft again, which you can change."),
        ),
        _M.RETURN: _with_reason(
            (_S.TO_REVIEW,), _S.DRAFT, _("It is a draft of its contributor again, who is told why."), ("submitted_at",)
        ),
        _M.REFUSE: _with_reason((_S.TO_REVIEW,), _S.REFUSED, _("It is not published; its contributor is told why.")),
        _M.EXPIRE: Transition(
            (_S.PUBLISHED,),
            _S.EXPIRED,
            permission=REVIEW,
            consequence=_("It stays in the watch, marked as ended."),
        ),
        _M.REOPEN: Transition(
            (_S.EXPIRED,),
            _S.PUBLISHED,
            guards=(is_open_again,),
            permission=REVIEW,
            clears=("expired_at",),
            consequence=_("It is no longer marked as ended."),
        ),
        _M.WITHDRAW: _with_reason(
            (_S.PUBLISHED, _S.EXPIRED),
            _S.TO_REVIEW,
            _("Members no longer read it until it is published again; its contributor is told why."),
            ("published_at", "expired_at"),
        ),
    },
    overtaken=OVERTAKEN,
    state_of=lambda item, now: ItemState(item.state),
)


def offers(item: WatchItem, now: dt.datetime) -> list[Offer[ItemMove]]:
    """The moves from here, in the order of the table."""
    return TABLE.offers(item, now)
