"""What a tagged PDF must hold, as far as its structure shows it (after ISO 14289-1 and the Matterhorn protocol).

`faults(path)` lists what is wrong, one sentence each: by the validator `page` (its 104 rules of PDF/UA-1), and by what
is looked at here besides. It sees structure, not sense: that a text alternative says the right thing, or that the
reading order is the author's, stays for people to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
from page import validate_pdf
from pikepdf import Array, Dictionary, Name

_PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "BI", "INLINE IMAGE"}
# Which types may stand in which (ISO 32000-1, 14.8.4, with annex L of ISO 32000-2 where the older text says nothing).
# Of what our documents use; a type that is not named here is a fault. NonStruct is looked through.
_INLINE = {"Span", "Link", "Quote", "Note", "Reference", "Code", "Figure", "Formula", "Lbl"}
_HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
_BLOCKS = {"P", "L", "Table", "BlockQuote", "Figure", "Formula", "Div"} | _HEADINGS
_GROUPS = {"Part", "Art", "Sect", "Div"}
_CHILDREN = (
    {"Document": _GROUPS | _BLOCKS}
    | dict.fromkeys(_GROUPS, _GROUPS | _BLOCKS | _INLINE | {"Caption"})
    | {"BlockQuote": _BLOCKS | _INLINE, "Caption": _BLOCKS | _INLINE}
    | dict.fromkeys(_HEADINGS | {"P"} | _INLINE, _INLINE)
    | {"L": {"Caption", "LI", "L"}, "LI": {"Lbl", "LBody"}, "LBody": _BLOCKS | _INLINE}
    | {"Table": {"Caption", "TR", "THead", "TBody", "TFoot"}, "TR": {"TH", "TD"}}
    | {"THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}}
    | dict.fromkeys(("TH", "TD"), _BLOCKS | _INLINE)
)


def faults(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        found = [fault for check in _CHECKS for fault in check(_Read(pdf))]
    return found + [f"{each.rule_id}: {each.message}" for each in validate_pdf(path, profile="ua1").failures]


class _Read:
    """A PDF with its structure tree walked once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.tree = pdf.Root.StructTreeRoot
        self.elements: list[tuple[Any, list[str]]] = []  # (element, types of its ancestors)
        for kid in _kids(self.tree):
            self._walk(kid, [])
        self.numbers: dict[int, Any] = {}
        self._number(self.tree.ParentTree)

    def of(self, *types: str) -> list[Any]:
        return [element for element, _path in self.elements if str(element.S)[1:] in types]

    def _walk(self, element: Any, path: list[str]) -> None:
        self.elements.append((element, path))
        for kid in _kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                self._walk(kid, [*path, str(element.S)[1:]])

    def _number(self, node: Any) -> None:
        pairs = list(node.get("/Nums", []))
        self.numbers.update((int(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=True))
        for kid in node.get("/Kids", []):
            self._number(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]


def _attribute(element: Any, key: str) -> Any:
    attributes = element.get("/A")
    groups = attributes if isinstance(attributes, Array) else [attributes] if attributes is not None else []
    return next((group[key] for group in groups if key in group), None)


def document(read: _Read) -> Iterator[str]:
    root = read.pdf.Root
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "not marked as tagged"
    if not re.fullmatch(r"[a-z]{2}(-[A-Za-z0-9]+)*", str(root.get("/Lang", ""))):
        yield "no language"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True or not read.pdf.docinfo.get("/Title"):
        yield "the title is not shown"
    if "/Filter" in root.Metadata or b"pdfuaid" not in root.Metadata.read_bytes():
        yield "metadata compressed, or without the mark of PDF/UA"
    if [str(kid.S) for kid in _kids(read.tree)] != ["/Document"]:
        yield "the tree does not begin with one document"
    if read.pdf.is_encrypted or "/AcroForm" in root or "/OpenAction" in root:
        yield "encrypted, or with a form or an action"
    types = {str(element.S)[1:] for element, _path in read.elements}
    if odd := types - set(_CHILDREN) - {"NonStruct"}:
        yield f"unknown structure types: {sorted(odd)}"


def children(read: _Read) -> Iterator[str]:
    for element, path in read.elements:
        kind = str(element.S)[1:]
        structural = [each for each in path if each != "NonStruct"]
        if kind != "NonStruct" and structural and kind not in _CHILDREN.get(structural[-1], set()):
            yield f"{kind} in {structural[-1]}"
    for item in read.of("LI"):
        if [str(kid.S)[1:] for kid in _kids(item)] not in (["Lbl", "LBody"], ["LBody"]):
            yield f"an item of a list holds {[str(kid.S)[1:] for kid in _kids(item)]}"


def marked_content(read: _Read) -> Iterator[str]:
    for number, page in enumerate(read.pdf.pages, start=1):
        parents = read.numbers.get(int(page.get("/StructParents", -1)), [])
        stack: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            sign = str(operator)
            if sign in ("BDC", "BMC"):
                tag = str(operands[0])
                mark = operands[1].get("/MCID") if sign == "BDC" and isinstance(operands[1], Dictionary) else None
                if mark is not None and int(mark) >= len(parents):
                    yield f"page {number}: content {mark} is not in the tree"
                if (tag == "/Artifact" and any(each not in ("/Artifact", "") for each in stack)) or (
                    tag != "/Artifact" and "/Artifact" in stack
                ):
                    yield f"page {number}: artifacts and content are nested"
                stack.append(tag if tag == "/Artifact" or mark is not None else "")
            elif sign == "EMC":
                stack.pop()
            elif sign in _PAINTS and not any(stack):
                yield f"page {number}: {sign} paints outside any mark"
    reachable = {element.objgen for element, _path in read.elements}
    targets = (one for value in read.numbers.values() for one in (value if isinstance(value, Array) else [value]))
    if any(target.objgen not in reachable for target in targets):
        yield "content whose element hangs outside the tree"


def headings(read: _Read) -> Iterator[str]:
    levels = [int(str(element.S)[2]) for element in read.of("H1", "H2", "H3", "H4", "H5", "H6")]
    if not levels or levels[0] != 1 or levels.count(1) != 1:
        yield f"no single first heading: {levels[:10]}"
    if any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield f"a level of headings is skipped: {levels}"


def figures(read: _Read) -> Iterator[str]:
    for figure in read.of("Figure"):
        if not str(figure.get("/Alt", "")).strip():
            yield "a figure without text alternative"
        left, bottom, right, top = (float(value) for value in _attribute(figure, "/BBox"))
        box = [float(value) for value in figure.Pg.MediaBox]
        if not (0 <= left < right <= box[2] + 1 and 0 <= bottom < top <= box[3] + 1):
            yield f"a figure outside its page: {left, bottom, right, top}"


def tables(read: _Read) -> Iterator[str]:
    names = {str(head.ID) for head in read.of("TH") if "/ID" in head}
    for head in read.of("TH"):
        if _attribute(head, "/Scope") is None:
            yield "a header cell without scope"
    for cell in read.of("TD"):
        headers = _attribute(cell, "/Headers")
        if headers is None or not all(str(header) in names for header in headers):
            yield "a cell whose headers do not exist"
    if names and "/IDTree" not in read.tree:
        yield "no tree of identifiers"


def links(read: _Read) -> Iterator[str]:
    for page in read.pdf.pages:
        annotations = list(page.get("/Annots", []))
        if annotations and page.get("/Tabs") != Name.S:
            yield "links not in the order of the structure"
        for annotation in annotations:
            if not int(annotation.get("/F", 0)) & 4:
                yield "a link that is not printed"
            if not str(annotation.get("/Contents", "")).strip():
                yield "a link without words"
            parent = annotation.get("/StructParent")
            if parent is None or Name.Link != read.numbers[int(parent)].S:
                yield "a link outside the tree"
    with read.pdf.open_outline() as outline:
        if not list(outline.root):
            yield "no bookmarks"


def fonts(read: _Read) -> Iterator[str]:
    for page in read.pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = described.get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"{font.BaseFont} is not embedded"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} cannot be read as text"


def font_names(path: Path) -> set[str]:
    """The faces in the file, without the letters of their subsets."""
    with pikepdf.open(path) as pdf:
        fonts_ = (font for page in pdf.pages for font in page.Resources.get("/Font", {}).values())
        return {str(font.BaseFont).partition("+")[2] for font in fonts_}


_CHECKS = (document, children, marked_content, headings, figures, tables, links, fonts)
