"""How organisations and their people belong to the space: each tie with its period, and its dates as people know them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.periods import PeriodField, Periodic, no_overlap
from core.partial_dates import PartialDate, PartialDateField, day
from members.enums import PositionRole
from members.models.organisation import Organisation
from members.querysets import MembershipQuerySet, PositionQuerySet


class DatedPeriod(Periodic, models.Model):
    """A period that began and ended on dates which may be known to a month or a year only.

    Rights need days: they begin with the first day that `began_on` may be and end after the last that `ended_on` may
    be. Where either is empty, the day of the period itself is known.
    """

    period = PeriodField(_("period"))
    began_on = PartialDateField(_("since"), null=True, blank=True)
    ended_on = PartialDateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(Q(began_on=None) | Q(began_on__startswith=F("period__startswith")))
                & (Q(ended_on=None) | Q(ended_on__endswith=F("period__endswith"))),
                name="%(class)s_period_of_its_dates",
            )
        ]

    def set_dates(self, began_on: PartialDate, ended_on: PartialDate | None) -> None:
        """The period of these dates; an end before the beginning is told by `full_clean`."""
        self.began_on, self.ended_on = began_on, ended_on
        first, end = began_on.lower, ended_on and ended_on.upper
        self.period = DateRange(first, end) if end is None or first < end else DateRange(empty=True)

    @property
    def since(self) -> PartialDate:
        return self.began_on or day(self.period.lower)

    @property
    def until(self) -> PartialDate | None:
        """None while it runs on."""
        return self.ended_on or (day(self.last_day) if self.last_day else None)


@track
class Membership(DatedPeriod):
    """A period during which an organisation belongs to the space."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="memberships"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *DatedPeriod.Meta.constraints,
            no_overlap(
                "organisation",
                name="membership_no_overlap",
                message=_("This organisation is already a member during part of this period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.period}"


@track
class Position(DatedPeriod):
    """A person's place in an organisation for a period; rights follow from it and end with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="positions"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="positions"
    )
    role = models.CharField(_("role"), max_length=20, choices=PositionRole.choices)
    title = models.CharField(_("function"), max_length=120, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            *DatedPeriod.Meta.constraints,
            no_overlap(
                "user",
                "organisation",
                name="position_no_overlap",
                message=_("This person already holds a position in this organisation during part of this period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"
