"""Who has not come in yet: two invitations, one of them over, and two requests for access, one of them refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings

from core.accounts.models import User
from members.models import AccessRequest, Invitation, RequestState
from portal.demo import source
from portal.demo.context import DemoContext, identifier

INVITER = "Sofia Marchetti"
INVITED = {"Delphine Arnoux": 3, "Brice Hennebert": settings.INVITATION_DAYS + 6}  # days since the mail


def loaded(context: DemoContext) -> bool:
    return AccessRequest.objects.exists()


def load(context: DemoContext) -> None:
    inviter = context.people[INVITER]
    for name, days in INVITED.items():
        _invitation(context, context.people[name], inviter, sent=context.now - dt.timedelta(days=days))
    asked = context.now - dt.timedelta(days=2)
    context.add(
        AccessRequest,
        {"public_id": identifier("access request", 1)},
        first_name="Ysaline",
        last_name="Kermorgant",
        email="ysaline.kermorgant@tiers-lieu-des-halles.example",
        organisation_name="Tiers-lieu des Halles",
        why=source.french(
            "Nous accompagnons douze collectifs d'habitants et cherchons où partager nos méthodes avec d'autres ingénieries."
        ),
        asked_at=asked,
    )
    context.add(
        AccessRequest,
        {"public_id": identifier("access request", 2)},
        first_name="Octave",
        last_name="Verdier",
        email="octave.verdier@conseil-verdier.example",
        organisation_name="Conseil Verdier",
        why=source.french("Présenter nos prestations aux membres."),
        asked_at=asked - dt.timedelta(days=20),
        state=RequestState.REFUSED,
        answered_at=asked - dt.timedelta(days=18),
        answered_by=inviter,
        reason=source.french(
            "L'espace n'est pas un lieu de démarchage ; ses sessions publiques vous restent ouvertes."
        ),
    )


def _invitation(context: DemoContext, person: User, inviter: User, *, sent: dt.datetime) -> None:
    """Its link was never told to anybody."""
    context.add(
        Invitation,
        {"public_id": identifier("invitation", person.get_full_name())},
        user=person,
        email=person.email,
        by_mail=True,
        invited_by=inviter,
        token_hash=hashlib.sha256(secrets.token_bytes()).hexdigest(),
        created_at=sent,
        expires_at=sent + dt.timedelta(days=settings.INVITATION_DAYS),
    )
