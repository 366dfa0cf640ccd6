"""Lists as files: CSV and XLSX that French Excel opens well and that no cell can turn into a program.

    COLUMNS = [Column(_("Organisation"), lambda org: org.name, width=40), Column(_("Since"), lambda org: org.since)]

    if wanted := wanted_format(request):                    # None, "csv" or "xlsx"; another word is refused
        return export(wanted, columns=COLUMNS, rows=queryset.iterator(chunk_size=500), name="membres",
                      title=_("Members"), notes=filterset.described)

CSV: UTF-8 with BOM, semicolons, CRLF, sent row by row. XLSX: typed cells, a fixed head, and a second sheet that
says what was filtered. Text that a spreadsheet would take for a formula is escaped in cells and heads alike.
"""

from .columns import Column
from .escape import escape, unescape
from .export import FORMATS, Download, download, export, respond, wanted_format

__all__ = [
    "FORMATS",
    "Column",
    "Download",
    "download",
    "escape",
    "export",
    "respond",
    "unescape",
    "wanted_format",
]
