"""Programmes, funders, initiatives and their fundings; all amounts are fictional (docs/sources.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.text import slugify

from core.partial_dates import day, month
from funding.enums import Stage
from funding.models import Commitment, Funder, FundingLine, Initiative, Programme, StageChange
from members.models import Competence, EngineeringScheme
from portal.demo import funding_lines, source
from portal.demo.context import DemoContext, identifier, moment, partial
from portal.demo.load_attendance import chance
from portal.demo.load_organisations import fictional_siren
from sessions_app.enums import SessionState
from sessions_app.models import Session

FIRST_RANK = 600  # of fictional SIRENs, beyond those of the organisations
# What came before each stage, in order.
WAY = [Stage.SPOTTED, Stage.REVIEWED, Stage.FUNDED, Stage.RUNNING, Stage.COMPLETED, Stage.CAPITALISED]


def rows() -> list[dict[str, Any]]:
    return source.table("funding/initiatives")["initiatives"]


def loaded(context: DemoContext) -> bool:
    return Initiative.objects.exists()


def load(context: DemoContext) -> None:
    table = source.table("funding/programmes")
    programmes = {row["slug"]: _programme(context, row) for row in table["programmes"]}
    for row in table["funders"]:
        organisation = context.organisations[row["slug"]]
        context.add(
            Funder,
            {"organisation": organisation},
            siret=_siret(organisation.siren) if organisation.is_fictional else "",
            fiscal_month=row.get("fiscal_month", 1),
            amounts_for=row["amounts_for"],
        )
    schemes = list(EngineeringScheme.objects.order_by("organisation__slug", "name"))
    for rank, row in enumerate(rows(), start=1):
        initiative = _initiative(context, rank, row, programmes)
        if initiative.stage_changes.exists() or initiative.draft_of:
            continue
        _ties(initiative, row, schemes)
        _history(context, initiative, row)
    if not FundingLine.objects.exists():
        funding_lines.load(context, table["funders"], rows())


def _programme(context: DemoContext, row: dict[str, Any]) -> Programme:
    programme = context.add(
        Programme,
        {"slug": row["slug"]},
        public_id=identifier("programme", row["slug"]),
        name=row["name"],
        summary=row["summary"],
        lead=context.organisations[row["lead"]],
        follows=Programme.objects.get(slug=row["follows"]) if "follows" in row else None,
        foundations=row.get("foundations", []),
    )
    for position, data in enumerate(row.get("commitments", []), start=1):
        commitment = context.add(
            Commitment,
            {"programme": programme, "position": position},
            public_id=identifier("commitment", row["slug"], position),
            text=data["text"],
            unit=data["unit"],
            target=data.get("target"),
            target_overseas=data.get("target_overseas"),
            approximate=data.get("approximate", ""),
            due=partial(data.get("due", "")),
            note=data.get("note", ""),
        )
        commitment.partners.set(context.organisations[slug] for slug in data.get("partners", []))
    return programme


def _siret(siren: str) -> str:
    """The fictional SIREN with an establishment number that makes the fourteen digits pass the check (Luhn)."""
    for number in range(1, 100):
        digits = f"{siren}{number:05d}"
        doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
        if sum(value // 10 + value % 10 for value in doubled) % 10 == 0:
            return digits
    return ""


def first_day(context: DemoContext, rank: int, row: dict[str, Any]) -> dt.date:
    """When the initiative was first heard of: in `year` for the older ones, some months ago for the others."""
    title = row["title"]
    if row["stage"] in (Stage.SPOTTED, Stage.REVIEWED, Stage.FUNDED):
        ago = {Stage.SPOTTED: 40, Stage.REVIEWED: 110, Stage.FUNDED: 280}[row["stage"]]
        return context.today - dt.timedelta(days=ago + int(80 * chance("first", title)))
    return dt.date(row["year"], 1, 5) + dt.timedelta(days=int(200 * chance("first", title)))


def _initiative(context: DemoContext, rank: int, row: dict[str, Any], programmes: dict[str, Programme]) -> Initiative:
    first = first_day(context, rank, row)
    begun = row["stage"] in (Stage.RUNNING, Stage.COMPLETED, Stage.CAPITALISED)
    over = row["stage"] in (Stage.COMPLETED, Stage.CAPITALISED)
    start = first + dt.timedelta(days=120)
    end = start + dt.timedelta(days=540)
    siren = fictional_siren(FIRST_RANK + rank) if "bearer_name" in row else ""
    association = siren and not row["bearer_name"].startswith("Coopérative")
    keeper = context.organisations[row.get("draft_of", "fonds-odd-17" if rank % 4 else "fondation-du-premier-sentier")]
    return context.add(
        Initiative,
        {"reference": f"INI-{rank:03d}"},
        public_id=identifier("initiative", rank),
        title=row["title"],
        slug=slugify(row["title"].replace("’", " ")),
        summary=row["summary"],
        description=(
            "Initiative inventée pour la démonstration : son nom, son lieu, sa structure porteuse et ses montants "
            "sont fictifs."
        ),
        bearer=context.organisations[row["bearer"]] if "bearer" in row else None,
        bearer_name=row.get("bearer_name", ""),
        bearer_siren=siren,
        bearer_siret=_siret(siren) if siren else "",
        bearer_rna=f"W000001{rank:03d}" if association else "",
        place=row.get("place", ""),
        regions=row.get("regions", []),
        is_national=row.get("national", False),
        sdgs=row["sdgs"],
        programme=programmes.get(row.get("programme", "")),
        stage=row["stage"],
        starts_on=month(start.year, start.month) if begun else None,
        ends_on=month(end.year, end.month) if over else None,
        prepared_by=keeper,
        draft_of=keeper if "draft_of" in row else None,
        is_fictional=True,
        created_at=moment(first, 9),
        changed_at=moment(first, 9),
    )


def _ties(initiative: Initiative, row: dict[str, Any], schemes: list[EngineeringScheme]) -> None:
    """Supporting schemes and sessions, drawn by the title."""
    title = row["title"]
    ranked = sorted(schemes, key=lambda scheme: chance("scheme", title, scheme.name))
    initiative.schemes.set(ranked[: int(3 * chance("schemes", title))])
    wanted = source.table("competences")["goals"].get(str(initiative.sdgs[0]), [])
    initiative.competences.set(Competence.objects.filter(name__in=wanted))
    if chance("discussed", title) < 0.45:
        around = Session.objects.filter(state=SessionState.CLOSED, cycle__year__gte=row["year"]).order_by("number")
        initiative.sessions.set(list(around)[:1])


def _history(context: DemoContext, initiative: Initiative, row: dict[str, Any]) -> None:
    first = first_day(context, 0, row)
    path = WAY[: WAY.index(Stage(row["stage"])) + 1] if row["stage"] in WAY else [*WAY[:2], Stage.DROPPED]
    source_stage = ""
    changes = []
    for step, stage in enumerate(path):
        date = first + dt.timedelta(days=(0, 45, 100, 120, 680, 760)[min(step, 5)])
        date = min(date, context.today - dt.timedelta(days=6 - step))
        reason = ""
        if stage == Stage.DROPPED:
            reason = source.french("La structure porteuse renonce, faute de local.")
        changes.append(
            StageChange(
                initiative=initiative,
                source=source_stage,
                target=stage,
                changed_on=day(date),
                recorded_at=moment(date, 10, step),
                reason=reason,
            )
        )
        source_stage = stage
    context.add_all(StageChange, changes)
