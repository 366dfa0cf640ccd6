"""People, the positions they hold, and the five accounts that can sign in."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts.models import User
from members.enums import PositionRole
from members.models import Position
from portal.demo import source
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_organisations import BORN, rows


def accounts() -> list[dict[str, Any]]:
    """The five accounts: e-mail, name, role in words."""
    return source.table("accounts")["accounts"]


def password() -> str:
    """Their common password, public on purpose."""
    return source.table("accounts")["password"]


def loaded(context: DemoContext) -> bool:
    return User.objects.filter(is_demo=True).exists()


def load(context: DemoContext) -> None:
    encoded = make_password(password())  # one salt for all five: the password is public, the work is not free
    for account in accounts():
        _account(context, account, encoded)
    context.__dict__.pop("people", None)
    for row in rows():
        organisation = context.organisations[row["slug"]]
        for place in row.get("people", []):
            user = context.people.get(place["name"]) or _person(context, place["name"], row["slug"])
            period = DateRange(place.get("from", row.get("since", BORN)), place.get("until", row.get("until")))
            context.add(
                Position,
                {"user": user, "organisation": organisation},
                public_id=identifier("position", row["slug"], place["name"]),
                role=place.get("role", PositionRole.REPRESENTATIVE),
                title=place["title"],
                period=period,
            )
    context.__dict__.pop("people", None)


def _account(context: DemoContext, account: dict[str, Any], encoded: str) -> None:
    user = context.add(
        User,
        {"email": account["email"]},
        **_named(account["name"]),
        password=encoded,
        is_demo=True,
        is_staff=account.get("administrator", False),
    )
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)


def _person(context: DemoContext, name: str, slug: str) -> User:
    """Somebody known to the space who has never signed in."""
    return context.add(User, {"email": f"{_plain(name)}@{slug}.example"}, **_named(name), password=make_password(None))


def _named(name: str) -> dict[str, Any]:
    first, last = name.split(" ", 1)
    known_since = moment(BORN)
    return {"public_id": identifier("person", name), "first_name": first, "last_name": last, "created_at": known_since}


def _plain(name: str) -> str:
    """ "Gaël Le Goff" → "gael.le-goff", for an address."""
    decomposed = unicodedata.normalize("NFKD", name.lower().replace("’", "-"))
    ascii_name = "".join(character for character in decomposed if not unicodedata.combining(character))
    first, last = ascii_name.split(" ", 1)
    return f"{first}.{last.replace(' ', '-')}"
