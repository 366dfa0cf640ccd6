"""By what the list finds an initiative without reading its fundings: who backs it, since when, in which words."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.grants import READ
from funding.models.initiative import Initiative


class InitiativeSearchIndex(models.Model):
    """Kept by triggers (migration 0011) whenever an initiative, one of its fundings or its bearer's name is written.

    `funders` and `years` (of decision) hold each value once, of the fundings whose existence members may know of;
    `words` is all that is searched, without accents and capitals, parts separated by line ends.
    """

    initiative = models.OneToOneField(
        Initiative, models.DO_NOTHING, verbose_name=_("initiative"), primary_key=True, related_name="found_by"
    )
    funders = ArrayField(models.BigIntegerField(), verbose_name=_("funders"), default=list)
    years = ArrayField(models.SmallIntegerField(), verbose_name=_("years of decision"), default=list)
    words = models.TextField(_("words"))

    database_rights = READ  # triggers of the owner write it, and delete it with its initiative

    class Meta:
        verbose_name = _("what an initiative is found by")
        verbose_name_plural = _("what initiatives are found by")
        indexes = [
            GinIndex(fields=["funders"], name="found_by_funders"),
            GinIndex(fields=["years"], name="found_by_years"),
            GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="found_by_words"),
        ]

    def __str__(self) -> str:
        return str(self.initiative)
