"""Reads of this app; what somebody sees is said by `watch.visibility.Visibility`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, When

from watch.enums import OUT, CorrectionState, ItemState, Kind, LinkState

if TYPE_CHECKING:
    from core.accounts.models import User
    from watch.visibility import Visibility


class WatchItemQuerySet(models.QuerySet):
    def out(self) -> WatchItemQuerySet:
        """What members read: published, ended or not."""
        return self.filter(state__in=OUT)

    def public(self) -> WatchItemQuerySet:
        """What everybody may read as open data."""
        return self.out().filter(is_public=True)

    def seen_by(self, visibility: Visibility) -> WatchItemQuerySet:
        return self.filter(visibility.items())

    def contributed_by(self, visibility: Visibility) -> WatchItemQuerySet:
        """In the reader's own name, or in that of an organisation for which he or she acts."""
        return self.filter(visibility.own())

    def to_review(self) -> WatchItemQuerySet:
        """What waits for the animators, the longest waiting first."""
        return self.filter(state=ItemState.TO_REVIEW).order_by("submitted_at", "pk")

    def closed_before(self, day: dt.date) -> WatchItemQuerySet:
        """Published support schemes whose last day of closing, as far as it is known, lies before `day`."""
        return self.filter(kind=Kind.SCHEME, state=ItemState.PUBLISHED, closes_on__fully_lt=(day, None))

    def with_link_due(self, now: dt.datetime) -> WatchItemQuerySet:
        """What is out and has a link that was never looked at, as it is now, or not for long; the longest waiting first."""
        new = Q(link_check=None) | ~Q(link_check__link=F("link"))
        due = self.out().exclude(link="").filter(new | Q(link_check__next_at__lte=now))
        return due.order_by(F("link_check__next_at").asc(nulls_first=True), "pk")

    def matching(self, text: str) -> WatchItemQuerySet:
        """Entries whose words hold every word of `text`, accents ignored."""
        query = self
        for word in text.split():
            query = query.filter(
                Q(title__unaccent__icontains=word)
                | Q(summary__unaccent__icontains=word)
                | Q(body__unaccent__icontains=word)
                | Q(author__unaccent__icontains=word)
                | Q(financers__unaccent__icontains=word)
            )
        return query

    def for_list(self) -> WatchItemQuerySet:
        return self.select_related("session", "cycle", "initiative", "organisation").prefetch_related("regions")

    def for_page(self) -> WatchItemQuerySet:
        return self.for_list().select_related("file", "contributor", "link_check").prefetch_related("competences")


class LinkCheckQuerySet(models.QuerySet):
    def of_entries(self, visibility: Visibility) -> LinkCheckQuerySet:
        """Of entries that are out, as their link is now: all for who checks, else the reader's own."""
        from watch.models import WatchItem

        found = self.filter(item__state__in=OUT, link=F("item__link"))
        return found if visibility.checks else found.filter(item__in=WatchItem.objects.contributed_by(visibility))

    def dead(self) -> LinkCheckQuerySet:
        return self.filter(state__in=[LinkState.GONE, LinkState.UNREACHABLE])

    def to_mend(self) -> LinkCheckQuerySet:
        """What does not answer, the longest first, then what leads elsewhere."""
        wrong = [LinkState.GONE, LinkState.UNREACHABLE, LinkState.MOVED, LinkState.NOT_ASKED]
        return self.filter(state__in=wrong).order_by(F("failing_since").asc(nulls_last=True), "pk")


class CorrectionQuerySet(models.QuerySet):
    def waiting(self) -> CorrectionQuerySet:
        return self.filter(state=CorrectionState.OPEN)

    def of_reader(self, user: User, visibility: Visibility) -> CorrectionQuerySet:
        """All for who checks the watch, else the reader's own."""
        return self if visibility.checks else self.filter(proposed_by=user)

    def for_list(self) -> CorrectionQuerySet:
        """What waits first, the longest at the head; then what was answered last."""
        waits = Case(When(state=CorrectionState.OPEN, then=0), default=1)
        return self.select_related("item", "proposed_by").order_by(waits, F("answered_at").desc(), "proposed_at", "pk")
