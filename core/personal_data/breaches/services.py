"""Writing a breach down, and changing what is known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db.periods import today
from core.personal_data.models import Breach, Risk

if TYPE_CHECKING:
    from core.accounts.models import User

MAY = "personal_data.manage"
FIELDS = (
    "title",
    "discovered_at",
    "happened",
    "confidentiality",
    "integrity",
    "availability",
    "nature",
    "people_concerned",
    "people_count",
    "data_concerned",
    "records_count",
    "consequences",
    "measures",
    "risk",
    "notified_at",
    "notified_number",
    "why_late",
    "why_not_notified",
    "people_told_on",
    "why_people_not_told",
)
AHEAD = _("This moment is still ahead.")


@transaction.atomic
def record(*, values: Mapping[str, Any], by: User, now: dt.datetime) -> Breach:
    """`values` by the names of `FIELDS`. Raises `PermissionRefused`, `ValidationError`."""
    rights.check_for_writing(by, MAY)
    return _written(Breach(recorded_at=now, recorded_by=by), values, now)


@transaction.atomic
def change(*, breach: Breach, values: Mapping[str, Any], by: User, now: dt.datetime) -> Breach:
    """As `record`; what it said before stays in the audit."""
    rights.check_for_writing(by, MAY)
    return _written(Breach.objects.select_for_update(of=("self",)).get(pk=breach.pk), values, now)


def _written(breach: Breach, values: Mapping[str, Any], now: dt.datetime) -> Breach:
    for name in FIELDS:
        setattr(breach, name, values[name])
    ahead = [name for name in ("discovered_at", "notified_at") if values[name] and values[name] > now]
    if values["people_told_on"] and values["people_told_on"] > today(now):
        ahead.append("people_told_on")
    if ahead:
        raise ValidationError(dict.fromkeys(ahead, AHEAD))
    breach.full_clean()
    breach.save()
    return breach


def register_of_breaches() -> QuerySet[Breach]:
    """The latest first."""
    return Breach.objects.select_related("recorded_by").order_by("-discovered_at", "-pk")


def waiting() -> QuerySet[Breach]:
    """Those that the CNIL or the people still have to be told of, the oldest first."""
    cnil = Q(notified_at=None) & ~Q(risk=Risk.NONE)
    people = Q(risk=Risk.HIGH, people_told_on=None, why_people_not_told="")
    return Breach.objects.filter(cnil | people).order_by("discovered_at", "pk")
