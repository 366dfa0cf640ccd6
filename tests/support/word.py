"""Word documents as Word itself writes them, made from raw parts: French style names, tracked changes, comments."""

from __future__ import annotations

import base64
import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_TRACK = 'w:id="7" w:author="Karim Le Goff" w:date="2026-11-20T10:02:00Z"'

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="Titre 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="MonTitre"><w:name w:val="Mon titre"/><w:basedOn w:val="Titre1"/></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Citation"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Encadre"><w:name w:val="Encadré"/></w:style>
<w:style w:type="paragraph" w:styleId="Caduc"><w:name w:val="Caduc"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Abandonne"><w:name w:val="Abandonné"/><w:basedOn w:val="Barre"/></w:style>
<w:style w:type="character" w:styleId="Barre"><w:name w:val="Barré"/><w:rPr><w:dstrike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Masque"><w:name w:val="Masqué"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Ancien"><w:name w:val="Ancien barème"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Exposant"><w:name w:val="Exposant"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Paragraphedeliste"><w:name w:val="List Paragraph"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", *, numbered: tuple[int, int] | None = None) -> str:
    """A paragraph of runs, or of plain text; `numbered` is (list, level)."""
    inside = content if content.startswith("<") else run(content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def inserted(text: str) -> str:
    return f"<w:ins {_TRACK}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del {_TRACK}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def moved(text: str) -> tuple[str, str]:
    """(from where, to where) of a passage that was moved."""
    return f"<w:moveFrom {_TRACK}>{run(text)}</w:moveFrom>", f"<w:moveTo {_TRACK}>{run(text)}</w:moveTo>"


def picture(description: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Image 1" descr="{description}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        '<a:blip r:embed="rPic"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def table(*rows: tuple[str, ...], style: str = "") -> str:
    """The first row is marked as the head."""
    properties = f'<w:tblStyle w:val="{style}"/>' if style else ""
    written = ""
    for number, row in enumerate(rows):
        head = "<w:trPr><w:tblHeader/></w:trPr>" if number == 0 else ""
        cells = "".join(f"<w:tc><w:tcPr/>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        written += f"<w:tr>{head}{cells}</w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{written}</w:tbl>"


def docx(body: str, *, comments: str = "", header: str = "", footnotes: str = "", styles: str = STYLES) -> bytes:
    """A .docx with these parts; `body` is a chain of paragraphs and tables."""
    parts = {"word/document.xml": f"<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"}
    parts["word/styles.xml"] = f"<w:styles {_NAMES}>{styles}</w:styles>"
    parts["word/numbering.xml"] = f"<w:numbering {_NAMES}>{NUMBERING}</w:numbering>"
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering"}
    for name, tag, content in (
        ("comments", "comments", comments),
        ("header1", "hdr", header),
        ("footnotes", "footnotes", footnotes),
    ):
        if content:
            parts[f"word/{name}.xml"] = f"<w:{tag} {_NAMES}>{content}</w:{tag}>"
            kinds[name] = name.rstrip("1")
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    related = "".join(
        f'<Relationship Id="r{name}" Type="{_RELATED}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for name in kinds
        if name != "document"
    )
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{types}</Types>'
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    parts["_rels/.rels"] = (
        f'{relations}<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    parts["word/_rels/document.xml.rels"] = (
        f'{relations}{related}<Relationship Id="rPic" Type="{_RELATED}/image" Target="media/image1.png"/>'
        f'<Relationship Id="rLink" Type="{_RELATED}/hyperlink" Target="https://www.exemple.fr/note?a=1&amp;b=2"'
        ' TargetMode="External"/></Relationships>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}')
        archive.writestr("word/media/image1.png", _PIXEL)
    return made.getvalue()


def link(text: str) -> str:
    return f'<w:hyperlink r:id="rLink">{run(text)}</w:hyperlink>'


def comment(author: str, text: str) -> str:
    return f'<w:comment w:id="1" w:author="{author}">{paragraph(text)}</w:comment>'


def minutes() -> bytes:
    """Minutes with something of everything, for a session whose agenda has “Ouverture” and “Débat : cofinancer”."""
    gone, come = moved("déplacé")
    body = [
        paragraph("Compte rendu", "Titre"),
        paragraph("Ouverture\t3", "TM1"),
        paragraph("Présents : neuf organisations."),
        paragraph("1. Ouverture", "Titre1"),
        paragraph(
            run("Le comité ")
            + run("valide", "<w:b/>")
            + inserted(" avec un calendrier")
            + deleted(" sans réserve")
            + gone
            + run(".")
        ),
        paragraph(run("Un accord.") + '<w:r><w:commentReference w:id="1"/></w:r>'),
        paragraph("premier", "Paragraphedeliste", numbered=(1, 0)),
        paragraph("dedans", "Paragraphedeliste", numbered=(1, 1)),
        paragraph("second", "Paragraphedeliste", numbered=(1, 0)),
        paragraph("Débat, cofinancer", "MonTitre"),
        paragraph("Calendrier", "Titre2"),
        paragraph(run("Voir ") + link("la note") + come + run(" vite", f"<w:i/><w:rPrChange {_TRACK}/>")),
        paragraph("Répéter son histoire.", "Citation"),
        paragraph("Un encadré.", "Encadre"),
        table(("Région", "Part"), ("Bretagne", "12 %")),
        paragraph(picture("Carte des régions")),
        paragraph("Suites à donner", "Titre1"),
        paragraph("réunir les financeurs", numbered=(2, 0)),
        paragraph("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>" + run("Fin.")),
    ]
    return docx("".join(body), comments=comment("Claire Vasseur", "À vérifier."), header=paragraph("Confidentiel"))
