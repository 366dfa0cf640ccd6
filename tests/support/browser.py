"""A real browser on a real server. A broken script, a violated policy or a request to another host fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.support.axe import violations

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30_000  # milliseconds; a busy machine takes its time, and what is there at once is not waited for
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective));"


def chromium_path() -> str:
    """The system's Chromium; PORTAL_CHROMIUM names another."""
    found = os.environ.get("PORTAL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail("No Chromium found: install the package chromium, or set PORTAL_CHROMIUM.")
    return found


class Browsing:
    """Opens pages on the live server and notes whatever goes wrong in them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.problems: list[str] = []
        self.expected: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(self, user: Any = None, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        """A page in a browser of its own, signed in as `user` if given; options as for a Playwright context."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        if user is not None and user.is_authenticated:
            context.add_cookies([self._cookie(user)])
        context.add_init_script(WATCH)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        return context.new_page()

    def expect_problem(self, text: str) -> None:
        """A problem that holds `text` is what the test is about."""
        self.expected.append(text)

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def unexpected(self) -> list[str]:
        return [line for line in self.problems if not any(text in line for text in self.expected)]

    def _cookie(self, user: Any) -> Any:
        client = Client()
        client.force_login(user, backend="core.accounts.backends.SignInBackend")
        return {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": self.address}

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:  # told by `_response`
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.problems.append(f"request to another host: {urlsplit(request.url).netloc}")

    def _response(self, response: Response) -> None:
        asset = response.request.resource_type in {"stylesheet", "script", "image", "font"}
        if response.status >= 500 or (asset and response.status >= 400):
            self.problems.append(f"{response.status} for {response.url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; the ORM runs beside it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def browsing(transactional_db: None, live_server: Any, chromium: Browser, settings: Any) -> Iterator[Browsing]:
    """`browsing.open(user)` gives a Playwright page; addresses are relative to the live server."""
    settings.BASE_URL = live_server.url
    settings.EMAIL_BACKEND = "core.notifications.backend.OutboxBackend"  # Django puts another in its place
    opened = Browsing(chromium, live_server.url)
    yield opened
    opened.close()
    assert not opened.unexpected(), "\n".join(opened.unexpected())


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """`assert_accessible(page)`: axe-core finds nothing."""

    def check(page: Page) -> None:
        found = violations(page)
        assert not found, "\n".join([page.url, *found])

    return check
