"""A page writes a day as people read it; the ISO form is for files, for code and for the values of forms."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from lxml import html

from tests.matrix.scene import build
from tests.support.pages import readable_pages

ISO = re.compile(r"\b[12]\d{3}-[01]\d-[0-3]\d\b")


def test_no_page_bears_an_iso_date(people, signed_in):
    found = []
    for role, address in readable_pages(build(people)):
        response = signed_in(people.role(role)).get(address)
        if not response.headers["Content-Type"].startswith("text/html") or not response.content.strip():
            continue
        texts = html.fromstring(response.content).xpath(
            "//body//text()[not(ancestor::script or ancestor::code or ancestor::textarea)]"
        )
        found += [(address, " ".join(text.split())) for text in texts if ISO.search(text)]
    assert found == []


MARKED_UP = re.compile(
    r"\|(long_date|partial_date|partial_date_first|since_date|from_date|until_date|ordinal)\b(?!\|striptags)"
)


def test_no_mail_in_text_raises_the_letters_of_a_first():
    """ "1<sup>er</sup> mars" is for pages; a text says "1er mars"."""
    folder = Path(settings.BASE_DIR) / "templates"
    found = [
        f"{path.relative_to(folder)}: {match[0]}"
        for path in sorted(folder.rglob("*.txt"))
        for match in MARKED_UP.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
