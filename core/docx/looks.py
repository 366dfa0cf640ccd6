"""What a Word style strikes out or raises is written into the runs themselves, where the conversion looks for it.

The conversion reads `w:strike` and `w:vertAlign` of a run only: what is struck twice (`w:dstrike`), or struck or raised
by a style of characters or paragraphs, would come in as if it were valid.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree as ET

from core.docx.package import Package, W

_BODY = ("word/document", "word/footnotes", "word/endnotes")
_STRIKES = ("strike", "dstrike")
_DEEPEST = 12  # styles built on styles

Styles = dict[str | None, ET.Element]


def spelled_out(package: Package) -> BinaryIO:
    """The document with the looks of its styles in its runs; the file itself where no style or double line matters."""
    changed = {
        name: root for name, root in package.text_parts.items() if name.startswith(_BODY) and _spell(package, root)
    }
    if not changed:
        package.file.seek(0)
        return package.file
    made = io.BytesIO()
    with zipfile.ZipFile(package.file) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, ET.tostring(changed[name]) if name in changed else source.read(name))
    made.seek(0)
    return made


def _spell(package: Package, root: ET.Element) -> bool:
    """Whether a run of `root` was given what its styles say."""
    found = package.text_parts.get("word/styles.xml")
    styles: Styles = {each.get(f"{W}styleId"): each for each in found.iter(f"{W}style")} if found is not None else {}
    is_changed = False
    for paragraph in root.iter(f"{W}p"):
        around = _style(paragraph.find(f"{W}pPr"), "pStyle", styles)
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            own = _style(properties, "rStyle", styles)
            struck = _struck(properties)
            if struck is None:  # the two switch each other over, as bold does
                struck = _of_styles(own, styles) != _of_styles(around, styles)
            if struck != bool(_on(properties, "strike")):
                properties = _properties(run)
                _put(properties, "strike", "true" if struck else "false")
                is_changed = True
            place = _place(own, styles) or _place(around, styles)
            if place and (properties is None or properties.find(f"{W}vertAlign") is None):
                _put(_properties(run), "vertAlign", place)
                is_changed = True
    return is_changed


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


def _of_styles(style: ET.Element | None, styles: Styles) -> bool:
    return next((said for properties in _chain(style, styles) if (said := _struck(properties)) is not None), False)


def _place(style: ET.Element | None, styles: Styles) -> str:
    """ "superscript", "subscript", "baseline", or "" where no style says anything."""
    found = (properties.find(f"{W}vertAlign") for properties in _chain(style, styles))
    return next((each.get(f"{W}val") or "" for each in found if each is not None), "")


def _struck(properties: ET.Element | None) -> bool | None:
    said = [value for tag in _STRIKES if (value := _on(properties, tag)) is not None]
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
