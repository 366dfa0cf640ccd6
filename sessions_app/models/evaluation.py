"""What people thought of a session, so kept that nobody can tell who thought it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from sessions_app.models.session import Session

RATED = 4  # questions on the scale; the one after them is answered in words
LOWEST, HIGHEST = 1, 5
LONGEST = 2000  # signs of an answer in words


@track
class EvaluationQuestion(models.Model):
    """The wording of one of the five questions, as the space asks them from now on."""

    place = models.PositiveSmallIntegerField(
        _("place"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(RATED + 1)]
    )
    text = models.CharField(_("question"), max_length=200)

    class Meta:
        verbose_name = _("evaluation question")
        verbose_name_plural = _("evaluation questions")
        ordering = ["place"]

    def __str__(self) -> str:
        return self.text


@track
class Evaluation(models.Model):
    """The evaluation of one session, with the questions as they stood when it was opened.

    `closed_at` comes with `results`, and with them every single answer is deleted: from then on nothing but sums
    and texts without order or author exists.
    """

    session = models.OneToOneField(Session, models.CASCADE, verbose_name=_("session"), related_name="evaluation")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questions = ArrayField(models.CharField(max_length=200), size=RATED + 1)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    closes_at = models.DateTimeField(_("closes at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    results = models.JSONField(_("results"), null=True, blank=True)  # see evaluation.results

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="evaluation_closes_later"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, results__isnull=True)
                | Q(closed_at__isnull=False, results__isnull=False),
                name="evaluation_closed_with_results",
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def last_day(self) -> dt.date:
        """The last day on which answers are taken: pages say it instead of the midnight that ends it."""
        return timezone.localtime(self.closes_at - dt.timedelta(microseconds=1)).date()

    def is_open(self, now: dt.datetime) -> bool:
        """By the clock: it is over when its time has come, even before beat wrote that down."""
        return self.closed_at is None and now < self.closes_at


def _mark() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )


class EvaluationAnswer(models.Model):
    """The answer of somebody, while the evaluation is open; deleted when it closes.

    No person, no moment, no number that counts up: `respondent_key` is made from the person and a secret of the server, so
    that he or she finds the answer again and nobody finds the person from it. It is not in the audit trail, which
    would say when it was written, and in whose request.
    """

    public_id = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    respondent_key = models.CharField(max_length=64, editable=False)
    mark_1 = _mark()
    mark_2 = _mark()
    mark_3 = _mark()
    mark_4 = _mark()
    words = models.TextField(max_length=LONGEST, validators=[MaxLengthValidator(LONGEST)], blank=True)

    class Meta:
        verbose_name = _("answer to an evaluation")
        verbose_name_plural = _("answers to evaluations")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "respondent_key"], name="evaluation_answer_once")]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def marks(self) -> list[int | None]:
        return [self.mark_1, self.mark_2, self.mark_3, self.mark_4]
