"""The round of seats: where the organisations of the space sit, drawn on pages, covers and in the sign.

Two open arcs round the centre of a 400 × 380 box: inside the organisations that run an engineering scheme,
outside the others; the opening below is the place of the visitor. Pure geometry, no drawing, no database.
"""

from __future__ import annotations

import math

WIDTH, HEIGHT = 400, 380
CENTRE = (200.0, 200.0)
OUTER_RADIUS, INNER_RADIUS = 184.0, 146.0
FIRST_ANGLE, SWEEP = 122.0, 296.0  # degrees clockwise from the right; the arc leaves 64° open below
_ROOMY = 17.6  # the distance between neighbours under which dots would touch at full size

Point = tuple[float, float]


def layout(inner: int, outer: int) -> tuple[list[Point], list[Point]]:
    """Centres of the seats (x, y), from the lower left round to the lower right: (inner arc, outer arc)."""
    return _arc(inner, INNER_RADIUS), _arc(outer, OUTER_RADIUS)


def dot_scale(inner: int, outer: int) -> float:
    """1.0 while dots of full size fit beside each other, less where an arc is crowded."""
    gaps = [
        radius * math.radians(SWEEP) / (count - 1)
        for count, radius in ((inner, INNER_RADIUS), (outer, OUTER_RADIUS))
        if count > 1
    ]
    return min([1.0, *(gap / (_ROOMY * 1.15) for gap in gaps)])


def _arc(count: int, radius: float) -> list[Point]:
    step = SWEEP / (count - 1) if count > 1 else 0
    start = FIRST_ANGLE if count > 1 else FIRST_ANGLE + SWEEP / 2
    angles = (math.radians(start + index * step) for index in range(count))
    return [
        (round(CENTRE[0] + radius * math.cos(angle), 1), round(CENTRE[1] + radius * math.sin(angle), 1))
        for angle in angles
    ]
