"""A cycle, its sessions, and the agenda of each."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.partial_dates import PartialDate, PartialDateField, days
from sessions_app.enums import VISIBLE_STATES, ItemKind, SessionFormat, SessionMode, SessionState
from sessions_app.querysets import COMING_FIRST, CycleQuerySet, SessionQuerySet

MOST_DAYS = 7


def _days_after(day: Combinable, number: int) -> ExpressionWrapper:
    return ExpressionWrapper(day + Value(number), output_field=models.DateField())


@track
class Cycle(models.Model):
    """A year of dialogue under one theme. `introduction` is a rich text."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2200)]
    )
    theme = models.CharField(_("theme"), max_length=160)
    introduction = models.TextField(_("introduction"), blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year} – {self.theme}"

    def get_absolute_url(self) -> str:
        return reverse("sessions:cycle", args=[self.year])


@track
class Session(models.Model):
    """One meeting of the space. `date` is as precise as it is known; `starts_at` needs an exact day.

    Of several days in a row `date` is the first and `ends_on` the last; `ends_at` is then on the last, and the days
    between begin at `next_days_at`, where that is known.
    `never_announced` holds from its preparation until the members are told: cancelled before, it stays unknown to them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(
        _("number"),
        unique=True,
        validators=[MinValueValidator(1)],
        error_messages={"unique": _("A session already bears this number.")},
    )
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name=_("cycle"), related_name="sessions")
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    date = PartialDateField(_("date"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    next_days_at = models.TimeField(_("following days begin at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    format = models.CharField(_("format"), max_length=20, choices=SessionFormat.choices, default=SessionFormat.PLENARY)
    mode = models.CharField(_("mode"), max_length=20, choices=SessionMode.choices, default=SessionMode.HYBRID)
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_link = models.URLField(_("video link"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=SessionState.choices, default=SessionState.DRAFT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    never_announced = models.BooleanField(_("never announced"), default=False, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [
            models.Index(fields=["cycle", "-number"], name="session_by_cycle"),
            models.Index(fields=["state", "-number"], name="session_by_state"),
            models.Index(*COMING_FIRST, "id", name="session_coming_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("A session ends after it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SessionState.CANCELLED) | ~Q(reason=""),
                name="session_cancelled_with_reason",
                violation_error_message=_("A cancelled session says why."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(
                    date__isnull=False,
                    date__endswith=_days_after(F("date__startswith"), 1),
                    ends_on__gt=F("date__startswith"),
                ),
                name="session_last_day_after_first",
                violation_error_message=_("The last day of a session comes after its first, which is an exact day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__lt=_days_after(F("date__startswith"), MOST_DAYS)),
                name="session_at_most_a_week",
                violation_error_message=_("A session takes at most seven days."),
            ),
            models.CheckConstraint(
                condition=Q(next_days_at__isnull=True) | Q(ends_on__isnull=False),
                name="session_next_days_of_several",
                violation_error_message=_("Only a session of several days has following days."),
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.DRAFT) | Q(date__isnull=False),
                name="session_beyond_draft_has_date",
                violation_error_message=_("Only a draft may be without a date."),
            ),
            models.CheckConstraint(
                condition=Q(never_announced=False) | Q(state__in=(SessionState.DRAFT, SessionState.CANCELLED)),
                name="session_beyond_draft_was_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("sessions:session", args=[self.number])

    @property
    def is_past(self) -> bool:
        return self.state in (SessionState.HELD, SessionState.CLOSED)

    @property
    def is_known(self) -> bool:
        """Whether the members know of it: as `SessionQuerySet.visible`."""
        return self.state in VISIBLE_STATES and not self.never_announced

    @property
    def is_ahead(self) -> bool:
        return self.state in (SessionState.DRAFT, SessionState.ANNOUNCED)

    @property
    def days(self) -> PartialDate | None:
        """Its date as pages say it and as rights follow from it: of several days all of them."""
        return days(self.date.lower, self.ends_on) if self.date and self.ends_on else self.date

    @property
    def number_of_days(self) -> int:
        return (self.ends_on - self.date.lower).days + 1 if self.date and self.ends_on else 1


@track
class AgendaItem(models.Model):
    """A point of the agenda; its minutes are written under it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="agenda")
    position = models.PositiveSmallIntegerField(_("place in the agenda"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind.choices, default=ItemKind.INFORMATION)
    minutes_long = models.PositiveSmallIntegerField(
        _("duration in minutes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    is_reserved = models.BooleanField(_("reserved to members"), default=False)
    day = models.PositiveSmallIntegerField(
        _("day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "position"],
                name="agenda_one_item_a_place",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two items of one agenda cannot stand at the same place."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """Who speaks on an agenda item: a known person, an organisation, or a guest by name."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField(default=0)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    guest_name = models.CharField(_("guest"), max_length=160, blank=True)
    came = models.BooleanField(_("was there"), default=False)  # of a guest: others are recorded by organisation

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(organisation__isnull=False) | ~Q(guest_name=""),
                name="speaker_is_somebody",
                violation_error_message=_("Name a person, an organisation or a guest."),
            )
        ]

    def __str__(self) -> str:
        return self.guest_name or str(self.user or self.organisation)
