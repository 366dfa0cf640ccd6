"""One row for each report asked for: the truth about its job, and what was made."""

from __future__ import annotations

import datetime as dt
import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.reports.enums import LIVE, ReportState, Step
from core.reports.querysets import ReportQuerySet

_STARTED = Q(started_at__isnull=False)
_FINISHED = Q(finished_at__isnull=False)
_HELD = Q(token__isnull=False, lease_until__isnull=False)
_FREE = Q(token__isnull=True, lease_until__isnull=True)
_PAGES = Q(pages__isnull=True) | Q(pages__gt=0)  # of a PDF; other files have none
_FILE = Q(file__gt="", file_name__gt="", file_sha256__gt="", file_size__gt=0) & _PAGES
_NO_FILE = Q(file="", file_sha256="", file_size__isnull=True, pages__isnull=True)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange("state")),  # a heartbeat is no history
    pghistory.DeleteEvent(),
)
class Report(models.Model):
    """A file from request to disk, most often a PDF. Its subject is named by kind and public id: this app knows no domain.

    Three hashes: `content_sha256` names what is printed (null for a draft), `render_key` what exactly is to be
    made of it (one live row each), `file_sha256` the bytes that were made. A row that is done never changes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("title"), max_length=200)
    render_key = models.CharField(max_length=64)
    content_sha256 = models.CharField(_("content hash"), max_length=64, null=True, blank=True)
    queue = models.CharField(max_length=30)

    state = models.CharField(_("state"), max_length=20, choices=ReportState.choices, default=ReportState.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked for by"), related_name="+"
    )
    requested_at = models.DateTimeField(_("asked for at"))
    queued_at = models.DateTimeField(_("handed to the broker at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    step = models.CharField(_("step"), max_length=20, choices=Step.choices, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_detail = models.CharField(_("detail of the error"), max_length=500, blank=True)

    file = models.CharField(_("path of the file"), max_length=120, blank=True)
    file_name = models.CharField(_("file name"), max_length=180, blank=True)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    pages_beyond = ArrayField(
        models.PositiveIntegerField(),
        verbose_name=_("pages with something beyond their margins"),
        default=list,
        blank=True,
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["kind", "subject_id", "-requested_at"], name="report_by_subject"),
            models.Index(fields=["file_sha256"], name="report_by_file", condition=Q(state=ReportState.DONE)),
            models.Index(
                fields=["state", "queue", "requested_at"],
                name="report_waiting",
                condition=Q(state__in=[ReportState.QUEUED, ReportState.RUNNING]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["render_key"],
                condition=Q(state__in=LIVE),
                name="report_one_live_row_a_key",
                violation_error_message=_("This report has been asked for already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.QUEUED) | (~_STARTED & ~_FINISHED & _FREE & _NO_FILE),
                name="report_queued",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RUNNING) | (_STARTED & ~_FINISHED & _HELD & _NO_FILE & Q(attempt__gt=0)),
                name="report_running",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.DONE) | (_STARTED & _FINISHED & _FREE & _FILE & Q(error_code="")),
                name="report_done",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.FAILED) | (_FINISHED & _FREE & _NO_FILE & Q(error_code__gt="")),
                name="report_failed",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.CANCELLED) | (_FINISHED & _FREE & _NO_FILE),
                name="report_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state in (ReportState.QUEUED, ReportState.RUNNING)

    @property
    def is_done(self) -> bool:
        return self.state == ReportState.DONE

    @property
    def percent(self) -> int | None:
        """How far the work is, 0 to 100; None while nobody can know."""
        if not self.progress_total:
            return None
        return min(100, 100 * self.progress_done // self.progress_total)

    @property
    def duration(self) -> dt.timedelta | None:
        """From the last attempt's start to the end."""
        return self.finished_at - self.started_at if self.finished_at and self.started_at else None
