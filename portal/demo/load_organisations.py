"""Organisations, what they can help with, their engineering schemes and their memberships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from core.models import Region
from members.enums import Sector
from members.models import Competence, EngineeringScheme, Membership, Organisation
from portal.demo import source
from portal.demo.context import DemoContext, identifier

BORN = dt.date(2020, 3, 20)
REAL_MEMBER = source.french(
    "Organisation réelle. Ses représentants, ses présences et sa participation aux débats, hors faits publics, "
    "sont fictifs, pour la démonstration."
)
INVENTED = "Organisation inventée pour la démonstration."


def rows() -> Iterator[dict[str, Any]]:
    """Each organisation of the data files with its world and its rank (1, 2, …) over all files."""
    rank = 0
    for name in source.names("organisations"):
        data = source.table(name)
        for row in data["organisations"]:
            rank += 1
            yield {**row, "world": data["world"], "rank": rank}


def fictional_siren(rank: int) -> str:
    """Nine digits that pass the check (Luhn) and lie below the first number ever given to an enterprise."""
    body = f"{rank:08d}"
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def loaded(context: DemoContext) -> bool:
    return Organisation.objects.exists()


def load(context: DemoContext) -> None:
    regions, chosen = Region.objects.in_bulk(), source.table("competences")
    terms = {
        name: context.add(Competence, {"name": name}, public_id=identifier("competence", name))
        for name in chosen["names"]
    }
    for row in rows():
        helps_with = chosen["organisations"].get(row["slug"], {"names": [], "sdgs": []})
        organisation = _organisation(context, row, helps_with["sdgs"])
        organisation.regions.set(regions[code] for code in row.get("regions", []))
        organisation.competences.set(terms[name] for name in helps_with["names"])
        for scheme in row.get("schemes", []):
            context.add(
                EngineeringScheme,
                {"organisation": organisation, "name": scheme["name"]},
                public_id=identifier("scheme", row["slug"], scheme["name"]),
                summary=scheme["summary"],
                engineerings=scheme["engineerings"],
                helps=scheme["helps"],
                phase=scheme["phase"],
            )
        if row.get("member", True):
            period = DateRange(row.get("since", BORN), row.get("until"))
            context.add(Membership, {"organisation": organisation}, period=period)


def _organisation(context: DemoContext, row: dict[str, Any], sdgs: list[int]) -> Organisation:
    real = row.get("real", False)
    presentation = f"{row.get('presentation', '')} {REAL_MEMBER if real else INVENTED}".strip()
    registered = {} if real else {"siren": fictional_siren(row["rank"])}
    if not real and row["sector"] == Sector.ASSOCIATION:
        registered["rna"] = f"W000000{row['rank']:03d}"  # no department bears the number 000
    if not real:
        registered["website"] = f"https://{row['slug']}.example/"
    return context.add(
        Organisation,
        {"slug": row["slug"]},
        public_id=identifier("organisation", row["slug"]),
        name=row["name"],
        short_name=row.get("short_name", ""),
        summary=row["summary"],
        presentation=presentation,
        world=row["world"],
        sector=row["sector"],
        level=row["level"],
        sdgs=sdgs,
        is_fictional=not real,
        **registered,
    )
