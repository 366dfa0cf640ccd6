"""What was shown or handed out: a file or a link, with versions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from sessions_app.enums import Audience, RequestState
from sessions_app.models.session import Session
from sessions_app.querysets import MaterialQuerySet


class Material(models.Model):
    """One version of a support; the versions of one support share `series`, the highest number is current."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="materials")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(_("link"), max_length=500, blank=True)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS)
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["position", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="material_version_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                name="material_file_or_link",
                violation_error_message=_("Give a file or a link, one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@track
class MaterialProposal(models.Model):
    """What a member proposes to add to a session; the animators accept it, which makes a `Material`, or refuse it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="material_proposals")
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(_("link"), max_length=500, blank=True)
    note = models.TextField(_("note to the animators"), max_length=1000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("proposed at"))
    state = models.CharField(_("state"), max_length=20, choices=RequestState.choices, default=RequestState.OPEN)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    material = models.ForeignKey(Material, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("proposed material")
        verbose_name_plural = _("proposed materials")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                name="proposal_file_or_link",
                violation_error_message=_("Give a file or a link, one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False)),
                name="proposal_answered_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(answer=""),
                name="proposal_refused_with_reason",
                violation_error_message=_("Say why the material is refused."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
