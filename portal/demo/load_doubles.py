"""Somebody who is about to leave, and an organisation that was entered twice: to be replaced, and to be merged."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import User
from members.enums import PositionRole
from members.models import Organisation, Position
from portal.demo import source
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_organisations import BORN, INVENTED

TWICE = "maison-des-lieux-partages"
DOUBLE = "maison-lieux-partages"
LEAVER = "Karim Le Goff"  # whom the animators call, and who has a substitute to take over


def loaded(context: DemoContext) -> bool:
    return Organisation.with_doubles.filter(slug=DOUBLE).exists()


def load(context: DemoContext) -> None:
    first = context.organisations[TWICE]
    first.internal_contact = source.french(f"{LEAVER}, le mardi et le jeudi")
    first.save(update_fields=["internal_contact"])
    double = context.add(
        Organisation,
        {"slug": DOUBLE},
        public_id=identifier("organisation", DOUBLE),
        name="Maison Lieux partagés",
        summary=source.french("Un lieu d'entraide ouvert à toutes les associations du canton."),
        presentation=INVENTED,
        world=first.world,
        sector=first.sector,
        level=first.level,
        public_email=f"accueil@{DOUBLE}.example",
        is_fictional=True,
    )
    person = context.add(
        User,
        {"email": f"solene.marchais@{DOUBLE}.example"},
        public_id=identifier("person", "Solène Marchais"),
        first_name="Solène",
        last_name="Marchais",
        created_at=moment(BORN),
        password=make_password(None),
    )
    context.add(
        Position,
        {"user": person, "organisation": double},
        public_id=identifier("position", DOUBLE, "Solène Marchais"),
        role=PositionRole.OBSERVER,
        title=source.french("Chargée d'accueil"),
        period=DateRange(BORN, None),
    )
