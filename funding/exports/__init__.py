"""Lists of initiatives and fundings as files: exactly the filtered rows, in five formats.

    wanted = wanted_format(request)                       # None, "csv", "xlsx", "scdl", …; another word is refused
    if wanted and filterset.is_valid():
        return exports.initiatives(wanted, filterset=filterset, sight=sight, now=now)

A file never holds what its reader may not see. SCDL has one row for each complete subvention; whatever lacks an
obligatory value stands in the companion list (`scdl-incomplets`) with what it lacks, and nothing is made up.
"""

from .columns import EUROS, LINE_COLUMNS, InitiativeColumns
from .download import FORMATS, initiatives, lines, offered, wanted_format

__all__ = [
    "EUROS",
    "FORMATS",
    "LINE_COLUMNS",
    "InitiativeColumns",
    "initiatives",
    "lines",
    "offered",
    "wanted_format",
]
