"""From a filtered list to the file it is downloaded as, in the format the address asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from core.filters import FilterSet
from core.models import Region
from core.tables import FORMATS as TABLES, Download, download
from funding.exports import definitions, geojson, giving, scdl
from funding.exports.columns import LINE_COLUMNS, InitiativeColumns
from funding.exports.rows import BATCH, initiatives_with_lines, lines_in_full, lines_of
from funding.models import FundingLine
from funding.querysets import FundingLineQuerySet, InitiativeQuerySet
from funding.visibility import Visibility

SCDL, LEFT_OUT, GIVING, GEOJSON = "scdl", "scdl-incomplets", "360giving", "geojson"
PDF = "pdf"  # always made by the worker (`funding.exports.files`)
# word of the address → content type and name of the file
_OPEN = {
    SCDL: ("text/csv; charset=utf-8", "subventions-scdl.csv"),
    LEFT_OUT: ("text/csv; charset=utf-8", "subventions-scdl-incomplets.csv"),
    GIVING: ("application/json; charset=utf-8", "360giving.json"),
    GEOJSON: ("application/geo+json; charset=utf-8", ".geojson"),
}
FORMATS = (*TABLES, *_OPEN, PDF)
Watch = Callable[[Iterable[Any]], Iterator[Any]]

_LABELS: dict[str, tuple[str | Promise, str]] = {
    "csv": (gettext_lazy("CSV"), "file-csv"),
    "xlsx": (gettext_lazy("Excel"), "file-xls"),
    SCDL: (gettext_lazy("SCDL subventions"), "file-csv"),
    LEFT_OUT: (gettext_lazy("SCDL: incomplete rows"), "file-csv"),
    GIVING: (gettext_lazy("360Giving"), "file-text"),
    GEOJSON: (gettext_lazy("GeoJSON"), "map-trifold"),
    PDF: (gettext_lazy("PDF"), "file-pdf"),
}


@dataclass(frozen=True)
class Offer:
    label: str | Promise
    icon: str
    address: str


def wanted_format(request: HttpRequest) -> str | None:
    """A word of `FORMATS` where `?format=` asks for a file, None without it; another word is a bad request."""
    wanted = request.GET.get("format", "")
    if wanted and wanted not in FORMATS:
        raise BadRequest(_("Formats on offer: %(formats)s.") % {"formats": ", ".join(FORMATS)})
    return wanted or None


def label(wanted: str) -> str | Promise:
    """What a format is called."""
    return _LABELS[wanted][0]


def offered(filterset: FilterSet) -> list[Offer]:
    """The downloads of a filtered list, for its page."""
    return [Offer(label, icon, filterset.address(vue=[], format=word)) for word, (label, icon) in _LABELS.items()]


def initiatives(
    wanted: str,
    *,
    found: InitiativeQuerySet,
    filterset: FilterSet,
    visibility: Visibility,
    now: dt.datetime,
    watch: Watch = iter,
) -> Download:
    """`found` as a file: one row or feature for each initiative, or its fundings in SCDL and 360Giving.

    `watch` is put around the rows, say to count them.
    """
    if wanted in (SCDL, LEFT_OUT, GIVING):
        return _open(wanted, lines_of(found, visibility), name="", watch=watch)
    rows = initiatives_with_lines(found, visibility)
    if wanted == GEOJSON:
        listed = watch(found.for_list(visibility).iterator(chunk_size=BATCH))
        return _file(wanted, geojson.pieces(geojson.of_initiative(row) for row in listed), name=_("initiatives"))
    return download(
        wanted,
        columns=InitiativeColumns().columns(),
        rows=watch(rows.iterator(chunk_size=BATCH)),
        name=_("initiatives"),
        title=_("Initiatives"),
        notes=definitions.notes(filterset, definitions.OF_INITIATIVES, now),
        notes_title=_("Filters and definitions"),
    )


def lines(
    wanted: str, *, found: FundingLineQuerySet, filterset: FilterSet, now: dt.datetime, watch: Watch = iter
) -> Download:
    """`found` as a file: one row, grant or feature for each funding; the reader may see all their amounts."""
    if wanted in _OPEN:
        return _open(wanted, found, name=_("fundings"), watch=watch)
    return download(
        wanted,
        columns=LINE_COLUMNS,
        rows=watch(found.select_related("initiative", "funder").iterator(chunk_size=BATCH)),
        name=_("fundings"),
        title=_("Fundings"),
        notes=definitions.notes(filterset, definitions.OF_LINES, now),
        notes_title=_("Filters and definitions"),
    )


def _open(wanted: str, found: FundingLineQuerySet, *, name: str, watch: Watch) -> Download:
    rows: Iterable[FundingLine] = watch(lines_in_full(found).iterator(chunk_size=BATCH))
    if wanted == SCDL:
        return _file(wanted, scdl.complete(rows), name=name)
    if wanted == LEFT_OUT:
        return _file(wanted, scdl.incomplete(rows), name=name)
    if wanted == GEOJSON:
        return _file(wanted, geojson.pieces(geojson.of_line(line) for line in rows), name=name)
    names = dict(Region.objects.values_list("code", "name"))
    return _file(wanted, giving.pieces(rows, names), name=name)


def _file(wanted: str, pieces: Iterator[str], *, name: str) -> Download:
    kind, file = _OPEN[wanted]
    named = slugify(name) + file if file.startswith(".") else file
    return Download(named, kind, _spoken(pieces, translation.get_language()))


def _spoken(pieces: Iterator[str], language: str | None) -> Generator[bytes, None, None]:
    """The pieces are made after the middleware has ended: each takes up the language of the request again."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece.encode()
