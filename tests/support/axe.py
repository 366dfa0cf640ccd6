"""axe-core inside the page: what it finds against WCAG, one line for each rule.

Run by the browser itself, because the policy refuses a script tag. Of what is in order only the count is brought
back, which is most of what a full report costs.
"""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2; off by itself
COLOUR = ("color-contrast", "link-in-text-block")  # the rules that another colour scheme can change
RUN = """options => axe.run(document, options).then(found => found.violations.map(rule =>
    `${rule.id} (${rule.nodes.slice(0, 3).map(node => `${node.target} ${node.failureSummary}`).join(', ')})`))"""


def violations(page: Page, *, only: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds on `page` as it stands; with `only`, by these rules alone."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, {"resultTypes": ["violations"], "runOnly": list(only)} if only else OPTIONS)
