"""What people were writing when the animation passed on."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.querysets import RescuedFormQuerySet


class RescuedForm(models.Model):
    """The unsaved fields of one form, sent by a former animator too late; the animators of today read them.

    `passages` are pairs [label of the field, text], in the order of the form. Minutes have their own
    (`sessions_app.MinutesProposal`), because they belong beside an agenda item.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("written by"), related_name="+")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation whose mandate had ended"), related_name="+"
    )
    address = models.CharField(_("address it was sent to"), max_length=500)
    page = models.CharField(_("page on which it was written"), max_length=500)
    passages = models.JSONField(_("passages"), blank=True)
    left_at = models.DateTimeField(_("left at"))
    closed_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = RescuedFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("text left")
        verbose_name_plural = _("texts left")
        ordering = ["-left_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "address"], condition=Q(closed_at__isnull=True), name="left_text_one_open_a_form"
            )
        ]

    def __str__(self) -> str:
        return self.passages[0][1][:80] if self.passages else self.address


class RescuedFile(models.Model):
    """A file that was attached to such a form."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    left = models.ForeignKey(RescuedForm, models.CASCADE, verbose_name=_("text left"), related_name="files")
    label = models.CharField(_("field"), max_length=200)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, verbose_name=_("file"), related_name="+")

    class Meta:
        verbose_name = _("file left")
        verbose_name_plural = _("files left")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.file}"
