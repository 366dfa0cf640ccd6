"""Answers about the animation of the space that pages of other apps ask for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from core.db.periods import today
from core.partial_dates import PartialDate, day
from governance.models import LegalIdentity, Mandate


def legal_identity(now: dt.datetime) -> LegalIdentity | None:
    """What the legal pages say: the identity of the organisation that animates; None until it supplied one."""
    return LegalIdentity.objects.shown(now).select_related("organisation").first()


@dataclass(frozen=True)
class Notice:
    """What the legal pages said during one period. `since` and `until` are as precise as they are known."""

    identity: LegalIdentity
    since: PartialDate | None
    until: PartialDate | None


def legal_notices(now: dt.datetime) -> list[Notice]:
    """Every legal notice that was in force, newest first; two queries.

    A notice begins with its mandate, whose date may be a month only, or on the day it was changed during one.
    """
    identities: dict[int, list[LegalIdentity]] = defaultdict(list)
    for identity in LegalIdentity.objects.order_by("-period").select_related("organisation"):
        identities[identity.organisation_id].append(identity)
    found = []
    started = [row for row in Mandate.objects.with_end().order_by("starts_at") if row.starts_at <= now]
    for mandate in reversed(started):
        begins, ends = today(mandate.starts_at), mandate.ends_at and today(mandate.ends_at)
        over = ends is not None and mandate.ends_at <= now
        for identity in identities[mandate.organisation_id]:
            lower, upper = identity.period.lower, identity.period.upper
            if (upper is not None and upper <= begins) or lower > today(now) or (ends is not None and lower > ends):
                continue
            changed = upper is not None and upper <= today(now) and (ends is None or upper < ends)
            until = day(upper) if changed else mandate.ended_on if over else None
            found.append(Notice(identity, day(lower) if lower > begins else mandate.started_on, until))
    return found
