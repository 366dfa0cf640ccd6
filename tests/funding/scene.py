"""What the matrix needs of funding: initiatives and fundings of the funder of the scene and of another one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from core.accounts import personal_links
from core.accounts.models import User
from funding.enums import (
    AmountAudience,
    CommitmentUnit,
    FrozenAudience,
    LineState,
    ListPage,
    UpdateAudience,
    UpdateState,
)
from funding.follow_up import contacts
from funding.frozen import services
from funding.models import (
    BearerContact,
    Commitment,
    FinancialReport,
    FrozenFigures,
    Funder,
    Indicator,
    Initiative,
    InitiativeDocument,
    ListFile,
    Programme,
    Update,
)
from members.models import Organisation, SavedView
from tests.funding import rows
from tests.funding.import_scene import imports


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
    follow_up = _follow_up(scene, shared)
    foreign = rows.initiative(slug="autre-initiative", prepared_by=other)
    scene.other["funding"] = {
        "shared": shared,
        "foreign": foreign,
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
        "own draft line": rows.line(
            of=shared, by=own, due=(), state=LineState.DRAFT, amount_agreed=None, decided_on=None, signed_on=None
        ),
        **imports(own, scene.people.funder, line.reference),
        **follow_up,
        "programme": programme,
        "foreign programme": Programme.objects.create(name="D’un autre", slug="d-un-autre", lead=other),
        "commitment": Commitment.objects.create(
            programme=programme, text="Sept territoires", unit=CommitmentUnit.TERRITORIES, target=7
        ),
        "document": InitiativeDocument.objects.create(
            initiative=shared, title="Note", link="https://documents.example/note"
        ),
        "frozen": freeze(own, scene.people.funder, FrozenAudience.MEMBERS),
        "own frozen": freeze(own, scene.people.funder, FrozenAudience.ORGANISATION),
        "view": SavedView.objects.create(
            owner=scene.people.funder,
            page=ListPage.DASHBOARD,
            name="Rhône",
            query="region=84",
            shared_with=own,
            saved_at=timezone.now(),
        ),
        "file": ListFile.objects.create(
            page=ListPage.INITIATIVES, format="csv", by=scene.people.funder, asked_at=timezone.now()
        ),
        "report": FinancialReport.objects.create(line=line, due_on=dt.date(2025, 3, 1)),
    }


def _follow_up(scene: Any, initiative: Initiative) -> dict[str, Any]:
    """Who is asked for news of `initiative`, an update that is due, one that is received, an indicator, a link."""
    now = timezone.now()
    bearer = User.objects.create_user("porteuse@portail.example", first_name="Inès", last_name="Porteuse")
    contact = BearerContact.objects.create(initiative=initiative, user=bearer, added_at=now)
    token = personal_links.issue(
        user=bearer,
        scope=contacts.SCOPE,
        about=(contacts.KIND, initiative.public_id),
        expires_at=now + dt.timedelta(days=30),
        now=now,
    )
    return {
        "contact": contact,
        "update link": token,
        "indicator": Indicator.objects.create(initiative=initiative, name="Personnes accueillies", target=40),
        "update": Update.objects.create(initiative=initiative, due_on=dt.date(2025, 6, 30), changed_at=now),
        "update received": Update.objects.create(
            initiative=initiative,
            due_on=dt.date(2024, 12, 31),
            state=UpdateState.SUBMITTED,
            text="Tout avance.",
            audience=UpdateAudience.MEMBERS,
            submitted_at=now,
            changed_at=now,
        ),
    }


def freeze(organisation: Organisation, by: Any, audience: FrozenAudience) -> FrozenFigures:
    return services.freeze(
        name="Bilan",
        as_of=dt.date(2024, 12, 31),
        query="",
        organisation=organisation,
        audience=audience,
        by=by,
        now=timezone.now(),
    )
