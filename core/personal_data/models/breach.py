"""One line of the register of personal data breaches (RGPD, article 33.5): what happened, what came of it, who was told."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.db.audit import track
from core.db.periods import today

WITHIN = dt.timedelta(hours=72)  # article 33.1, from the moment the breach is known


class Risk(models.TextChoices):
    """For the rights and freedoms of the people concerned: what has to be done follows from it."""

    NONE = "none", pgettext_lazy("breach", "unlikely to result in a risk")
    RISK = "risk", pgettext_lazy("breach", "a risk")
    HIGH = "high", pgettext_lazy("breach", "a high risk")


@track
class Breach(models.Model):
    """Changed as more is known; every change is audited. Only a breach without risk needs no notification."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("in a few words"), max_length=160)
    discovered_at = models.DateTimeField(_("known since"))
    happened = models.CharField(_("when it happened"), max_length=200, blank=True)
    confidentiality = models.BooleanField(_("loss of confidentiality"), default=False)
    integrity = models.BooleanField(_("loss of integrity"), default=False)
    availability = models.BooleanField(_("loss of availability"), default=False)
    nature = models.TextField(_("nature of the breach"), max_length=4000)
    people_concerned = models.CharField(_("categories of people concerned"), max_length=400)
    people_count = models.PositiveIntegerField(_("approximate number of people"), null=True, blank=True)
    data_concerned = models.CharField(_("categories of data concerned"), max_length=400)
    records_count = models.PositiveIntegerField(_("approximate number of records"), null=True, blank=True)
    consequences = models.TextField(_("likely consequences"), max_length=4000)
    measures = models.TextField(_("measures taken or proposed"), max_length=4000)
    risk = models.CharField(_("risk for the people"), max_length=4, choices=Risk.choices)
    notified_at = models.DateTimeField(_("notified to the CNIL at"), null=True, blank=True)
    notified_number = models.CharField(_("number of the notification"), max_length=80, blank=True)
    why_late = models.TextField(_("reasons for the delay"), max_length=2000, blank=True)
    why_not_notified = models.TextField(_("why it is not notified"), max_length=2000, blank=True)
    people_told_on = models.DateField(_("people told on"), null=True, blank=True)
    why_people_not_told = models.TextField(_("why people are not told"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), related_name="+"
    )

    class Meta:
        verbose_name = _("personal data breach")
        verbose_name_plural = _("personal data breaches")
        constraints = [
            models.CheckConstraint(
                condition=Q(confidentiality=True) | Q(integrity=True) | Q(availability=True),
                name="breach_loses_something",
                violation_error_message=_("Say what is lost: confidentiality, integrity or availability."),
            ),
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(notified_at__gte=F("discovered_at")),
                name="breach_notified_once_known",
                violation_error_message=_("The CNIL was told before the breach was known?"),
            ),
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(notified_at__lte=F("discovered_at") + WITHIN) | ~Q(why_late=""),
                name="breach_late_with_reasons",
                violation_error_message=_("Notified after 72 hours: say why (RGPD, article 33.1)."),
            ),
            models.CheckConstraint(
                condition=~Q(risk=Risk.NONE) | Q(notified_at__isnull=False) | ~Q(why_not_notified=""),
                name="breach_silent_with_reasons",
                violation_error_message=_("Say why this breach is unlikely to result in a risk and is not notified."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.people_told_on and self.discovered_at and self.people_told_on < today(self.discovered_at):
            raise ValidationError({"people_told_on": _("People were told before the breach was known?")})

    @property
    def due_at(self) -> dt.datetime:
        return self.discovered_at + WITHIN

    @property
    def waits_for_cnil(self) -> bool:
        return self.notified_at is None and self.risk != Risk.NONE

    @property
    def waits_for_people(self) -> bool:
        """A high risk is told to the people themselves, unless one of the grounds of article 34.3 holds."""
        return self.risk == Risk.HIGH and self.people_told_on is None and not self.why_people_not_told
