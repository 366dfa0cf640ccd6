"""Reads of this app. The running mandate is the last that has started: no end is ever stored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import Lead

if TYPE_CHECKING:
    from governance.models import Mandate
    from members.models import Organisation

from core.db.periods import PeriodQuerySet
from governance.enums import OPEN_STATES, ConsultationState, HandoverState, MandateKind


class MandateQuerySet(models.QuerySet):
    def started(self, now: dt.datetime) -> MandateQuerySet:
        return self.filter(starts_at__lte=now).order_by("-starts_at")

    def running(self, now: dt.datetime) -> Mandate | None:
        """The mandate that runs at `now`, or None before the first one."""
        return self.started(now).select_related("organisation").first()

    def coming(self, now: dt.datetime) -> MandateQuerySet:
        """Mandates that wait for their moment; there is at most one."""
        return self.filter(starts_at__gt=now).order_by("starts_at")

    def organisation_at(self, moment: dt.datetime) -> Organisation | None:
        """The organisation that held the animation at `moment`, or None."""
        mandate = self.running(moment)
        return mandate and mandate.organisation

    def with_end(self) -> MandateQuerySet:
        """Adds `ends_at` and `ended_on` (partial date), both read from the next mandate's start."""
        following = {"order_by": F("starts_at").asc()}
        return self.annotate(
            ends_at=Window(Lead("starts_at"), **following), ended_on=Window(Lead("started_on"), **following)
        )

    def for_list(self) -> MandateQuerySet:
        return self.with_end().select_related("organisation", "handover").order_by("starts_at")


class HandoverQuerySet(models.QuerySet):
    def open(self) -> HandoverQuerySet:
        """Not ended and not yet recorded as effective; includes one whose moment has just come."""
        return self.filter(state__in=OPEN_STATES)

    def due(self, now: dt.datetime) -> HandoverQuerySet:
        """Scheduled handovers whose moment has come and whose effect is still to be told."""
        return self.filter(state=HandoverState.SCHEDULED, incoming__starts_at__lte=now)

    def effective(self) -> HandoverQuerySet:
        return self.filter(state=HandoverState.EFFECTIVE)

    def visible(self, *, to_holder: Organisation | None = None) -> HandoverQuerySet:
        """Those that were ever shown: proposed, or asked for as an interim; `to_holder` its own drafts as well.

        A draft that was withdrawn before it was proposed stays what it was, for good.
        """
        shown = Q(proposed_at__isnull=False) | Q(kind=MandateKind.INTERIM)
        return self.filter(shown | Q(holder=to_holder) if to_holder is not None else shown)

    def with_names(self) -> HandoverQuerySet:
        return self.select_related(
            "holder", "receiver", "outgoing", "incoming", "validation_session", "validation_consultation"
        )

    def for_list(self) -> HandoverQuerySet:
        return self.with_names().order_by("-created_at", "-pk")

    def for_page(self) -> HandoverQuerySet:
        from governance.models import HandoverDocument, HandoverStep, InterimRequest

        return self.with_names().prefetch_related(
            Prefetch("steps", HandoverStep.objects.select_related("by", "organisation")),
            Prefetch("documents", HandoverDocument.objects.select_related("file")),
            Prefetch("requests", InterimRequest.objects.select_related("organisation", "by")),
            "consultations",
        )


class LegalIdentityQuerySet(PeriodQuerySet):
    def shown(self, now: dt.datetime) -> LegalIdentityQuerySet:
        """That of the organisation whose mandate runs at `now`: none or one."""
        from governance.models import Mandate

        running = Mandate.objects.started(now).values("organisation")[:1]
        return self.running(now).filter(organisation=models.Subquery(running))


class RescuedFormQuerySet(models.QuerySet):
    def waiting(self) -> RescuedFormQuerySet:
        """Not yet read by an animator."""
        return self.filter(closed_at__isnull=True)

    def for_list(self) -> RescuedFormQuerySet:
        return self.select_related("author", "organisation").prefetch_related("files__file").order_by("-left_at", "-pk")


class ResponsibilityQuerySet(models.QuerySet):
    def for_list(self) -> ResponsibilityQuerySet:
        return self.select_related("organisation").order_by("has_ended", "since", "pk")


class ConsultationQuerySet(models.QuerySet):
    def visible(self, *, drafts: bool) -> ConsultationQuerySet:
        """Without `drafts` those that were ever open: one called off in preparation stays what it was."""
        return self if drafts else self.filter(opened_at__isnull=False)

    def to_open(self, now: dt.datetime) -> ConsultationQuerySet:
        return self.filter(state=ConsultationState.DRAFT, opens_at__lte=now)

    def to_close(self, now: dt.datetime) -> ConsultationQuerySet:
        return self.filter(state=ConsultationState.OPEN, closes_at__lte=now)

    def taking_ballots(self, now: dt.datetime) -> ConsultationQuerySet:
        return self.filter(state=ConsultationState.OPEN).exclude(closes_at__lte=now)

    def for_list(self) -> ConsultationQuerySet:
        return self.select_related("session", "handover__receiver").order_by("-created_at", "-pk")

    def for_page(self) -> ConsultationQuerySet:
        from governance.models import ConsultationDocument

        return self.select_related("session", "handover__holder", "handover__receiver").prefetch_related(
            Prefetch("documents", ConsultationDocument.objects.select_related("file"))
        )
