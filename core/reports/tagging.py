"""What WeasyPrint 70.0 leaves open in a tagged PDF, closed: the only module that knows its private parts.

`install` replaces three functions of WeasyPrint, once in a process; `finish` works on the finished objects
just before the file is written. Both rely on internals, so WeasyPrint is pinned and another version refused.

- Running heads and decorative pictures become artifacts, instead of marked content outside the tree.
- Header cells get their /Scope, links the text they stand on as /Contents.
- An item of a list holds its label and one body; a paragraph's own unnamed boxes are no paragraphs within it.
- Links are said to be printed, as the paper shows them.
- The boxes of figures are given in the page's own space, and /IDTree names the header cells.
- The XMP metadata stay readable by programs that know nothing of PDF (and by `core.reports.verification`).
- Looking up a page's reference no longer walks all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint import document as weasy_document
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as weasy_tags
from weasyprint.pdf.stream import Stream

WANTED = "70.0"
_POINTS_A_PIXEL = 0.75
_PRINTED = 4  # the flag of an annotation that stands on paper too
_TEXTS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}

_installed = False
_on_page: Callable[[], None] | None = None


class WrongRendererError(RuntimeError):
    """WeasyPrint is another version than the one these changes were written for."""


def install() -> None:
    """Puts the changes in place; raises `WrongRendererError` for a WeasyPrint they were not written for."""
    global _installed
    if _installed:
        return
    if weasyprint.__version__ != WANTED:
        raise WrongRendererError(f"WeasyPrint {weasyprint.__version__} is installed, {WANTED} is needed.")
    Stream.marked = _marked(Stream.marked)
    weasy_document.draw_page = _draw_page(weasy_document.draw_page)
    weasy_tags._build_box_tree = _build_box_tree(weasy_tags._build_box_tree)
    pydyf.PDF.page_references = property(_page_references)
    _installed = True


@contextmanager
def after_each_page(callback: Callable[[], None]) -> Iterator[None]:
    """Calls `callback` whenever a page has been drawn: the only true progress there is."""
    global _on_page
    _on_page = callback
    try:
        yield
    finally:
        _on_page = None


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """WeasyPrint's `finisher`: what each element may hold, figures in page space, and the tree of identifiers."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Type") == "/Metadata":
            thing.compress = False
    dictionaries = [thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)]
    pages = {page.reference: page for page in dictionaries if page.get("Type") == "/Page"}
    root = next(thing for thing in dictionaries if thing.get("Type") == "/StructTreeRoot")
    elements = {each.reference: each for each in dictionaries if each.get("Type") == "/StructElem"}
    for annotation in (each for each in dictionaries if each.get("Type") == "/Annot"):
        annotation["F"] = annotation.get("F", 0) | _PRINTED
    for element in elements.values():
        parent = elements.get(element["P"])
        if parent is not None and element["S"] in _TEXTS and parent["S"] == element["S"]:
            element["S"] = "/NonStruct"
        if element["S"] == "/LI":
            _into_body(pdf, elements, element)
        if element["S"] == "/Figure" and "A" in element:
            _into_page_space(element["A"], pages[element["Pg"]])
    _name_heads(pdf, root, elements.values())


def _name_heads(pdf: pydyf.PDF, root: pydyf.Dictionary, elements: Iterable[pydyf.Dictionary]) -> None:
    """The tree of identifiers, by which cells find their heads."""
    identified = [(element["ID"], element.reference) for element in elements if "ID" in element]
    if not identified:
        return
    names = pydyf.Array()
    for key, reference in sorted(identified, key=lambda pair: pair[0].data):
        names.extend((key, reference))
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    root["IDTree"] = tree.reference


def _into_body(pdf: pydyf.PDF, elements: dict[bytes, pydyf.Dictionary], item: pydyf.Dictionary) -> None:
    """Whatever an item holds besides its label goes into its one body; an item that only a page break made is gone."""
    if not item["K"]:
        elements[item["P"]]["K"].remove(item.reference)
        return
    kinds = {kid: elements[kid]["S"] for kid in item["K"]}
    rest = [kid for kid, kind in kinds.items() if kind != "/Lbl"]
    if [kinds[kid] for kid in rest] == ["/LBody"]:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"], "P": item.reference, "K": pydyf.Array(rest)}
    )
    pdf.add_object(body)
    for kid in rest:
        elements[kid]["P"] = body.reference
        if kinds[kid] == "/LBody":  # a body holds no body
            elements[kid]["S"] = "/NonStruct"
    item["K"] = pydyf.Array([*(kid for kid, kind in kinds.items() if kind == "/Lbl"), body.reference])


def _into_page_space(attributes: pydyf.Dictionary, page: pydyf.Dictionary) -> None:
    """Pixels from the top become points from the bottom."""
    height = page["MediaBox"][3]
    left, top, right, bottom = (value * _POINTS_A_PIXEL for value in attributes["BBox"])
    attributes["BBox"] = pydyf.Array([left, height - bottom, right, height - top])


def _is_decoration(box: Any) -> bool:
    element = getattr(box, "element", None)
    if not isinstance(box, boxes.ReplacedBox) or element is None:
        return False
    return element.get("aria-hidden") == "true" or element.get("alt") == ""


def _marked(original: Callable) -> Callable:
    @contextmanager
    def marked(self: Stream, box: Any, tag: str) -> Iterator[None]:
        artifact = self._tags is not None and (getattr(box, "in_margin", False) or _is_decoration(box))
        if not artifact:
            with original(self, box, tag):
                yield
            return
        kind = "/Pagination" if getattr(box, "in_margin", False) else "/Layout"
        pydyf.Stream.begin_marked_content(self, "Artifact", pydyf.Dictionary({"Type": kind}))
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(self)

    return marked


def _draw_page(original: Callable) -> Callable:
    def draw_page(page: Any, stream: Stream) -> None:
        for child in page.children:
            if isinstance(child, boxes.MarginBox):
                _flag_margin(child)
        original(page, stream)
        if _on_page:
            _on_page()

    return draw_page


def _flag_margin(box: Any) -> None:
    box.in_margin = True
    for child in getattr(box, "children", ()):
        _flag_margin(child)


def _build_box_tree(original: Callable) -> Callable:
    def build(box: Any, *arguments: Any) -> Iterator[pydyf.Dictionary]:
        if isinstance(box, boxes.MarginBox) or _is_decoration(box):
            return
        yield from original(box, *arguments)
        if getattr(box, "element_tag", None) == "th" and hasattr(box, "mark"):
            box.mark["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        if getattr(box, "link_annotation", None) and box.element is not None:
            text = " ".join("".join(box.element.itertext()).split())
            if text:
                box.link_annotation["Contents"] = pydyf.String(text)

    return build


def _page_references(self: pydyf.PDF) -> tuple[bytes, ...]:
    kids = self.pages["Kids"]
    known = self.__dict__.get("_known_references")
    if known is None or known[0] != len(kids):
        known = (len(kids), tuple(b"%d 0 R" % number for number in kids[::3]))
        self.__dict__["_known_references"] = known
    return known[1]
