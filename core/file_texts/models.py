"""One row for each file whose text is to be found: the job that reads it, and what it has read."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from core.file_texts.enums import Remark, TextState
from core.file_texts.querysets import FileTextQuerySet

_FREE = Q(token__isnull=True, lease_until__isnull=True)


class FileText(models.Model):
    """`pages` are those of a PDF or the slides of a presentation, one after the other, empty ones too; of a file without
    pages (`is_paged` false) pieces of a readable length. Kept apart from the index, which can be written anew without
    reading a file again, and one row a file, so that what takes a name out of all texts finds it as it stands.
    """

    file = models.OneToOneField("core.StoredFile", models.CASCADE, related_name="text")
    state = models.CharField(gettext_lazy("state"), max_length=12, choices=TextState.choices, default=TextState.WAITING)
    asked_at = models.DateTimeField(gettext_lazy("asked for at"))
    queued_at = models.DateTimeField(gettext_lazy("handed to the broker at"), null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(gettext_lazy("attempt"), default=0)
    token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(gettext_lazy("read at"), null=True, blank=True)
    remark = models.CharField(gettext_lazy("remark"), max_length=12, choices=Remark.choices, blank=True)
    pages = ArrayField(models.TextField(), default=list, blank=True)
    is_paged = models.BooleanField(default=False)
    page_count = models.PositiveIntegerField(gettext_lazy("pages"), null=True, blank=True)  # of the file, read or not

    objects = FileTextQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("text of a file")
        verbose_name_plural = gettext_lazy("texts of files")
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="file_text_to_do",
                condition=Q(state__in=(TextState.WAITING, TextState.READING)),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TextState.READING, token__isnull=False, lease_until__isnull=False)
                | ~Q(state=TextState.READING) & _FREE,
                name="file_text_held_while_read",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(TextState.READ, TextState.UNREADABLE), read_at__isnull=False)
                | ~Q(state__in=(TextState.READ, TextState.UNREADABLE)) & Q(read_at__isnull=True),
                name="file_text_done_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=TextState.UNREADABLE) | ~Q(remark=""), name="file_text_unreadable_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.get_state_display()}"

    @property
    def note(self) -> str:
        """What is told to whoever keeps the file; "" where its whole text is found."""
        if self.state in (TextState.WAITING, TextState.READING):
            return _("The search is about to read its text.")
        if self.remark == Remark.PAGES and self.page_count:
            known = {"read": len(self.pages), "count": self.page_count}
            return _("The search knows the first %(read)d of its %(count)d pages.") % known
        return self.get_remark_display()
