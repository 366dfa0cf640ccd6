"""Lists of initiatives and fundings as files: exactly the filtered rows, in seven formats.

    wanted = wanted_format(request)                       # None, "csv", "xlsx", "scdl", …; another word is refused
    file = exports.initiatives(wanted, filterset=filterset, visibility=visibility, now=now)
    respond(file)                                         # or written by the worker: funding.exports.files

A file never holds what its reader may not see. SCDL has one row for each complete subvention; whatever lacks an
obligatory value stands in the companion list (`scdl-incomplets`) with what it lacks, and nothing is made up.
"""

from .columns import EUROS, LINE_COLUMNS, InitiativeColumns
from .download import (
    FORMATS,
    GEOJSON,
    GIVING,
    LEFT_OUT,
    PDF,
    SCDL,
    Watch,
    initiatives,
    label,
    lines,
    offered,
    wanted_format,
)

__all__ = [
    "EUROS",
    "FORMATS",
    "GEOJSON",
    "GIVING",
    "LEFT_OUT",
    "LINE_COLUMNS",
    "PDF",
    "SCDL",
    "InitiativeColumns",
    "Watch",
    "initiatives",
    "label",
    "lines",
    "offered",
    "wanted_format",
]
