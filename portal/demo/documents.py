"""Small real files for the demonstration's materials: a PDF, an ODT, an XLSX, each the same bytes every time."""

from __future__ import annotations

import io
import textwrap
import zipfile
from xml.sax.saxutils import escape

PDF = "application/pdf"
ODT = "application/vnd.oasis.opendocument.text"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_EPOCH = (2020, 3, 20, 0, 0, 0)  # every entry of an archive bears this date
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def pdf(title: str, lines: list[str], note: str) -> bytes:
    """Slides, one line of text on each after a title page; standard fonts only, `note` at the foot of each page."""
    pages = [_slide(title, "", note, 30), *(_slide(title, line, note, 22) for line in lines)]
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title " + _pdf_text(title) + b" /Producer (portail, documents fictifs) >>",
    ]
    for index, stream in enumerate(pages):
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 842 474]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {6 + 2 * index} 0 R >>".encode())
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    return _assemble(objects)


def _slide(title: str, text: str, note: str, size: int) -> bytes:
    rows = textwrap.wrap(text or title, width=46 if size > 25 else 62)
    parts = [b"0.114 0.302 0.243 rg 0 462 842 12 re f 0.094 0.129 0.114 rg"]
    if text:
        parts.append(_words(title, 13, 56, 420))
    parts += [_words(row, size, 56, 330 - index * size * 1.4) for index, row in enumerate(rows)]
    parts.append(_words(note, 10, 56, 36))
    return b"\n".join(parts)


def _words(text: str, size: int, x: float, y: float) -> bytes:
    return f"BT /F1 {size} Tf {x:.0f} {y:.0f} Td ".encode() + _literal(text) + b" Tj ET"


def _literal(text: str) -> bytes:
    encoded = text.encode("cp1252", "replace")
    for special in (b"\\", b"(", b")"):
        encoded = encoded.replace(special, b"\\" + special)
    return b"(" + encoded + b")"


def _pdf_text(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _assemble(objects: list[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def odt(title: str, paragraphs: list[str], note: str) -> bytes:
    """A text document: a heading, paragraphs, and `note` as the last one."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"'
    )
    body = "".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in [*paragraphs, note])
    content = (
        f"{_XML}<office:document-content {spaces}><office:body><office:text>"
        f'<text:h text:outline-level="1">{escape(title)}</text:h>{body}'
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _archive({"mimetype": ODT, "content.xml": content, "META-INF/manifest.xml": manifest}, plain="mimetype")


def xlsx(rows: list[list[str]], note: str) -> bytes:
    """A workbook of one sheet; every cell is text, `note` stands below the table."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheet = "".join(_row(number, row) for number, row in enumerate([*rows, [], [note]], start=1))
    return _archive(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            f'<sheet name="Données" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{package}/relationships"><Relationship '
            f'Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{_XML}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        }
    )


def _row(number: int, cells: list[str]) -> str:
    inside = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        for column, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


def _archive(entries: dict[str, str], plain: str = "") -> bytes:
    """A zip file; the entry `plain` is stored without compression, as OpenDocument asks of its first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in entries.items():
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, text.encode())
    return out.getvalue()
