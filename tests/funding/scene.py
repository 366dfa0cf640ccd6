"""What the matrix needs of funding: initiatives and fundings of the funder of the scene and of another one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funding.enums import AmountAudience, LineState
from funding.models import FinancialReport, Funder, ImportRun, Programme
from members.models import Organisation
from tests.funding import rows


def fund(scene: Any) -> None:
    """Fills `scene.other["funding"]` with named rows; the scene's funder belongs to Fonds ODD 17."""
    own = Organisation.objects.get(positions__user=scene.people.funder)
    Funder.objects.create(organisation=own)
    other = rows.funder(name="Fondation du Premier Sentier", slug="premier-sentier")
    programme = Programme.objects.create(name="Réussir ensemble", slug="reussir-ensemble", lead=own)
    shared = rows.initiative(
        title="Tiers-lieu", slug="tiers-lieu", prepared_by=own, programme=programme, regions=["84"]
    )
    line = rows.line(of=shared, by=own)
    scene.other["funding"] = {
        "shared": shared,
        "foreign": rows.initiative(slug="autre-initiative", prepared_by=other),
        "draft": rows.initiative(slug="brouillon", draft_of=own),
        "foreign draft": rows.initiative(slug="brouillon-d-un-autre", draft_of=other),
        "line": line,
        "asked": rows.line(
            of=shared,
            by=own,
            due=(),
            state=LineState.REQUESTED,
            amount_agreed=None,
            decided_on=None,
            signed_on=None,
            amount_requested=Decimal(5000),
        ),
        "hidden line": rows.line(of=shared, by=other, audience=AmountAudience.FUNDER),
        "foreign draft line": rows.line(
            of=shared, by=other, due=(), state=LineState.DRAFT, amount_agreed=None, decided_on=None, signed_on=None
        ),
        "import": ImportRun.objects.create(
            funder=own,
            by=scene.people.funder,
            file_name="table.csv",
            rows=[{"row": "2", "reference": line.reference, "purpose": "Autre"}],
            sent_at=timezone.now(),
        ),
        "report": FinancialReport.objects.create(line=line, due_on=dt.date(2025, 3, 1)),
    }
