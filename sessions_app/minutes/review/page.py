"""What the page of a review shows to one reader: the items he or she may read, and what was asked on each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery

from core.db.periods import today
from core.search.mentions import links_for
from sessions_app.enums import MinutesState, Outcome, RequestState
from sessions_app.minutes import snapshot
from sessions_app.minutes.page import ReadMinutes, read
from sessions_app.minutes.review.reviewers import Reviewers, review_of, reviewers
from sessions_app.minutes.review.shown import PARTS, changed_parts
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
    parts: ReadMinutes | None  # decisions, actions, attendance, materials, for who reads the whole
    changed: list[Any]  # what is no longer as the reviewers were shown, for the animators
    amends: bool  # a version is in force already: the next one says what it changes
    is_over: bool  # it led to a version, or was stopped: what was asked and answered stays
    accepted: int
    shows_text: bool  # a text that was taken back to the desk is not shown

    @property
    def last_day(self) -> dt.date:
        return self.circulation.last_day

    @property
    def may_adopt(self) -> bool:
        return not (self.is_open or self.waiting or self.changed) and self.circulation.ended_at is None

    @property
    def requests(self) -> int:
        return sum(len(line.requests) for line in self.items)


def current(session: Session) -> Circulation | None:
    """The review under way, also when it waits for the approval of the following session; else None."""
    if not Minutes.objects.filter(session=session, state=MinutesState.CIRCULATED).exists():
        return None
    return review_of(session)


def _text_before() -> Subquery:
    """Of an accepted request, the text that the accepted one replaced: the very save before, not an older one."""
    replaced = MinutesRevision.objects.filter(
        entry=OuterRef("revision__entry"), number=OuterRef("revision__number") - 1
    )
    return Subquery(replaced.values("body"))


def review(
    circulation: Circulation, user: Any, *, animates: bool, now: dt.datetime, content: snapshot.Json | None = None
) -> Review:
    """The page for `user`, in a bounded number of queries; `content` is the draft of the snapshot, where it was made."""
    session = circulation.session
    is_over = circulation.version_id is not None or circulation.outcome == Outcome.STOPPED
    everything = animates or circulation.version_id is not None
    mine = Reviewers([], []) if everything else reviewers(user, session)
    requests: dict[int, list[AmendmentRequest]] = {}
    for request in circulation.requests.select_related("organisation", "answered_by", "revision").annotate(
        text_before=_text_before()
    ):
        requests.setdefault(request.item_id, []).append(request)
    is_open = circulation.ended_at is None and now < circulation.closes_at
    items = list(AgendaItem.objects.filter(session=session).select_related("entry"))
    shown = []
    for number, item in enumerate(items, start=1):
        asked = requests.get(item.pk, [])
        reads = everything or mine.reads(item.pk)
        if not reads:  # who asked reads the answer, also once he or she no longer acts for the organisation
            asked = [request for request in asked if request.author_id == user.pk]
        if asked or (reads and not is_over):
            entry = getattr(item, "entry", None)
            html = entry.body if entry and reads and not is_over else ""
            shown.append(ReviewItem(number, item, html, asked, is_open and reads))
    texts = links_for(user, [line.html for line in shown])
    shown = [replace(line, html=html) for line, html in zip(shown, texts, strict=True)]
    sees_parts = not is_over and (everything or mine.whole)
    if sees_parts:
        content = content or snapshot.build_draft(session, on=today(now))
    every = [request for line in shown for request in line.requests]
    return Review(
        circulation=circulation,
        items=shown,
        hidden=0 if is_over else len(items) - len(shown),
        is_open=is_open,
        animates=animates,
        waiting=sum(request.state == RequestState.OPEN for request in every),
        parts=read(content) if content and sees_parts else None,
        changed=[PARTS[part] for part in changed_parts(circulation, now, content=content)]
        if animates and not is_over
        else [],
        amends=MinutesVersion.objects.filter(session=session).exists(),
        is_over=is_over,
        accepted=sum(request.state == RequestState.ACCEPTED for request in every),
        shows_text=circulation.version_id is not None or not is_over,
    )
