"""Finding a date: candidate dates of a session in preparation, and what each organisation answered."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.partial_dates import Days, PartialDate, days
from sessions_app.date_polls.enums import Availability
from sessions_app.models.session import MOST_DAYS, Session


@track
class DatePoll(models.Model):
    """Asks the members when a session may be. It takes answers until `closes_at`, or until it is closed by hand."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="date_polls")
    note = models.TextField(_("word to the members"), max_length=1000, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    closes_at = models.DateTimeField(_("closes at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("search for a date")
        verbose_name_plural = _("searches for a date")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(closed_at=None),
                name="date_poll_one_open",
                violation_error_message=_("A search for a date of this session is open already."),
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="date_poll_closes_later"),
        ]

    def __str__(self) -> str:
        return str(self.session)

    def get_absolute_url(self) -> str:
        return reverse("sessions:dates", args=[self.session.number])

    @property
    def last_day(self) -> dt.date:
        """The last day on which answers are taken: pages say it instead of the midnight that ends it."""
        return timezone.localtime(self.closes_at - dt.timedelta(microseconds=1)).date()

    def is_open(self, now: dt.datetime) -> bool:
        """By the clock: a search is over when its time has come, even before anybody wrote that down."""
        return self.closed_at is None and now < self.closes_at


@track
class CandidateDate(models.Model):
    """One date that was proposed. `chosen_at` is set on the one that became the session's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    chosen_at = models.DateTimeField(_("chosen at"), null=True, blank=True)

    class Meta:
        verbose_name = _("candidate date")
        verbose_name_plural = _("candidate dates")
        ordering = ["starts_at", "ends_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "starts_at", "ends_at"],
                name="candidate_date_once",
                violation_error_message=_("This date is proposed already."),
            ),
            models.UniqueConstraint(
                fields=["poll"], condition=Q(chosen_at__isnull=False), name="candidate_date_one_chosen"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__lt=F("starts_at") + dt.timedelta(days=MOST_DAYS)),
                name="candidate_date_at_most_a_week",
                violation_error_message=_("A session takes at most seven days."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="candidate_date_ends_after_start",
                violation_error_message=_("A session ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.starts_at.isoformat()

    @property
    def lasts_days(self) -> bool:
        return isinstance(self.days, Days)

    @property
    def days(self) -> PartialDate:
        """The day or days, by the clock in Paris."""
        return days(*(timezone.localtime(moment).date() for moment in (self.starts_at, self.ends_at)))


@track
class DateAnswer(models.Model):
    """What one organisation answered for one date, and who said so last."""

    date = models.ForeignKey(CandidateDate, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="+"
    )
    availability = models.CharField(_("answer"), max_length=8, choices=Availability.choices)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("answer on a date")
        verbose_name_plural = _("answers on dates")
        ordering = ["date", "organisation", "pk"]
        constraints = [models.UniqueConstraint(fields=["date", "organisation"], name="date_answer_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_availability_display()}"
