"""A filter kept under a name, and what its owner was told of what came to it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.enums import Alert
from members.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """`query` is the address of the page without the question mark; `shared_with` lets colleagues use it.

    `page` is the key of a registered list (`members.saved_views.pages`). What came to the list since `alert_since` is
    told to the owner alone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("owner"), related_name="saved_views"
    )
    shared_with = models.ForeignKey(
        "members.Organisation", models.CASCADE, verbose_name=_("shared with"), null=True, blank=True, related_name="+"
    )
    page = models.CharField(_("page"), max_length=20)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filter"), max_length=1000)
    saved_at = models.DateTimeField(_("saved at"))
    alert = models.CharField(_("what is new"), max_length=10, choices=Alert.choices, blank=True)
    alert_since = models.DateTimeField(_("what is new is told since"), null=True, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        indexes = [models.Index(fields=["shared_with", "page"], name="view_shared")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                name="view_name_once",
                violation_error_message=_("You already have a view of this name for this page."),
            ),
            models.CheckConstraint(
                condition=Q(alert="", alert_since=None) | (~Q(alert="") & Q(alert_since__isnull=False)),
                name="view_alert_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SavedViewNews(models.Model):
    """One row that was told of one view: whatever is published again, or by whichever worker, it is told once."""

    view = models.ForeignKey(SavedView, models.CASCADE, verbose_name=_("saved view"), related_name="told")
    subject = models.UUIDField(_("what was told"))
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("row told of a saved view")
        verbose_name_plural = _("rows told of saved views")
        constraints = [models.UniqueConstraint(fields=["view", "subject"], name="view_news_once")]

    def __str__(self) -> str:
        return f"{self.view_id}/{self.subject}"
