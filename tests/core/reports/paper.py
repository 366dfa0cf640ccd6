"""What the eye would find fault with in a printed document: type too small or too pale, and what stands alone.

`hard_to_read` reads the marks on the pages, `lonely` the structure, whose elements WeasyPrint makes one a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf

from tests.core.reports.pdf_ua import _Read

SMALLEST = 9.0  # points, of notes, heads and feet
LEAST_CONTRAST = 4.5
# What is printed on: paper and the tints of boxes, or the green of a cover.
LIGHT = ["#FFFFFF", "#F0F2EB", "#F8E9E3"]
GREEN = ["#1D4D3E"]

_BLOCKS = {"H1", "H2", "H3", "H4", "H5", "P", "LI", "TR", "head", "Figure"}

Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)


def hard_to_read(path: Path, *, smallest: float = SMALLEST) -> list[str]:
    """One sentence for each size below `smallest`, and each colour that no ground of ours carries."""
    found = set()
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            for size, colour in _texts(page):
                if size < smallest - 0.05:
                    found.add(f"page {number}: {size:.1f} pt")
                if not any(
                    all(_contrast(colour, _rgb(each)) >= LEAST_CONTRAST for each in on) for on in (LIGHT, GREEN)
                ):
                    found.add(f"page {number}: too pale, {tuple(round(255 * part) for part in colour)}")
    return sorted(found)


def lonely(path: Path) -> list[str]:
    """Headings parted from what they head, rows and boxes alone on their page."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        blocks = []  # (kind, page, number of its table)
        for element, way in _Read(pdf).elements:
            kind = str(element.S)[1:]
            if kind == "TR" and "THead" in way:
                kind = "head"
            if kind in _BLOCKS and not {"TR", "LI"} & set(way):
                blocks.append((kind, numbers[element.Pg.objgen]))
    return [*_parted(blocks), *_alone(blocks)]


def _parted(blocks: list[tuple[str, int]]) -> Iterator[str]:
    for (kind, page), (_next, later) in pairwise(blocks):
        if kind.startswith("H") and kind != "H1" and later != page:
            yield f"page {page}: a heading at the foot, its text on the next page"
        if kind == "head" and later != page:
            yield f"page {page}: the head of a table without a row"


def _alone(blocks: list[tuple[str, int]]) -> Iterator[str]:
    pages: dict[int, list[str]] = defaultdict(list)
    for kind, page in blocks:
        pages[page].append(kind)
    for page, kinds in sorted(pages.items()):
        if page > 1 and [kind for kind in kinds if kind != "head"] in (*([kind] for kind in _BLOCKS - {"P", "LI"}), []):
            yield f"page {page}: nothing but one {kinds[-1]}"
    for (kind, page), (later_kind, later) in pairwise(blocks):
        if kind == "TR" and later_kind in {"TR", "head"} and later == page + 1:  # a table goes on over the page
            rows = _run(reversed(pages[page]))
            if rows == 1 and pages[page].count("TR") == 1:
                yield f"page {page}: one row of a table that goes on"
            if _run(iter(pages[later])) == 1:
                yield f"page {later}: one last row of a table"


def _run(kinds: Iterator[str]) -> int:
    """How many rows stand together at that end of the page."""
    rows = 0
    for kind in kinds:
        if kind == "TR":
            rows += 1
        elif kind != "head":
            break
    return rows


def _texts(page: pikepdf.Page) -> Iterator[tuple[float, tuple[float, float, float]]]:
    """Size in points and colour of each run of text."""
    stack, at, colour, font, text = [], _UPRIGHT, (0.0, 0.0, 0.0), 0.0, _UPRIGHT
    for operands, operator in pikepdf.parse_content_stream(page):
        sign = str(operator)
        if sign == "q":
            stack.append((at, colour))
        elif sign == "Q":
            at, colour = stack.pop()
        elif sign == "cm":
            at = _times(tuple(map(float, operands)), at)
        elif sign == "rg":
            colour = tuple(map(float, operands))
        elif sign == "Tf":
            font = float(operands[1])
        elif sign == "Tm":
            text = tuple(map(float, operands))
        elif sign in {"Tj", "TJ"}:
            whole = _times(text, at)
            yield font * abs(whole[0] * whole[3] - whole[1] * whole[2]) ** 0.5, colour


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """After WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
