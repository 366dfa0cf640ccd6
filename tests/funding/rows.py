"""Plain rows of funding for tests: the dullest initiative, and a grant under contract of an amount for everybody."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from funding.enums import AmountAudience, FundingKind, LineState, Stage
from funding.models import Funder, FundingLine, Initiative, Instalment
from members.models import Organisation
from tests import factories

_numbers = itertools.count(1)
SIRET = "90000001700013"


def funder(*, siret: str = SIRET, **options: Any) -> Organisation:
    """An organisation that funds."""
    organisation = factories.OrganisationFactory(**options)
    Funder.objects.create(organisation=organisation, siret=siret)
    return organisation


def initiative(**options: Any) -> Initiative:
    number = next(_numbers)
    given = {
        "reference": f"INI-{number:03d}",
        "title": f"Initiative {number}",
        "slug": f"initiative-{number}",
        "bearer_name": f"Association {number}",
        "bearer_siret": "90000002500016",
        "stage": Stage.RUNNING,
        "created_at": factories.moment(-30),
        "changed_at": factories.moment(-30),
    } | options
    if "prepared_by" not in given:
        given["prepared_by"] = given.get("draft_of") or factories.OrganisationFactory()
    made = Initiative(**given)
    made.full_clean()
    made.save()
    return made


def line(
    *, of: Initiative, by: Organisation, due: tuple[dt.date, ...] = (dt.date(2024, 7, 1),), **options: Any
) -> FundingLine:
    """`due` are the days of its instalments."""
    number = next(_numbers)
    made = FundingLine(
        **{
            "initiative": of,
            "funder": by,
            "reference": f"L-{number}",
            "kind": FundingKind.GRANT,
            "state": LineState.CONTRACTED,
            "audience": AmountAudience.PUBLIC,
            "amount_agreed": Decimal(10_000),
            "decided_on": dt.date(2024, 5, 2),
            "signed_on": dt.date(2024, 6, 3),
            "purpose": "Animation du tiers-lieu",
            "eu_notified": False,
            "changed_at": factories.moment(-20),
        }
        | options
    )
    made.full_clean()
    made.save()
    for place, day in enumerate(due, start=1):
        Instalment.objects.create(line=made, number=place, due_on=day, amount=Decimal(1000))
    return made
