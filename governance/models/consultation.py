"""Consulting the members: one question, one voice an organisation."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import moments_within
from core.db.audit import track
from governance.enums import ConsultationState, DecisionRule, Outcome, Stance
from governance.querysets import ConsultationQuerySet

_S = ConsultationState


@track
class Consultation(models.Model):
    """A question to the members. Who has a voice is frozen at opening (`Voter`); rules are copied from the settings.

    The clock closes it: from `closes_at` on no voice is taken, whether or not the closing task has run yet.
    `result` is what `governance.consultations.result.compute` gave at closing.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("question"), max_length=2000)
    context = models.TextField(_("what to know before answering"), max_length=6000, blank=True)
    is_fictional = models.BooleanField(_("fictional"), default=False)
    handover = models.ForeignKey(
        "governance.Handover",
        models.PROTECT,
        verbose_name=_("handover"),
        null=True,
        blank=True,
        related_name="consultations",
    )
    session = models.ForeignKey(
        "sessions_app.Session",
        models.PROTECT,
        verbose_name=_("session"),
        null=True,
        blank=True,
        related_name="consultations",
        help_text=_("Where the question is debated; animators may record the position of organisations present there."),
    )
    state = models.CharField(_("state"), max_length=20, choices=_S.choices, default=_S.DRAFT)
    decision_rule = models.CharField(
        _("decision rule"), max_length=20, choices=DecisionRule.choices, default=DecisionRule.CONSENT
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum, in % of the organisations that have a voice"), default=50, validators=[MaxValueValidator(100)]
    )
    quorum_counts_proxies = models.BooleanField(_("voices given by a proxy count for the quorum"), default=True)
    proxies_per_holder = models.PositiveSmallIntegerField(_("proxies one organisation may hold"), default=2)
    hides_until_closed = models.BooleanField(_("positions stay hidden until the consultation closes"), default=True)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("prepared at"), default=timezone.now, editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    cancelled_reason = models.CharField(_("reason"), max_length=1000, blank=True)  # also that of its handover's end
    outcome = models.CharField(_("outcome"), max_length=30, choices=Outcome.choices, blank=True, editable=False)
    result = models.JSONField(_("result"), encoder=DjangoJSONEncoder, null=True, blank=True, editable=False)
    statement = models.TextField(_("what follows from it"), max_length=4000, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(opens_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="consultation_closes_after_opening",
                violation_error_message=_("A consultation closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(opened_at__isnull=True) | Q(closes_at__gt=F("opened_at")),
                name="consultation_closes_after_it_was_opened",
                violation_error_message=_("A consultation closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(closed_at__gte=F("opened_at")) & (Q(closes_at__isnull=True) | Q(closed_at__lte=F("closes_at"))),
                name="consultation_closed_between_its_moments",
            ),
            moments_within("opens_at", "closes_at", "opened_at", name="consultation_moments_within_bounds"),
            models.CheckConstraint(
                condition=(~Q(state__in=(_S.OPEN, _S.CLOSED)) | Q(opened_at__isnull=False))
                & (~Q(state=_S.DRAFT) | Q(opened_at__isnull=True)),
                name="consultation_opened_evidence",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.CLOSED, closed_at__isnull=False, result__isnull=False) & ~Q(outcome="")
                | ~Q(state=_S.CLOSED) & Q(closed_at__isnull=True, result__isnull=True, outcome=""),
                name="consultation_closed_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.CANCELLED) | ~Q(cancelled_reason=""),
                name="consultation_cancelled_with_reason",
                violation_error_message=_("A cancelled consultation says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:consultation", args=[self.public_id])

    @property
    def runs_to_its_end(self) -> bool:
        """Whether it is kept by those whom its result serves: who asks for an interim asks the members about it."""
        return self.handover is not None and self.handover.is_interim

    def takes_ballots(self, now: dt.datetime) -> bool:
        """Whether positions may be given or changed at `now`, by state and clock."""
        return self.state == _S.OPEN and (self.closes_at is None or now < self.closes_at)

    def is_over(self, now: dt.datetime) -> bool:
        """Closed by state, or by the clock while the closing task is late."""
        return self.state == _S.CLOSED or (self.state == _S.OPEN and not self.takes_ballots(now))

    def shows_positions(self, now: dt.datetime) -> bool:
        """Whether anybody may see who said what."""
        return self.is_over(now) or (self.state == _S.OPEN and not self.hides_until_closed)


class ConsultationDocument(models.Model):
    """What to read before answering."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, verbose_name=_("file"), related_name="+")
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("document of a consultation")
        verbose_name_plural = _("documents of consultations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Voter(models.Model):
    """A member organisation that has a voice, as it stood at opening.

    `revision` grows with whatever changes what stands for it: a position given, changed or taken back, a proxy given
    or revoked. It never returns, so that nobody answers over what he or she has not seen.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="voters")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="ballots_due"
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("organisation that has a voice")
        verbose_name_plural = _("organisations that have a voice")
        ordering = ["organisation__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "organisation"], name="voter_once")]

    def __str__(self) -> str:
        return f"{self.organisation}"


@track
class Proxy(models.Model):
    """A pouvoir: one organisation entrusts its voice in one consultation to another. Not handed on."""

    giver = models.ForeignKey(Voter, models.CASCADE, verbose_name=_("given by"), related_name="proxies_given")
    holder = models.ForeignKey(Voter, models.CASCADE, verbose_name=_("held by"), related_name="proxies_held")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["giver"],
                condition=Q(revoked_at__isnull=True),
                name="proxy_one_at_a_time",
                violation_error_message=_("Your organisation has already given a proxy; revoke it first."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("holder")),
                name="proxy_to_another",
                violation_error_message=_("A proxy is given to another organisation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"


@track
class Ballot(models.Model):
    """The position of one organisation; changed until closing, the audit trail keeps what it was before.

    `proxy` is set when another organisation spoke for it, `on_behalf` when an animator recorded what its people
    said in the session. `revision` is that of its voter when it was given.
    """

    voter = models.OneToOneField(Voter, models.CASCADE, related_name="ballot")
    stance = models.CharField(_("position"), max_length=20, choices=Stance.choices)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("given by"), related_name="+")
    proxy = models.ForeignKey(Proxy, models.PROTECT, null=True, blank=True, related_name="ballots")
    on_behalf = models.BooleanField(_("recorded by the animators"), default=False)
    given_at = models.DateTimeField(_("given at"))
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["voter__organisation__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stance=Stance.OBJECTION) | ~Q(reason=""),
                name="ballot_objection_with_reason",
                violation_error_message=_("An objection says why."),
            ),
            models.CheckConstraint(
                condition=Q(proxy__isnull=True) | Q(on_behalf=False), name="ballot_by_proxy_or_on_behalf"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter}: {self.get_stance_display()}"
