"""Who is concerned by minutes under review: organisations recorded present, on everything; cited ones on their passage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import richtext
from core.accounts.rights import Denied
from core.notifications.models import Notification
from members.backends import positions_of
from members.enums import ACTING_ROLES
from members.models import Organisation
from sessions_app.enums import PRESENT, MinutesState, Presence
from sessions_app.models import AgendaItem, Attendance, Circulation, Minutes, Session

TOOK_PART = (*PRESENT, Presence.REPRESENTED)
SHORTEST_NAME = 4  # a shorter name stands in too many words to mean the organisation

NOT_UNDER_REVIEW = Denied(
    _("The minutes of this session are not under review."),
    _("They will be open to members once published."),
    weight=1,
)
NOT_CONCERNED = Denied(
    _("Only organisations that took part in the session, or are cited, review these minutes."),
    _("They will be open to members once published."),
    weight=2,
)
NOT_ON_THIS_ITEM = Denied(
    _("Your organisation neither took part in the session nor is cited in this item."),
    _("Write to the animators if you think it is."),
    weight=3,
)


@dataclass(frozen=True)
class Reviewers:
    """For whom a person may ask: organisations on every item, and others on the items that cite them."""

    whole: list[Organisation]
    cited: list[tuple[Organisation, frozenset[int]]]

    def __bool__(self) -> bool:
        return bool(self.whole or self.cited)

    def on(self, item_id: int) -> list[Organisation]:
        """The organisations for which one may ask something on the item of this key."""
        return [*self.whole, *(organisation for organisation, items in self.cited if item_id in items)]

    def reads(self, item_id: int) -> bool:
        return bool(self.on(item_id))


def reviewers(user: Any, session: Session) -> Reviewers:
    """What `user` may review of the minutes of `session`, by the positions of today; at most three queries."""
    mine = {p.organisation_id: p.organisation for p in positions_of(user) if p.role in ACTING_ROLES and p.is_member}
    if not mine:
        return Reviewers([], [])
    rows = Attendance.objects.filter(session=session, presence__in=TOOK_PART, organisation__in=mine)
    present = set(rows.values_list("organisation_id", flat=True))
    rest = [organisation for key, organisation in mine.items() if key not in present]
    cited: list[tuple[Organisation, frozenset[int]]] = []
    if rest:
        items = list(AgendaItem.objects.filter(session=session).select_related("entry").prefetch_related("speakers"))
        found = ((organisation, _citing(items, organisation)) for organisation in rest)
        cited = [(organisation, keys) for organisation, keys in found if keys]
    return Reviewers([mine[key] for key in present], cited)


def _citing(items: Iterable[AgendaItem], organisation: Organisation) -> frozenset[int]:
    return frozenset(item.pk for item in items if cites(item, organisation))


def cites(item: AgendaItem, organisation: Organisation) -> bool:
    """Whether the organisation speaks on the item or its name stands in the text."""
    if any(speaker.organisation_id == organisation.pk for speaker in item.speakers.all()):
        return True
    entry = getattr(item, "entry", None)
    text = richtext.to_text(entry.body).casefold() if entry else ""
    names = (organisation.name, organisation.short_name)
    return any(len(name) >= SHORTEST_NAME and name.casefold() in text for name in names)


def concerned(session: Session) -> Iterable[Organisation]:
    """All organisations that review: present, represented or cited."""
    items = list(AgendaItem.objects.filter(session=session).select_related("entry").prefetch_related("speakers"))
    present = set(
        Attendance.objects.filter(session=session, presence__in=TOOK_PART).values_list("organisation_id", flat=True)
    )
    return [
        organisation
        for organisation in Organisation.objects.all()
        if organisation.pk in present or any(cites(item, organisation) for item in items)
    ]


def under_review(session: Session) -> bool:
    """Asked of the database each time: services ask again inside their transaction."""
    return Minutes.objects.filter(session=session, state=MinutesState.CIRCULATED).exists()


def review_of(about: Session | Circulation | None) -> Circulation | None:
    """`about` where it is a review; of a session the one under way, else the last one that ended."""
    if about is None or isinstance(about, Circulation):
        return about
    rows = Circulation.objects.filter(session=about)
    rows = rows.select_related("session", "approval_item__session", "version__standing", "version__session")
    return rows.order_by("-opened_at", "-pk").first()


def may_review(user: Any, review: Circulation | None) -> Denied | None:
    """Of members: reads minutes under review, and what was asked and answered in one that was stopped.

    What became of a review that led to a version is read with that version (`sessions_app.permissions.reads_review`).
    """
    if review is None:
        return NOT_UNDER_REVIEW
    session = review.session
    if reviewers(user, session) or review.requests.filter(author=user).exists():
        return None
    # who was told of it is not shut out by a later text that no longer cites the organisation
    told = Notification.objects.filter(kind="sessions_app.review_opened", subject_id=session.public_id)
    return None if told.filter(recipient=user.pk).exists() else NOT_CONCERNED


def may_ask(user: Any, item: Any) -> Denied | None:
    """Rule for members: asks to change something on one item."""
    if not under_review(item.session):
        return NOT_UNDER_REVIEW
    return None if reviewers(user, item.session).reads(item.pk) else NOT_ON_THIS_ITEM


def reviewable(user: Any, about: Any) -> Denied | None:
    """Rule for animators, who read it anyway; of one review, or of a session."""
    return None if about is None or review_of(about) else NOT_UNDER_REVIEW


def asks_for_others(user: Any, item: Any) -> Denied | None:
    """Rule for animators, who write down requests that reached them elsewhere."""
    return None if under_review(item.session) else NOT_UNDER_REVIEW
