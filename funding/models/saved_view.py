"""A filter kept under a name."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.enums import ListPage
from funding.querysets import SavedViewQuerySet

PAGES = {
    ListPage.DASHBOARD: "funding:dashboard",
    ListPage.DETAIL: "funding:detail",
    ListPage.INITIATIVES: "funding:initiatives",
    ListPage.OWN: "funding:lines",
}


class SavedView(models.Model):
    """`query` is the address of the page without the question mark; `shared_with` lets colleagues use it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("owner"), related_name="saved_views"
    )
    shared_with = models.ForeignKey(
        "members.Organisation", models.CASCADE, verbose_name=_("shared with"), null=True, blank=True, related_name="+"
    )
    page = models.CharField(_("page"), max_length=20, choices=ListPage.choices)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filter"), max_length=1000)
    saved_at = models.DateTimeField(_("saved at"))

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
            )
        ]

    def __str__(self) -> str:
        return self.name
