"""What a Word style strikes out, raises or hides is written into the runs themselves, where the conversion looks for it.

The conversion reads `w:strike` and `w:vertAlign` of a run only: what is struck twice (`w:dstrike`), or struck or raised
by a style of characters, paragraphs or tables, would come in as if it were valid. It does not know hidden text
(`w:vanish`), which nobody sees in Word: that is taken out, and told.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree import ElementTree as ET

from core.docx.package import Package, W

_BODY = ("word/document", "word/footnotes", "word/endnotes")
_STRIKES = ("strike", "dstrike")
_KEPT_OF_HIDDEN = (f"{W}rPr", f"{W}fldChar", f"{W}instrText")
_DEEPEST = 12  # styles built on styles

Styles = dict[str | None, ET.Element]


@dataclass(frozen=True)
class SpelledOut:
    file: BinaryIO
    hidden: list[str] = field(default_factory=list)  # passages that Word does not show, and that were taken out


def spelled_out(package: Package) -> SpelledOut:
    """The document with the looks of its styles in its runs; the file itself where no style or double line matters."""
    body = {name: root for name, root in package.text_parts.items() if name.startswith(_BODY)}
    hidden: list[str] = []
    changed = {name: root for name, root in body.items() if _spell(package, root, hidden)}
    if not changed:
        package.file.seek(0)
        return SpelledOut(package.file)
    made = io.BytesIO()
    with zipfile.ZipFile(package.file) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, ET.tostring(changed[name]) if name in changed else source.read(name))
    made.seek(0)
    return SpelledOut(made, hidden)


def _spell(package: Package, root: ET.Element, hidden: list[str]) -> bool:
    """Whether a run of `root` was given what its styles say, or hidden text was taken out and added to `hidden`."""
    found = package.text_parts.get("word/styles.xml")
    styles: Styles = {each.get(f"{W}styleId"): each for each in found.iter(f"{W}style")} if found is not None else {}
    tables = {  # the innermost table of a paragraph comes last and stays
        paragraph: _style(table.find(f"{W}tblPr"), "tblStyle", styles)
        for table in root.iter(f"{W}tbl")
        for paragraph in table.iter(f"{W}p")
    }
    is_changed = False
    for paragraph in root.iter(f"{W}p"):
        around = _style(paragraph.find(f"{W}pPr"), "pStyle", styles)
        table = tables.get(paragraph)
        unseen: list[str] = []
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            own = _style(properties, "rStyle", styles)
            looks = (table, around, own)
            if _switched(properties, looks, styles, ("vanish",)):
                unseen.append("".join(text.text or "" for text in run.iter(f"{W}t")))
                _empty(run)
                is_changed = True
                continue
            struck = _switched(properties, looks, styles, _STRIKES)
            if struck != bool(_on(properties, "strike")):
                properties = _properties(run)
                _put(properties, "strike", "true" if struck else "false")
                is_changed = True
            place = _place(own, styles) or _place(around, styles) or _place(table, styles)
            if place and (properties is None or properties.find(f"{W}vertAlign") is None):
                _put(_properties(run), "vertAlign", place)
                is_changed = True
        if words := " ".join("".join(unseen).split()):
            hidden.append(words)
    return is_changed


def _empty(run: ET.Element) -> None:
    """Nothing of the run is left but its looks and the marks of fields, which come in pairs with other runs."""
    for child in list(run):
        if child.tag not in _KEPT_OF_HIDDEN:
            run.remove(child)


def _switched(
    properties: ET.Element | None, looks: Iterable[ET.Element | None], styles: Styles, tags: tuple[str, ...]
) -> bool:
    """What the run says itself; else its styles switch each other over, as they do with bold."""
    said = _said(properties, tags)
    return said if said is not None else sum(_of_styles(style, styles, tags) for style in looks) % 2 == 1


def _style(properties: ET.Element | None, tag: str, styles: Styles) -> ET.Element | None:
    named = properties.find(f"{W}{tag}") if properties is not None else None
    return styles.get(named.get(f"{W}val")) if named is not None else None


def _chain(style: ET.Element | None, styles: Styles) -> Iterator[ET.Element]:
    """The run properties of a style and of those it is built on, the nearest first."""
    for _depth in range(_DEEPEST):
        if style is None:
            return
        if (properties := style.find(f"{W}rPr")) is not None:
            yield properties
        style = _style(style, "basedOn", styles)


def _of_styles(style: ET.Element | None, styles: Styles, tags: tuple[str, ...]) -> bool:
    found = (_said(properties, tags) for properties in _chain(style, styles))
    return next((said for said in found if said is not None), False)


def _place(style: ET.Element | None, styles: Styles) -> str:
    """ "superscript", "subscript", "baseline", or "" where no style says anything."""
    found = (properties.find(f"{W}vertAlign") for properties in _chain(style, styles))
    return next((each.get(f"{W}val") or "" for each in found if each is not None), "")


def _said(properties: ET.Element | None, tags: tuple[str, ...]) -> bool | None:
    said = [value for tag in tags if (value := _on(properties, tag)) is not None]
    return any(said) if said else None


def _on(properties: ET.Element | None, tag: str) -> bool | None:
    element = properties.find(f"{W}{tag}") if properties is not None else None
    return None if element is None else (element.get(f"{W}val") or "true") not in ("false", "0", "off")


def _properties(run: ET.Element) -> ET.Element:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = ET.Element(f"{W}rPr")
        run.insert(0, properties)
    return properties


def _put(properties: ET.Element, tag: str, value: str) -> None:
    element = properties.find(f"{W}{tag}")
    if element is None:
        element = ET.SubElement(properties, f"{W}{tag}")
    element.set(f"{W}val", value)
