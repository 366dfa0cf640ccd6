"""One row that tells whether anything figures are made of has changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.grants import READ


class FundingRevision(models.Model):
    """`number` grows with every transaction that wrote an initiative, a funding or a payment (migration 0008).

    The triggers are deferred to the end of the transaction, so that it is written only then, once, and no two
    transactions wait for each other with it in hand.
    """

    number = models.BigIntegerField(_("number"), default=0)

    database_rights = READ  # triggers of the owner write it

    class Meta:
        verbose_name = _("pulse of the fundings")
        verbose_name_plural = _("pulse of the fundings")

    def __str__(self) -> str:
        return str(self.number)
