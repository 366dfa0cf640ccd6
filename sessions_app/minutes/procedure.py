"""How a version came to be published, in words: printed on it, and shown above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _, gettext_noop, ngettext

from core.partial_dates.text import full_day
from sessions_app.enums import Procedure


def in_words(version: Mapping[str, Any]) -> str:
    """Of the `version` of a snapshot. Versions older than the review's day in them say it without the day."""
    procedure, until = Procedure(version["procedure"]), version.get("reviewed_until")
    if until and procedure in _WITH_A_DAY:
        return _(_WITH_A_DAY[procedure]) % {"date": full_day(dt.date.fromisoformat(until))}
    return str(procedure.label)


def review_in_words(version: Mapping[str, Any]) -> str:
    """Of the `version` of a snapshot what was asked in its review; "" without one, or where it does not say."""
    review, until = version.get("review"), version.get("reviewed_until")
    if not review or not until:
        return ""
    values = {
        "first": full_day(dt.date.fromisoformat(review["opened_on"])),
        "last": full_day(dt.date.fromisoformat(until)),
    }
    if not review["requests"]:
        return _("Review from %(first)s to %(last)s: no request.") % values
    asked = ngettext("%(count)d request", "%(count)d requests", review["requests"]) % {"count": review["requests"]}
    accepted = ngettext("%(count)d accepted", "%(count)d accepted", review["accepted"]) % {"count": review["accepted"]}
    return _("Review from %(first)s to %(last)s: %(asked)s, %(accepted)s.") % {
        **values,
        "asked": asked,
        "accepted": accepted,
    }


_WITH_A_DAY = {
    Procedure.ADOPTED: gettext_noop("deemed adopted without remark on %(date)s"),
    Procedure.REVIEWED: gettext_noop("deemed adopted on %(date)s, every request having been answered"),
}
