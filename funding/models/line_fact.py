"""A granted funding with all that the dashboard counts by, in one narrow row: figures over a million need no join."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.grants import READ
from funding.models.fields import maintained_sum
from funding.models.initiative import Initiative
from funding.models.line import FundingLine
from funding.models.programme import Programme
from funding.querysets import FundingLineFactQuerySet


class FundingLineFact(models.Model):
    """Kept by triggers (migration 0013) for each funding that is agreed, under contract or settled, and no other.

    Fields bear the names they have at the funding and at its initiative, so that filters and the definitions of
    figures are the same over both; `path` leads from a path at the funding to the one here.
    """

    line = models.OneToOneField(
        FundingLine,
        models.DO_NOTHING,
        verbose_name=_("funding line"),
        primary_key=True,
        db_constraint=False,
        related_name="counted",
    )
    initiative = models.ForeignKey(
        Initiative, models.DO_NOTHING, verbose_name=_("initiative"), db_constraint=False, related_name="+"
    )
    funder = models.ForeignKey(
        "members.Organisation", models.DO_NOTHING, verbose_name=_("funder"), db_constraint=False, related_name="+"
    )
    programme = models.ForeignKey(
        Programme,
        models.DO_NOTHING,
        verbose_name=_("programme"),
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    draft_of = models.ForeignKey(
        "members.Organisation",
        models.DO_NOTHING,
        verbose_name=_("draft of"),
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    amount_agreed = maintained_sum(_("amount agreed"))
    amount_amended = maintained_sum(_("sum of the amendments"))
    amount_paid = maintained_sum(_("sum paid"))
    amount_returned = maintained_sum(_("sum paid back"))
    decided_year = models.SmallIntegerField(_("year of decision"))
    main_sdg = models.SmallIntegerField(_("main SDG"), null=True)
    region_group = models.CharField(_("region"), max_length=8)
    stage = models.CharField(_("stage"), max_length=12)
    state = models.CharField(_("state"), max_length=12)
    signed_on = models.DateField(_("signed on"), null=True)
    audience = models.CharField(_("who may see the amount"), max_length=10)

    objects = FundingLineFactQuerySet.as_manager()

    database_rights = READ  # triggers of the owner write it

    class Meta:
        verbose_name = _("counted funding")
        verbose_name_plural = _("counted fundings")

    def __str__(self) -> str:
        return str(self.line)

    @staticmethod
    def path(of_line: str) -> str:
        return of_line.removeprefix("initiative__")
