"""Studies of needs and initiatives whose competences no member offers where they are needed."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Value, When

from funding.enums import Stage
from funding.models import Initiative
from members.matching import unmatched
from watch.enums import ItemState, Kind
from watch.models import WatchItem

OVER = (Stage.COMPLETED, Stage.CAPITALISED, Stage.DROPPED)


def unmatched_studies(day: dt.date) -> QuerySet[WatchItem]:
    """Published ones, the longest waiting first."""
    rows = WatchItem.objects.filter(kind=Kind.NEEDS_STUDY, state=ItemState.PUBLISHED)
    named = WatchItem.regions.through.objects.filter(watchitem=OuterRef("pk"), watchitem__is_national=False)
    return unmatched(rows, day=day, regions=ArraySubquery(named.values("region"))).order_by("published_at", "pk")


def unmatched_initiatives(day: dt.date) -> QuerySet[Initiative]:
    """Those that members see and that are not over, the longest waiting first."""
    rows = Initiative.objects.filter(draft_of=None).exclude(stage__in=OVER)
    nowhere = Value([], ArrayField(CharField(max_length=3)))
    asked = Case(When(is_national=True, then=nowhere), default=F("regions"))
    return unmatched(rows, day=day, regions=asked, without="bearer_id").order_by("created_at", "pk")
