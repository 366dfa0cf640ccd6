"""What an organisation settles as a funder."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from funding.enums import AmountAudience
from funding.models.fields import SIRET
from funding.querysets import FunderQuerySet


@track
class Funder(models.Model):
    """An organisation that funds: its people in position hold the role `funder`."""

    organisation = models.OneToOneField(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="funder"
    )
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[SIRET])
    fiscal_month = models.PositiveSmallIntegerField(
        _("first month of the financial year"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    amounts_for = models.CharField(
        _("who may see the amounts of new fundings"),
        max_length=10,
        choices=AmountAudience.choices,
        default=AmountAudience.MEMBERS,
    )

    objects = FunderQuerySet.as_manager()

    class Meta:
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        constraints = [
            models.CheckConstraint(condition=models.Q(fiscal_month__range=(1, 12)), name="funder_fiscal_month"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
