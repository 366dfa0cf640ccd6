"""Reads of this app; every list has one `for_list` that holds all its prefetching."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject, TruncDate

from core.db.periods import PeriodQuerySet
from core.facts import Facts
from members.enums import ACTING_ROLES

if TYPE_CHECKING:
    from core.accounts.models import User

POSITION = Facts()  # of the positions that a person holds today


class OrganisationQuerySet(models.QuerySet):
    def with_flags(self, day: dt.date) -> OrganisationQuerySet:
        """Adds `is_member` and `runs_scheme` (on `day`), `joined_on` and `first_began_on` (of the first membership)."""
        from members.models import EngineeringScheme, Membership

        first = Membership.objects.filter(organisation=OuterRef("pk")).order_by("period")
        return self.annotate(
            joined_on=Subquery(first.values("period__startswith")[:1]),
            first_began_on=Subquery(first.values("began_on")[:1]),
            is_member=Exists(Membership.objects.on(day).filter(organisation=OuterRef("pk"))),
            runs_scheme=Exists(EngineeringScheme.objects.running(day).filter(organisation=OuterRef("pk"))),
        )

    def members_on(self, day: dt.date) -> OrganisationQuerySet:
        return self.with_flags(day).filter(is_member=True)

    def matching(self, text: str) -> OrganisationQuerySet:
        """Organisations whose name, short name, presentation or competences hold every word of `text`, accents ignored."""
        query, competent = self, self.model.competences.through.objects.all()
        for word in text.split():
            query = query.filter(
                Q(name__unaccent__icontains=word)
                | Q(short_name__unaccent__icontains=word)
                | Q(summary__unaccent__icontains=word)
                | Q(pk__in=competent.filter(competence__name__unaccent__icontains=word).values("organisation"))
            )
        return query

    def for_list(self, day: dt.date) -> OrganisationQuerySet:
        from members.models import EngineeringScheme

        running = Prefetch("schemes", EngineeringScheme.objects.running(day))
        return self.with_flags(day).prefetch_related("regions", "competences", running).order_by("name", "pk")

    def for_page(self, day: dt.date) -> OrganisationQuerySet:
        """One organisation with its schemes and positions; its memberships as `periods`, `begins` and `ends`, the newest
        last; `territories` as code and name."""
        from members.models import Membership, Organisation, Position

        here = OuterRef("pk")
        memberships = Membership.objects.filter(organisation=here).order_by("period")
        acts_in = Organisation.regions.through.objects.filter(organisation=here)
        names = JSONObject(code="region__code", name="region__name")
        return (
            self.with_flags(day)
            .annotate(
                periods=ArraySubquery(memberships.values("period")),
                begins=ArraySubquery(memberships.values("began_on")),
                ends=ArraySubquery(memberships.values("ended_on")),
                territories=ArraySubquery(acts_in.order_by("region__is_overseas", "region").values(as_json=names)),
            )
            .select_related("logo")
            .prefetch_related(
                "schemes",
                "competences",
                Prefetch(
                    "positions", Position.objects.select_related("user").order_by("role", "user__last_name", "pk")
                ),
            )
        )


class OrganisationManager(models.Manager.from_queryset(OrganisationQuerySet)):
    """Organisations as everybody means them: without the doubles that were merged into another one."""

    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().filter(merged_into=None)


class EngineeringSchemeQuerySet(models.QuerySet):
    def running(self, day: dt.date | TruncDate) -> EngineeringSchemeQuerySet:
        """Schemes that had not ended on `day`; one that ended in a month runs to its last day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__endswith__gt=day))


class MembershipQuerySet(PeriodQuerySet):
    pass


class PositionQuerySet(PeriodQuerySet):
    def acting(self) -> PositionQuerySet:
        """Representatives and substitutes: those who speak for their organisation."""
        return self.filter(role__in=ACTING_ROLES)

    def held_by(self, user: User, now: dt.datetime) -> PositionQuerySet:
        """Positions of `user` today with their organisation and whether it `is_member` today, representatives first.

        With them comes what higher apps want to know of each (`POSITION`).
        """
        from members.models import Membership

        membership = Membership.objects.running(now).filter(organisation=OuterRef("organisation"))
        return (
            self.running(now)
            .filter(user=user)
            .select_related("organisation")
            .annotate(is_member=Exists(membership), **POSITION.expressions())
            .order_by("role", "pk")
        )


class InvitationQuerySet(models.QuerySet):
    def open(self) -> InvitationQuerySet:
        """Neither used nor ended by somebody; the time of some may be over."""
        return self.filter(accepted_at=None, ended_at=None)


class SavedViewQuerySet(models.QuerySet):
    def offered_to(self, user: Any, organisations: Iterable[int]) -> SavedViewQuerySet:
        """The person's own views, and those shared within his or her organisations."""
        return (
            self.filter(Q(owner=user) | Q(shared_with__in=organisations))
            .select_related("owner", "shared_with")
            .order_by("name", "pk")
        )

    def with_alert(self) -> SavedViewQuerySet:
        """Those whose owner is told of what is new."""
        return self.exclude(alert="").filter(owner__is_active=True).order_by("pk")
