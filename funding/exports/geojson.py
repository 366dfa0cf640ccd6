"""Initiatives and fundings as GeoJSON (RFC 7946).

The portal knows regions of action, no point: a feature stands at the chief town of each of its regions, and says
so (`location_precision`: "region"). What acts in the whole country, or nobody knows where, has no geometry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from core.partial_dates.values import is_day, last_day
from funding.enums import FundingKind, LineState, Stage
from funding.filters import WORD_OF_KIND, WORD_OF_STAGE, WORD_OF_STATE
from funding.models import FundingLine, Initiative

# INSEE code of the region → longitude, latitude of its chief town (WGS 84).
CHIEF_TOWNS: dict[str, tuple[float, float]] = {
    "01": (-61.73, 16.0),
    "02": (-61.07, 14.6),
    "03": (-52.33, 4.92),
    "04": (55.45, -20.88),
    "06": (45.23, -12.78),
    "11": (2.35, 48.86),
    "24": (1.91, 47.9),
    "27": (5.04, 47.32),
    "28": (1.1, 49.44),
    "32": (3.06, 50.63),
    "44": (7.75, 48.57),
    "52": (-1.55, 47.22),
    "53": (-1.68, 48.12),
    "75": (-0.58, 44.84),
    "76": (1.44, 43.6),
    "84": (4.84, 45.76),
    "93": (5.37, 43.3),
    "94": (8.74, 41.92),
}


def geometry(initiative: Initiative) -> dict[str, Any] | None:
    points = [list(CHIEF_TOWNS[code]) for code in initiative.regions if code in CHIEF_TOWNS]
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points} if points else None


def known_period(initiative: Initiative) -> dict[str, str]:
    """First and last day of the initiative, where they are known to the day: {"start": …, "end": …}."""
    found = {}
    if is_day(initiative.starts_on):
        found["start"] = initiative.starts_on.lower.isoformat()
    if is_day(initiative.ends_on):
        found["end"] = last_day(initiative.ends_on).isoformat()
    return found


def _place(initiative: Initiative) -> dict[str, Any]:
    return {
        "regions": initiative.regions,
        "national": initiative.is_national,
        "place": initiative.place,
        "location_precision": "region" if initiative.regions else None,
    }


def of_initiative(initiative: Initiative) -> dict[str, Any]:
    """`initiative` is read with its totals."""
    return {
        "type": "Feature",
        "id": str(initiative.public_id),
        "geometry": geometry(initiative),
        "properties": {
            "reference": initiative.reference,
            "title": initiative.title,
            "summary": initiative.summary,
            "bearer": initiative.bearer_label,
            "stage": WORD_OF_STAGE[Stage(initiative.stage)],
            "sdgs": initiative.sdgs,
            "programme": initiative.programme.slug if initiative.programme else None,
            "agreed": float(initiative.agreed),
            "fundings_of_untold_amount": initiative.undisclosed,
            **_place(initiative),
        },
    }


def of_line(line: FundingLine) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(line.public_id),
        "geometry": geometry(line.initiative),
        "properties": {
            "reference": line.reference,
            "initiative": line.initiative.reference,
            "title": line.initiative.title,
            "funder": line.funder.name,
            "kind": WORD_OF_KIND[FundingKind(line.kind)],
            "state": WORD_OF_STATE[LineState(line.state)],
            "decided_on": line.decided_on.isoformat() if line.decided_on else None,
            "agreed": None if line.total is None else float(line.total),
            **_place(line.initiative),
        },
    }


def pieces(features: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The file, feature by feature."""
    yield '{"type":"FeatureCollection","features":['
    for number, feature in enumerate(features):
        yield ("," if number else "") + json.dumps(feature, ensure_ascii=False)
    yield "]}"
