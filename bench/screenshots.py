"""Pictures of every page of a running portal, for eyes: each role of the demonstration follows every link it is shown.

Needs no database and imports nothing of the portal: what no link leads to is on no picture.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections import deque
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PASSWORD = "demo-portail-2026"
ROLES = {
    "visiteur": "",
    "membre": "membre@portail.example",
    "animatrice": "animatrice@portail.example",
    "ancien-animateur": "ancien-animateur@portail.example",
    "financeur": "financeur@portail.example",
    "administration": "admin@portail.example",
}
VIEWS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]
OF_A_KIND = 2  # pages whose addresses differ only by a number or a name: so many are taken
NAMED = {"membres", "initiatives", "programmes", "regions", "veille"}  # what follows is the name of one thing
FILES = re.compile(r"\.[a-z]{2,7}$|[?&]format=|/supports/|/pieces/")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--roles", nargs="+", choices=ROLES, default=list(ROLES))
    parser.add_argument("--most", type=int, default=60, help="pages for each role (default: %(default)s)")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None:
        sys.exit("No Chromium found: install the package chromium.")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        for role in chosen.roles:
            number = _of_role(browser, role, chosen.address.rstrip("/"), chosen.folder, chosen.most)
            print(f"{role}: {number} pages", file=sys.stderr, flush=True)
        browser.close()


def _of_role(browser: Browser, role: str, address: str, folder: Path, most: int) -> int:
    """Walks the links from the home page on; the number of pages that were taken."""
    first = _context(browser, address, 1280, "light", None)
    page = first.new_page()
    if email := ROLES[role]:
        _sign_in(page, email)
    state = first.storage_state()
    pages = [_context(browser, address, width, scheme, state).new_page() for width, scheme in VIEWS]
    waiting, seen, kinds, taken = deque(["/"]), {"/"}, dict[str, int](), 0
    while waiting and taken < most:
        path = waiting.popleft()
        if not _is_page(pages[0], path):
            continue
        for (width, scheme), view in zip(VIEWS, pages, strict=True):
            view.goto(path)
            view.screenshot(path=folder / f"{role}_{_name(path)}_{width}_{scheme}.png", full_page=True)
        taken += 1
        for link in pages[0].eval_on_selector_all(
            "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), location.href).href)"
        ):
            found = _path(link, address)
            if found is None or found in seen:
                continue
            seen.add(found)
            kind = _kind(found)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= OF_A_KIND:
                waiting.append(found)
    for view in pages:
        view.context.close()
    first.close()
    return taken


def _is_page(page: Page, path: str) -> bool:
    """False where the browser would save a file."""
    answer = page.request.get(path)
    return answer.headers.get("content-type", "").startswith("text/html")


def _context(browser: Browser, address: str, width: int, scheme: str, state: object) -> BrowserContext:
    return browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="fr-FR",
        reduced_motion="reduce",
        storage_state=state,  # type: ignore[arg-type]
    )


def _sign_in(page: Page, email: str) -> None:
    page.goto("/compte/login/")
    page.fill("input[type=email]", email)
    page.fill("input[type=password]", PASSWORD)
    page.locator("form:has(input[type=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/compte/login/" not in url)


def _path(link: str, address: str) -> str | None:
    """The path of a link within the portal; None for another site, a file, or what only sorts the same list."""
    plain = urldefrag(link).url
    if not plain.startswith(address + "/") or FILES.search(plain):
        return None
    parts = urlsplit(plain)
    return parts.path + (f"?{parts.query}" if parts.query and "vue=" in parts.query else "")


def _kind(path: str) -> str:
    """The path without numbers and names: sessions/21/ and sessions/20/ are of one kind."""
    parts = path.strip("/").split("/")
    named = [re.search(r"\d", part) or (place and parts[place - 1] in NAMED) for place, part in enumerate(parts)]
    return "/".join("*" if is_name else part for part, is_name in zip(parts, named, strict=True))


def _name(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:80] or "accueil"


if __name__ == "__main__":
    main()
