"""What a .docx holds beyond its text: tracked changes, comments, pictures and more; nothing is lost in silence."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext, pgettext

from core.docx.package import Package, W, words_of
from core.text import from_json as cleaned_json

MOST_SHOWN = 60  # passages and comments quoted; all are counted
MOST_WORDS = 400  # characters quoted of each

_BODY = ("word/document", "word/footnotes", "word/endnotes")
_KINDS = {
    "chart": "chart",
    "relIds": "diagram",
    "OLEObject": "object",
    "oMath": "equation",
    "altChunk": "document",
    "checkbox": "checkbox",
    "sym": "symbol",
}


@dataclass(frozen=True)
class Comment:
    author: str
    text: str


@dataclass(frozen=True)
class Traces:
    """Counts and quotations. Insertions are kept in the text, deletions are left out, moved text stands where it went."""

    inserted: int = 0
    deleted: int = 0
    deleted_texts: list[str] = field(default_factory=list)
    moved: int = 0
    reformatted: int = 0
    commented: int = 0
    comments: list[Comment] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # descriptions, "" where there is none
    margins: list[str] = field(default_factory=list)  # words of page heads and feet
    hidden: list[str] = field(default_factory=list)  # passages that Word does not show
    contents: int = 0  # lines of a table of contents
    others: dict[str, int] = field(default_factory=dict)  # kind or name of the element → how many
    styles: list[str] = field(default_factory=list)  # paragraph styles whose look is not kept, their text is

    @property
    def tracked(self) -> int:
        return self.inserted + self.deleted + self.moved + self.reformatted

    @property
    def undescribed(self) -> int:
        return self.pictures.count("")

    @property
    def described(self) -> list[str]:
        return [text for text in self.pictures if text]

    @property
    def named(self) -> list[tuple[str, int]]:
        """What else was left out, in words."""
        return [(name_of(kind), number) for kind, number in sorted(self.others.items())]

    @property
    def left_out(self) -> bool:
        return bool(self.pictures or self.hidden or self.margins or self.contents or self.others)

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `as_json` wrote and a form sent back; nothing where it was tampered with: it is only shown."""
        try:
            data = cleaned_json(text or "{}")
            return cls(**{**data, "comments": [Comment(**comment) for comment in data.get("comments", [])]})
        except (TypeError, ValueError, AttributeError):
            return cls()


def look_for(
    package: Package,
    *,
    pictures: list[str],
    contents: int,
    unknown: Counter[str],
    styles: list[str],
    hidden: list[str],
) -> Traces:
    """The traces in all text parts; what is handed over is what the conversion itself came across."""
    parts = package.text_parts.items()
    margins = [words_of(root) for name, root in parts if name.startswith(("word/header", "word/footer"))]
    comments = [
        _comment(element)
        for name, root in parts
        if name.startswith("word/comments")
        for element in root.iter(f"{W}comment")
    ]
    body = [element for name, root in parts if name.startswith(_BODY) for element in root.iter()]
    counted = Counter(element.tag.removeprefix(W) for element in body if element.tag.startswith(W))
    deleted = [words_of(element, "delText") for element in body if element.tag == f"{W}del"]
    others = Counter({tag: number for tag, number in unknown.items() if tag not in _KINDS})
    others.update(_KINDS[tag] for element in body if (tag := element.tag.rpartition("}")[2]) in _KINDS)
    return Traces(
        inserted=counted["ins"],
        deleted=counted["del"],
        deleted_texts=_shortened(filter(None, deleted)),
        moved=counted["moveTo"],
        reformatted=sum(number for tag, number in counted.items() if tag.endswith("PrChange")),
        commented=len(comments),
        comments=comments[:MOST_SHOWN],
        pictures=pictures,
        hidden=_shortened(hidden),
        margins=_shortened(dict.fromkeys(filter(None, margins))),
        contents=contents,
        others=dict(others),
        styles=styles,
    )


def _comment(element: Any) -> Comment:
    return Comment(element.get(f"{W}author") or gettext("unknown"), words_of(element)[:MOST_WORDS])


def _shortened(texts: Any) -> list[str]:
    return [text[:MOST_WORDS] for text in list(texts)[:MOST_SHOWN]]


def name_of(kind: str) -> str:
    names = {
        "chart": pgettext("in a Word document", "chart"),
        "diagram": pgettext("in a Word document", "diagram"),
        "object": pgettext("in a Word document", "embedded object"),
        "equation": pgettext("in a Word document", "equation"),
        "document": pgettext("in a Word document", "inserted document"),
        "checkbox": pgettext("in a Word document", "checkbox"),
        "symbol": pgettext("in a Word document", "special character"),
    }
    return names.get(kind) or gettext("element “%(name)s”") % {"name": kind}
