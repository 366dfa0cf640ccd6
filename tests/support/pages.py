"""The pages of the portal, as the matrix knows them: for tests that look at each of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

from django.http import HttpResponse
from django.urls import reverse
from lxml import html

from tests import matrix
from tests.matrix.scene import Scene
from tests.matrix.vocabulary import Row

# The first who may read a page looks at it; the animator sees most.
READING_ORDER = ("animator", "administrator", "member", "funder", "visitor")


def tables() -> dict[str, list[Row]]:
    """Name of each table of the matrix → its rows."""
    names = [found.name for found in pkgutil.iter_modules(matrix.__path__)]
    found = {name: getattr(importlib.import_module(f"tests.matrix.{name}"), "ROWS", []) for name in names}
    return {name: rows for name, rows in found.items() if rows}


def rows() -> list[Row]:
    """All rows of all tables."""
    return [row for table in tables().values() for row in table]


def readable_pages(scene: Scene, table: str | None = None) -> Iterator[tuple[str, str]]:
    """(role, address) of each row that somebody may read, and of those visitors may, as a visitor too.

    `table` narrows it to the rows of that one.
    """
    for row in rows() if table is None else tables()[table]:
        if not row.get or row.file:
            continue
        address = reverse(row.url, args=row.arguments(scene)) + row.query
        readers = [role for role in READING_ORDER if row.get[role] == 200]
        for role in {*readers[:1], *({"visitor"} & set(readers))}:
            yield role, address


def links_in(page: HttpResponse) -> set[str]:
    """The addresses of the portal that a page leads to: by links, by pictures, and by forms sent with GET."""
    if not page.headers["Content-Type"].startswith("text/html") or not page.content.strip():
        return set()
    tree, here = html.fromstring(page.content), page.request["PATH_INFO"]
    found = {urljoin(here, target) for target in tree.xpath("//a/@href | //img/@src | //@hx-get")}
    for form in tree.xpath("//form[not(@method) or translate(@method, 'GET', 'get') = 'get']"):
        filled = urlencode([(name, value) for name, value in form.form_values() if value])
        found.add(f"{urljoin(here, form.get('action') or here)}?{filled}")
    ours = {link.partition("#")[0] for link in found if not urlsplit(link).netloc and not urlsplit(link).scheme}
    return {link for link in ours if not link.startswith(("/static/", "/media/"))}
