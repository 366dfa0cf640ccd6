"""The map of regions: shapes, classes fixed and written in the legend, overseas as tiles of equal size.

The outlines stand in `core.charts.outlines`. What is counted is the caller's: it says the sentence of a region.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.charts.outlines import shapes
from core.models import Region

CLASSES = ((1, "1"), (2, "2"), (3, "3–4"), (5, "5–7"), (8, "8 +"))  # from how many, and its label


def step(number: int) -> str:
    """The class of a count: "m1" to "m5", or "white" (hatched) for none."""
    reached = [index for index, (least, _label) in enumerate(CLASSES, start=1) if number >= least]
    return f"m{reached[-1]}" if reached else "white"


@dataclass(frozen=True)
class Area:
    code: str
    region: str
    number: int
    name: str  # the whole sentence
    url: str
    css: str
    path: str = ""
    x: float = 0
    y: float = 0

    @property
    def on_dark(self) -> bool:
        return self.css in ("m4", "m5")


@dataclass(frozen=True)
class RegionMap:
    mainland: list[Area]
    tiles: list[Area]


def draw(
    regions: Iterable[Region],
    counts: Mapping[str, int],
    *,
    name: Callable[[Region], str],
    url: Callable[[str], str],
    css: Callable[[int], str] = step,
) -> RegionMap:
    """The map of `counts` (region code → number); `name` says the sentence of a region, `url` its list."""
    mainland, tiles = [], []
    for region in regions:
        number = counts.get(region.code, 0)
        facts = {
            "code": region.code,
            "region": region.name,
            "number": number,
            "name": name(region),
            "url": url(region.code),
            "css": css(number),
        }
        shape = shapes().get(region.code)
        if shape:
            mainland.append(Area(**facts, path=shape["path"], x=shape["x"], y=shape["y"]))
        else:
            place = len(tiles) * 118 + 8
            tiles.append(Area(**facts, x=place, y=2))
    return RegionMap(mainland, tiles)
