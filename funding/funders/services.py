"""What a funder settles for itself: its financial year, its SIRET, who sees the amounts of new fundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from funding.backends import acting_funders
from funding.models import Funder
from funding.permissions import NOT_YOURS

if TYPE_CHECKING:
    from core.accounts.models import User


@transaction.atomic
def settle(*, funder: Funder, by: User) -> Funder:
    """Saves the settings of one's own organisation."""
    rights.check_for_writing(by, "funding.settle_funder")
    if funder.organisation_id not in acting_funders(by):
        raise PermissionRefused(NOT_YOURS)
    funder.full_clean()
    funder.save()
    return funder
