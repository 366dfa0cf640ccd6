"""From a filtered list to the response that downloads it, in the format the address asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from core.filters import FilterSet
from core.models import Region
from core.tables import FORMATS as TABLES, export
from funding.exports import definitions, geojson, giving, scdl
from funding.exports.columns import LINE_COLUMNS, InitiativeColumns
from funding.exports.rows import BATCH, initiatives_with_lines, lines_in_full, lines_of
from funding.models import FundingLine
from funding.querysets import FundingLineQuerySet, InitiativeQuerySet
from funding.visibility import Sight

SCDL, LEFT_OUT, GIVING, GEOJSON = "scdl", "scdl-incomplets", "360giving", "geojson"
# word of the address → content type and name of the file
_OPEN = {
    SCDL: ("text/csv; charset=utf-8", "subventions-scdl.csv"),
    LEFT_OUT: ("text/csv; charset=utf-8", "subventions-scdl-incomplets.csv"),
    GIVING: ("application/json; charset=utf-8", "360giving.json"),
    GEOJSON: ("application/geo+json; charset=utf-8", ".geojson"),
}
FORMATS = (*TABLES, *_OPEN)

_LABELS: dict[str, tuple[str | Promise, str]] = {
    "csv": (gettext_lazy("CSV"), "file-csv"),
    "xlsx": (gettext_lazy("Excel"), "file-xls"),
    # Translators: SCDL subventions
    SCDL: (gettext_lazy("SCDL subventions"), "file-csv"),
    # Translators: SCDL : lignes incomplètes
    LEFT_OUT: (gettext_lazy("SCDL: incomplete rows"), "file-csv"),
    GIVING: (gettext_lazy("360Giving"), "file-text"),
    GEOJSON: (gettext_lazy("GeoJSON"), "map-trifold"),
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
        # Translators: Formats proposés : %(formats)s.
        raise BadRequest(_("Formats on offer: %(formats)s.") % {"formats": ", ".join(FORMATS)})
    return wanted or None


def offered(filterset: FilterSet) -> list[Offer]:
    """The downloads of a filtered list, for its page."""
    return [Offer(label, icon, filterset.address(vue=[], format=word)) for word, (label, icon) in _LABELS.items()]


def initiatives(
    wanted: str, *, found: InitiativeQuerySet, filterset: FilterSet, sight: Sight, now: dt.datetime
) -> HttpResponseBase:
    """`found` as a download: one row or feature for each initiative, or its fundings in SCDL and 360Giving."""
    if wanted in (SCDL, LEFT_OUT, GIVING):
        return _open(wanted, lines_of(found, sight), name="")
    rows = initiatives_with_lines(found, sight)
    if wanted == GEOJSON:
        features = (geojson.of_initiative(row) for row in found.for_list(sight).iterator(chunk_size=BATCH))
        return _stream(wanted, geojson.pieces(features), name=_("initiatives"))
    return export(
        wanted,
        columns=InitiativeColumns().columns(),
        rows=rows.iterator(chunk_size=BATCH),
        name=_("initiatives"),
        title=_("Initiatives"),
        notes=definitions.notes(filterset, definitions.OF_INITIATIVES, now),
        # Translators: Filtres et définitions
        notes_title=_("Filters and definitions"),
    )


def lines(wanted: str, *, found: FundingLineQuerySet, filterset: FilterSet, now: dt.datetime) -> HttpResponseBase:
    """`found` as a download: one row, grant or feature for each funding; the reader may see all their amounts."""
    if wanted in _OPEN:
        return _open(wanted, found, name=_("fundings"))
    return export(
        wanted,
        columns=LINE_COLUMNS,
        rows=found.select_related("initiative", "funder").iterator(chunk_size=BATCH),
        name=_("fundings"),
        title=_("Fundings"),
        notes=definitions.notes(filterset, definitions.OF_LINES, now),
        notes_title=_("Filters and definitions"),
    )


def _open(wanted: str, found: FundingLineQuerySet, *, name: str) -> HttpResponseBase:
    rows: Iterable[FundingLine] = lines_in_full(found).iterator(chunk_size=BATCH)
    if wanted == SCDL:
        return _stream(wanted, scdl.complete(rows), name=name)
    if wanted == LEFT_OUT:
        return _stream(wanted, scdl.incomplete(rows), name=name)
    if wanted == GEOJSON:
        return _stream(wanted, geojson.pieces(geojson.of_line(line) for line in rows), name=name)
    names = dict(Region.objects.values_list("code", "name"))
    return _stream(wanted, giving.pieces(rows, names), name=name)


def _stream(wanted: str, pieces: Iterator[str], *, name: str) -> HttpResponseBase:
    kind, file = _OPEN[wanted]
    response = StreamingHttpResponse(_spoken(pieces, translation.get_language()), content_type=kind)
    named = slugify(name) + file if file.startswith(".") else file
    response["Content-Disposition"] = f'attachment; filename="{named}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _spoken(pieces: Iterator[str], language: str | None) -> Iterator[str]:
    """The pieces are made after the middleware has ended: each takes up the language of the request again."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
