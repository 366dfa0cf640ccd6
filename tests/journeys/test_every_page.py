"""Every page the matrix knows, in the browser: accessible, within the policy, and no wider than 320 pixels where it is narrow."""

from __future__ import annotations

import pytest

from tests.matrix.scene import build
from tests.support.browser import AXE
from tests.support.pages import readable_pages, tables
from tests.support.people import make_people

# Light on a desk, and dark at 320 pixels, which is also a desk enlarged to 400 % (WCAG 1.4.10).
# The two other crossings come with --all.
VIEWS = [
    pytest.param("light", 1280, id="light-1280"),
    pytest.param("dark", 320, id="dark-320"),
    pytest.param("dark", 1280, id="dark-1280", marks=pytest.mark.long),
    pytest.param("light", 320, id="light-320", marks=pytest.mark.long),
]


@pytest.mark.parametrize("table", tables())
@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_every_page(browsing, scheme, width, table):
    scene = build(make_people())
    pages, faults = {}, []
    for role, address in readable_pages(scene, table):
        if role not in pages:
            pages[role] = browsing.open(scene.people.role(role), width=width, color_scheme=scheme)
        page = pages[role]
        page.goto(address)
        found = axe(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("wider than the screen")
        if found:
            faults.append(f"{address} as {role}: {'; '.join(found)}")
    assert not faults, "\n".join(faults)


def axe(page) -> list[str]:
    """What axe-core finds, one line for each rule."""
    from axe_playwright_python.sync_playwright import Axe

    violations = Axe().run(page, options=AXE).response["violations"]
    return [f"{rule['id']} ({', '.join(str(node['target']) for node in rule['nodes'][:2])})" for rule in violations]
