"""What publishing minutes brings about, told before on every page that publishes: straight away, adopted or approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.db.periods import today
from members.people import member_people
from sessions_app.minutes.gaps import Gaps, gaps
from sessions_app.minutes.publication import documents_of
from sessions_app.minutes.snapshot import Json, build_draft
from sessions_app.minutes.standing import Document
from sessions_app.models import Minutes, MinutesVersion, Session

if TYPE_CHECKING:
    from core.accounts.models import User


@dataclass(frozen=True)
class Consequences:
    number: int  # of the version to come
    is_public: bool  # everybody reads it at once
    told: int  # people
    withdrawn: list[Document]  # what stays closed
    gaps: Gaps


def of_publishing(session: Session, *, by: User, now: dt.datetime, content: Json | None = None) -> Consequences:
    """`content` is the draft of the snapshot, where it was made already."""
    documents = documents_of(session)
    versions = [each.number for each in documents if isinstance(each, MinutesVersion)]
    return Consequences(
        number=max(versions, default=0) + 1,
        is_public=Minutes.objects.filter(session=session, public_since__isnull=False).exists(),
        told=sum(person.pk != by.pk for person in member_people(now)),
        withdrawn=[each for each in documents if each.standing.is_withdrawn],
        gaps=gaps(content or build_draft(session, on=today(now))),
    )
