"""That somebody, known or not, exercises a right about his or her data, and what was answered."""

from __future__ import annotations

import datetime as dt
import uuid

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.db.periods import today


class Right(models.TextChoices):
    ACCESS = "access", _("to know what is held about me, with a copy")
    RECTIFICATION = "rectification", _("to have something corrected")
    ERASURE = "erasure", _("to have my data erased")
    OBJECTION = "objection", _("to object to a use, or to have it limited")


class Answer(models.TextChoices):
    DONE = "done", pgettext_lazy("request about personal data", "done")
    REFUSED = "refused", pgettext_lazy("request about personal data", "refused")


class RightsRequest(models.Model):
    """It counts from the moment its writer confirmed the address; the law gives one month from then (RGPD, article 12.3).

    `person`: to whom that address belonged at that moment; it may once be somebody else's.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    right = models.CharField(_("right"), max_length=14, choices=Right.choices)
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"), max_length=254)
    words = models.TextField(_("what is asked for"), max_length=4000)
    language = models.CharField(_("language"), max_length=5, default="fr")
    asked_at = models.DateTimeField(_("asked at"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.TextField(_("words of the answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("answered by"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answer_words="", answered_at=None, answered_by=None)
                | ~Q(answer="")
                & ~Q(answer_words="")
                & Q(confirmed_at__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="rights_request_answered",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(confirmed_at__isnull=False), name="rights_request_person_confirmed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["confirmed_at"], name="rights_request_open", condition=Q(answer="", confirmed_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_right_display()}, {self.name}"

    @property
    def due_on(self) -> dt.date | None:
        """The last day for an answer: the same day of the next month, or that month's last."""
        if self.confirmed_at is None:
            return None
        return today(self.confirmed_at) + relativedelta(months=1)
