"""Fundings by the 360Giving Data Standard (JSON), source: standard.threesixtygiving.org.

Identifiers are stable: a funding and an organisation of the directory by their public id, a bearer outside it by
its SIREN (register code FR-INSEE of org-id.guide) or, where none is known, by the initiative it bears.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings

from funding.exports.geojson import known_period
from funding.models import FundingLine
from members.models import Organisation

CURRENCY = "EUR"


def _organisation(found: Organisation) -> dict[str, Any]:
    if found.siren:
        return {"id": f"FR-INSEE-{found.siren}", "name": found.name}
    return {"id": f"urn:uuid:{found.public_id}", "name": found.name}


def _bearer(line: FundingLine) -> dict[str, Any]:
    initiative = line.initiative
    if initiative.bearer:
        return _organisation(initiative.bearer)
    known = initiative.bearer_siren or initiative.bearer_siret[:9]
    made = f"FR-INSEE-{known}" if known else f"urn:uuid:{initiative.public_id}#bearer"
    return {"id": made, "name": initiative.bearer_name}


def grant(line: FundingLine, names: Mapping[str, str]) -> dict[str, Any]:
    """One funding as a grant; `names` are the regions by code. Keys the portal knows nothing of are left out."""
    initiative = line.initiative
    made: dict[str, Any] = {
        "id": f"urn:uuid:{line.public_id}",
        "title": initiative.title,
        "description": line.purpose or initiative.summary or initiative.title,
        "currency": CURRENCY,
        "amountAwarded": float(line.total),
        "awardDate": line.decided_on.isoformat(),
        "fundingOrganization": [_organisation(line.funder)],
        "recipientOrganization": [_bearer(line)],
        "dateModified": line.changed_at.isoformat(),
        "dataSource": settings.BASE_URL,
    }
    if initiative.regions:
        made["beneficiaryLocation"] = [
            {"name": names[code], "geoCode": code, "geoCodeType": "INSEE", "countryCode": "FR"}
            for code in initiative.regions
        ]
    if initiative.programme:
        made["grantProgramme"] = [{"code": initiative.programme.slug, "title": initiative.programme.name}]
    if dates := known_period(initiative):
        made["plannedDates"] = [{f"{key}Date": day for key, day in dates.items()}]
    return made


def pieces(lines: Iterable[FundingLine], names: Mapping[str, str]) -> Iterator[str]:
    """The file, grant by grant."""
    yield '{"grants":['
    for number, line in enumerate(lines):
        yield ("," if number else "") + json.dumps(grant(line, names), ensure_ascii=False)
    yield "]}"
