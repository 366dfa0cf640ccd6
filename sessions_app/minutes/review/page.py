"""What the page of a review shows to one reader: the items he or she may read, and what was asked on each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from sessions_app.enums import MinutesState, RequestState
from sessions_app.minutes.review.reviewers import Reviewers, reviewers
from sessions_app.models import (
    AgendaItem,
    AmendmentRequest,
    Circulation,
    Minutes,
    MinutesRevision,
    MinutesVersion,
    Session,
)


@dataclass(frozen=True)
class ReviewItem:
    number: int
    item: AgendaItem
    html: str
    requests: list[AmendmentRequest]
    may_ask: bool


@dataclass(frozen=True)
class Review:
    circulation: Circulation
    items: list[ReviewItem]
    hidden: int  # items that do not concern the reader
    is_open: bool  # requests are taken
    animates: bool
    waiting: int  # requests without an answer
    amends: bool  # a version is in force already: the next one says what it changes

    @property
    def last_day(self) -> dt.date:
        return self.circulation.last_day

    @property
    def may_adopt(self) -> bool:
        return not self.is_open and not self.waiting and self.circulation.ended_at is None


def current(session: Session) -> Circulation | None:
    """The review under way, also when it waits for the approval of the following session; else None."""
    if not Minutes.objects.filter(session=session, state=MinutesState.CIRCULATED).exists():
        return None
    rows = Circulation.objects.filter(session=session).select_related("approval_item__session", "session")
    return rows.order_by("-opened_at", "-pk").first()


def _text_before() -> Subquery:
    """Of an accepted request, the text that the accepted one replaced."""
    earlier = MinutesRevision.objects.filter(
        entry=OuterRef("revision__entry"), number__lt=OuterRef("revision__number")
    ).order_by("-number")
    return Subquery(earlier.values("body")[:1])


def review(circulation: Circulation, user: Any, *, animates: bool, now: dt.datetime) -> Review:
    """The page for `user`, in at most six queries."""
    session = circulation.session
    mine = Reviewers([], []) if animates else reviewers(user, session)
    requests: dict[int, list[AmendmentRequest]] = {}
    for request in circulation.requests.select_related("organisation", "answered_by", "revision").annotate(
        text_before=_text_before()
    ):
        requests.setdefault(request.item_id, []).append(request)
    is_open = circulation.ended_at is None and now < circulation.closes_at
    items = list(AgendaItem.objects.filter(session=session).select_related("entry"))
    shown = []
    for number, item in enumerate(items, start=1):
        if animates or mine.reads(item.pk):
            entry = getattr(item, "entry", None)
            shown.append(ReviewItem(number, item, entry.body if entry else "", requests.get(item.pk, []), is_open))
    every = [request for rows in requests.values() for request in rows]
    return Review(
        circulation=circulation,
        items=shown,
        hidden=len(items) - len(shown),
        is_open=is_open,
        animates=animates,
        waiting=sum(request.state == RequestState.OPEN for request in every),
        amends=MinutesVersion.objects.filter(session=session).exists(),
    )
