"""Real files with text, made by the libraries that people's own programs stand for; and what is wrong with some."""

from __future__ import annotations

import io

import pikepdf
from docx import Document
from openpyxl import Workbook

from portal.demo import documents
from tests.core.files import makers

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "presentation")
) + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'  # fmt: skip


def pdf(*pages: str) -> bytes:
    """Each text on a page of its own, its lines one below the other."""
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for text in pages:
        page = made.add_blank_page()
        rows = [f"BT /F1 12 Tf 50 {700 - 20 * place} Td (".encode() + row.encode("cp1252") + b") Tj ET"
                for place, row in enumerate(text.split("\n"))]  # fmt: skip
        page.Contents = made.make_stream(b"\n".join(rows))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    return _saved(made)


def long_pdf(pages: int) -> bytes:
    """Many pages that share one text."""
    with pikepdf.open(io.BytesIO(pdf("La page"))) as made:
        first = made.pages[0]
        for _number in range(pages - 1):
            made.pages.append(first)
        return _saved(made)


def protected(content: bytes, password: str) -> bytes:
    """`password` is asked of readers; "" asks it only of who would change the file."""
    with pikepdf.open(io.BytesIO(content)) as made:
        return _saved(made, encryption=pikepdf.Encryption(user=password, owner="autre", R=6))


def _saved(made: pikepdf.Pdf, **options: object) -> bytes:
    output = io.BytesIO()
    made.save(output, **options)
    return output.getvalue()


def docx(*paragraphs: str) -> bytes:
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.add_table(rows=1, cols=1).cell(0, 0).text = "Une cellule"
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


def docx_of(body: str) -> bytes:
    return makers.ooxml(
        "docx", {"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode()}
    )


def xlsx(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    made.active.title = "Budget"
    for row in rows:
        made.active.append(row)
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


def pptx(*slides: str) -> bytes:
    """The slides are named in the other order than they are shown in."""
    names = [f"slide{len(slides) - place}.xml" for place in range(len(slides))]
    asked = "".join(f'<p:sldId id="{256 + place}" r:id="r{place}"/>' for place in range(len(slides)))
    links = "".join(f'<Relationship Id="r{place}" Target="slides/{name}"/>' for place, name in enumerate(names))
    parts = {
        "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{asked}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{links}</Relationships>",
    }
    for name, text in zip(names, slides, strict=True):
        parts[f"ppt/slides/{name}"] = f"<p:sld {_P} {_A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
    return makers.ooxml("pptx", {name: text.encode() for name, text in parts.items()})


def odf(extension: str, body: str) -> bytes:
    content = f"<office:document-content {_ODF}><office:body>{body}</office:body></office:document-content>"
    return makers.opendocument(extension, {"content.xml": content.encode()})


def odt(*paragraphs: str) -> bytes:
    return documents.odt(paragraphs[0], list(paragraphs[1:]), "Fin")
