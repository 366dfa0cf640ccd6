"""Every page the matrix knows, in the browser: accessible, within the policy, and no wider than the screen.

Each page is opened once and looked at light on a desk, then dark at 320 pixels, which is also a desk enlarged to
400 % (WCAG 1.4.10). The two other crossings change colours alone; they come with --all.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.matrix.scene import Scene, build
from tests.support.axe import COLOUR, violations
from tests.support.pages import readable_pages
from tests.support.people import make_people

DESK, NARROW, HEIGHT = 1280, 320, 900
PARTS = 8  # so that several processes share them


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(browsing, pytestconfig, part):
    scene = build(make_people())
    pages: dict[str, Page] = {}
    faults = []
    for role, address in _pages(scene)[part::PARTS]:
        if role not in pages:
            pages[role] = browsing.open(scene.people.role(role))
        found = _look(pages[role], address, everything=pytestconfig.getoption("--all"))
        faults += [f"{address} as {role}, {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def _pages(scene: Scene) -> list[tuple[str, str]]:
    """Each once, and those of one role together."""
    return sorted(set(readable_pages(scene)))


def _look(page: Page, address: str, *, everything: bool) -> list[str]:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    page.goto(address)
    found = [f"light {DESK}: {fault}" for fault in [*violations(page), *_width(page)]]
    page.emulate_media(color_scheme="dark")
    if everything:
        found += [f"dark {DESK}: {fault}" for fault in violations(page, only=COLOUR)]
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    found += [f"dark {NARROW}: {fault}" for fault in [*violations(page), *_width(page)]]
    if everything:
        page.emulate_media(color_scheme="light")
        found += [f"light {NARROW}: {fault}" for fault in violations(page, only=COLOUR)]
    return found


def _width(page: Page) -> list[str]:
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return ["wider than the screen"] if wider else []
