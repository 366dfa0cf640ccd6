"""The contradictory procedure: minutes under review for some days, and what the organisations concerned ask for."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.periods import today
from sessions_app.enums import Outcome, RequestState
from sessions_app.models.minutes import MinutesRevision, MinutesVersion
from sessions_app.models.session import AgendaItem, Session


@track
class Circulation(models.Model):
    """One period of review of a session's minutes: from `opened_at` until `closes_at`, ended by its outcome.

    `shown` names what the reviewers were shown, {part of the snapshot: its hash}: nothing else is adopted. Empty in reviews
    that are older than it. `approval_item` is the agenda item of the following session at which the minutes are to be approved, `version` what
    the review led to: who may read that version reads the requests and answers, too.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="circulations")
    opened_at = models.DateTimeField(_("opened at"))
    closes_at = models.DateTimeField(_("open until"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    approval_item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="+")
    shown = models.JSONField(default=dict, blank=True, editable=False)
    version = models.OneToOneField(
        MinutesVersion, models.PROTECT, null=True, blank=True, verbose_name=_("version"), related_name="review"
    )

    class Meta:
        verbose_name = _("review of minutes")
        verbose_name_plural = _("reviews of minutes")
        ordering = ["session", "-opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(ended_at__isnull=True),
                name="circulation_one_at_a_time",
                violation_error_message=_("These minutes are under review already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="circulation_ended_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.STOPPED) | ~Q(reason=""), name="circulation_stopped_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ADOPTED) | Q(version__isnull=False), name="circulation_adopted_as_version"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="circulation_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.session}"

    @property
    def last_day(self) -> dt.date:
        """The last whole day of the period, in Paris."""
        return today(self.closes_at) - dt.timedelta(days=1)


@track
class AmendmentRequest(models.Model):
    """What an organisation, or an outside speaker who was cited, asks to change in one item."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    circulation = models.ForeignKey(Circulation, models.CASCADE, related_name="requests")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="amendment_requests")
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    outside_name = models.CharField(_("outside speaker"), max_length=160, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    passage = models.TextField(_("passage"), max_length=2000, blank=True)
    wish = models.TextField(_("what should change"), max_length=4000)
    made_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=20, choices=RequestState.choices, default=RequestState.OPEN)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.ForeignKey(MinutesRevision, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("request to amend")
        verbose_name_plural = _("requests to amend")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, outside_name="")
                | (Q(organisation__isnull=True) & ~Q(outside_name="")),
                name="request_from_somebody",
                violation_error_message=_("Name the organisation or the outside speaker, one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False)),
                name="request_answered_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(answer=""),
                name="request_refused_with_reason",
                violation_error_message=_("Say why the request is refused."),
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.ACCEPTED) | Q(revision__isnull=False), name="request_accepted_is_traced"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}"

    @property
    def asked_by(self) -> str:
        return self.outside_name or (self.organisation.label if self.organisation else "")
