"""One row for each table that was sent: the truth about its jobs, what its rows would do, and afterwards a trace."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.imports.enums import ACTIVE, RUNNING, ImportState, ImportStep, Outcome
from core.imports.querysets import ImportQuerySet

_HELD = Q(token__isnull=False, lease_until__isnull=False, started_at__isnull=False)
_FREE = Q(token__isnull=True, lease_until__isnull=True)


class Import(models.Model):
    """A file, for whom it is imported (kind and key: this app knows no domain), and how it is read.

    `sheet` and `mapping` (the field of each column) are what people chose, `answers` what they said of it; `layout` is how the file was read,
    `counts`, `problems` and `fingerprint` what came of the comparison.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("contents"), max_length=60)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    language = models.CharField(_("language"), max_length=5)
    file_name = models.CharField(_("file name"), max_length=180)
    sent_at = models.DateTimeField(_("sent at"))
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    mapping = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    layout = models.JSONField(_("layout"), default=dict, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=ImportState.choices, default=ImportState.CHOOSING)
    asked_at = models.DateTimeField(_("asked for at"), null=True, blank=True)
    queued_at = models.DateTimeField(_("handed to the broker at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    applied_at = models.DateTimeField(_("written at"), null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    step = models.CharField(_("step"), max_length=12, choices=ImportStep.choices, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_detail = models.CharField(_("detail of the error"), max_length=500, blank=True)

    counts = models.JSONField(_("outcome"), default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    changed_meanwhile = models.BooleanField(default=False)  # what was shown before would no longer have been written

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(fields=["kind", "subject_id", "-sent_at"], name="import_by_subject"),
            models.Index(fields=["state", "asked_at"], name="import_active", condition=Q(state__in=ACTIVE)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RUNNING) & _HELD | ~Q(state__in=RUNNING) & _FREE, name="import_held_while_run"
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.DONE, applied_at__isnull=False)
                | ~Q(state=ImportState.DONE) & Q(applied_at__isnull=True),
                name="import_done_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ImportState.FAILED) & ~Q(error_code="")
                | ~Q(state=ImportState.FAILED) & Q(error_code=""),
                name="import_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def asks(self) -> bool:
        """Whether the file leaves something open, and nobody has said yet what it is."""
        return bool(self.layout.get("asks")) and not self.answers

    @property
    def is_held_up(self) -> bool:
        """All or nothing: one row that is wrong or in conflict holds up all."""
        return bool(self.counts.get(Outcome.WRONG) or self.counts.get(Outcome.CONFLICT))

    @property
    def may_be_applied(self) -> bool:
        writes = self.counts.get(Outcome.CREATED) or self.counts.get(Outcome.CHANGED)
        return self.state == ImportState.CHECKED and not self.is_held_up and not self.asks and bool(writes)


class ImportFile(models.Model):
    """The bytes as they were sent, until the import is written or forgotten."""

    of = models.OneToOneField(Import, models.CASCADE, related_name="file", verbose_name=_("import"))
    content = models.BinaryField(_("file"))

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")

    def __str__(self) -> str:
        return str(self.of)


class ImportRow(models.Model):
    """One row of the file: its cells, their texts by field, and what would become of it."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("row of the file"))
    cells = models.JSONField()
    texts = models.JSONField()
    reference = models.CharField(_("reference"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    told = models.JSONField(default=dict, blank=True)  # about, changes, problems

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["of", "outcome", "number"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.of_id}, {self.number}"
