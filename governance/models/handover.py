"""The animation passing from one organisation to another, step by step, each step with its evidence."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.grants import append_only
from core.partial_dates import PartialDateField
from core.partial_dates.fields import not_before
from governance.enums import ENDED_STATES, OPEN_STATES, HandoverState, MandateKind, Step, ValidationMode
from governance.querysets import HandoverQuerySet

_S = HandoverState
_MOVED = (_S.SCHEDULED, _S.EFFECTIVE)
_VALIDATED = (_S.VALIDATED, *_MOVED)
_ACCEPTED = (_S.ACCEPTED, *_VALIDATED)
_PROPOSED = (_S.PROPOSED, *_ACCEPTED)


def _evidence(
    *, states: tuple[str, ...], has: Q, never: tuple[str, ...], hasnt: Q, name: str
) -> models.CheckConstraint:
    """States in `states` have the evidence `has`; states in `never` have nothing of it."""
    return models.CheckConstraint(condition=(~Q(state__in=states) | has) & (~Q(state__in=never) | hasnt), name=name)


_DATES = ("proposed_on", "accepted_on", "validated_on", "effective_on")
_ORDER = _("A step cannot be earlier than the one before it.")


@track
class Handover(models.Model):
    """One handover. `*_on` is when the act took place, as precisely as it is known; `*_at` when it was recorded.

    An interim (`kind`) is asked for by member organisations (`InterimRequest`) instead of the holder. A scheduled
    handover has its mandate already, starting in the future: the clock moves the rights, the state follows.
    `is_historical` marks an entry made after the fact: its dates and documents may be unknown.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=MandateKind.choices, default=MandateKind.ORDINARY)
    state = models.CharField(_("state"), max_length=20, choices=_S.choices, default=_S.DRAFT)
    is_historical = models.BooleanField(_("entered after the fact"), default=False)
    outgoing = models.ForeignKey(
        "governance.Mandate", models.PROTECT, verbose_name=_("mandate handed over"), related_name="handovers"
    )
    holder = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("outgoing organisation"), related_name="handovers_given"
    )
    receiver = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("incoming organisation"),
        related_name="handovers_received",
    )
    purpose = models.TextField(_("why this organisation"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)

    proposed_on = PartialDateField(_("proposed on"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("proposal recorded at"), null=True, blank=True, editable=False)
    accepted_body = models.CharField(_("body that accepted"), max_length=160, blank=True)
    accepted_on = PartialDateField(_("accepted on"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("acceptance recorded at"), null=True, blank=True, editable=False)
    validation_mode = models.CharField(_("how"), max_length=20, choices=ValidationMode.choices, blank=True)
    validation_session = models.ForeignKey(
        "sessions_app.Session",
        models.PROTECT,
        verbose_name=_("session"),
        null=True,
        blank=True,
        related_name="handovers_validated",
    )
    validation_statement = models.TextField(_("what was said"), max_length=4000, blank=True)
    validation_consultation = models.ForeignKey(
        "governance.Consultation",
        models.PROTECT,
        verbose_name=_("consultation"),
        null=True,
        blank=True,
        related_name="handovers_validated",
    )
    validated_on = PartialDateField(_("validated on"), null=True, blank=True)
    validated_at = models.DateTimeField(_("validation recorded at"), null=True, blank=True, editable=False)
    effective_on = PartialDateField(_("effective on"), null=True, blank=True)
    incoming = models.OneToOneField(
        "governance.Mandate",
        models.PROTECT,
        verbose_name=_("new mandate"),
        null=True,
        blank=True,
        related_name="handover",
    )
    completed_at = models.DateTimeField(_("handing over recorded at"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    ended_reason = models.TextField(_("reason"), max_length=1000, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(receiver=F("holder")),
                name="handover_receiver_differs",
                violation_error_message=_("The animation passes to another organisation than the one that holds it."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state__in=OPEN_STATES),
                name="handover_one_at_a_time",
                violation_error_message=_("Another handover is under way."),
            ),
            _evidence(
                states=_PROPOSED,
                has=Q(proposed_at__isnull=False),
                never=(_S.DRAFT,),
                hasnt=Q(proposed_at__isnull=True),
                name="handover_proposed_evidence",
            ),
            _evidence(
                states=_ACCEPTED,
                has=Q(accepted_at__isnull=False) & ~Q(accepted_body=""),
                never=(_S.DRAFT, _S.PROPOSED),
                hasnt=Q(accepted_at__isnull=True),
                name="handover_accepted_evidence",
            ),
            _evidence(
                states=_VALIDATED,
                has=Q(validated_at__isnull=False)
                & (
                    Q(validation_mode=ValidationMode.CONSULTATION, validation_consultation__isnull=False)
                    | (
                        Q(validation_mode=ValidationMode.CONSENSUS, kind=MandateKind.ORDINARY)
                        & ~Q(validation_statement="")
                    )
                )
                & (Q(kind=MandateKind.INTERIM) | Q(validation_session__isnull=False)),
                never=(_S.DRAFT, _S.PROPOSED, _S.ACCEPTED),
                hasnt=Q(validated_at__isnull=True),
                name="handover_validated_evidence",
            ),
            _evidence(
                states=_MOVED,
                has=Q(completed_at__isnull=False, incoming__isnull=False, effective_on__isnull=False),
                never=tuple(state for state in _S if state not in _MOVED),
                hasnt=Q(completed_at__isnull=True, incoming__isnull=True),
                name="handover_moved_evidence",
            ),
            _evidence(
                states=ENDED_STATES,
                has=Q(ended_at__isnull=False) & ~Q(ended_reason=""),
                never=tuple(state for state in _S if state not in ENDED_STATES),
                hasnt=Q(ended_at__isnull=True),
                name="handover_ended_with_reason",
            ),
            *(
                not_before(earlier, later, name=f"handover_{later[:-3]}_not_before_{earlier[:-3]}", message=_ORDER)
                for place, later in enumerate(_DATES)
                for earlier in _DATES[:place]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} → {self.receiver}"

    def get_absolute_url(self) -> str:
        return reverse("governance:handover", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_interim(self) -> bool:
        return self.kind == MandateKind.INTERIM

    @property
    def was_shown(self) -> bool:
        """Whether anybody but its holder was ever to see it, whatever became of it since."""
        return self.proposed_at is not None or self.is_interim

    def state_at(self, now: dt.datetime) -> HandoverState:
        """The state as the clock has it: a scheduled handover whose moment has come is effective."""
        if self.state == _S.SCHEDULED and self.incoming.starts_at <= now:
            return _S.EFFECTIVE
        return _S(self.state)


@append_only
class HandoverStep(models.Model):
    """One recorded step, kept as it was written: who, in whose name, when, with what comment.

    `changes` is filled for a correction only: {field: [before, after]} as text.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=20, choices=Step.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("in the name of"),
        null=True,
        blank=True,
        related_name="+",
    )
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    changes = models.JSONField(_("changes"), encoder=DjangoJSONEncoder, default=dict, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("step of a handover")
        verbose_name_plural = _("steps of handovers")
        ordering = ["pk"]  # as they were written, under the lock of the handover

    def __str__(self) -> str:
        return f"{self.handover}: {self.get_step_display()}"


@append_only
class HandoverDocument(models.Model):
    """A piece of evidence for one step."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="documents")
    step = models.CharField(_("step"), max_length=20, choices=Step.choices)
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, verbose_name=_("file"), related_name="+")
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("document of a handover")
        verbose_name_plural = _("documents of handovers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


@append_only
class InterimRequest(models.Model):
    """A member organisation asks for an interim, because the holder is silent or dissolved."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="interim_requests"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked by"), related_name="+")
    reason = models.TextField(_("what was observed"), max_length=1000)
    requested_at = models.DateTimeField(_("asked at"))

    class Meta:
        verbose_name = _("request for an interim")
        verbose_name_plural = _("requests for an interim")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "organisation"],
                name="interim_request_once",
                violation_error_message=_("Your organisation has already joined this request."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"
