"""A page writes a day as people read it; the ISO form is for files, for code and for the values of forms."""

from __future__ import annotations

import re

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
