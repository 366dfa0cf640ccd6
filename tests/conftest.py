"""Ground of all tests; what it offers is told in docs/testing.md."""

from __future__ import annotations

import pytest
from django.conf import settings

pytest_plugins = [
    "tests.support.database",
    "tests.support.strictness",
    "tests.support.people",
    "tests.support.queries",
    "tests.support.worker",
    "tests.support.broker",
    "tests.support.browser",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also run the tests marked `long`")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    from tests.support.strictness import refuse_undefined_variables

    settings.MIDDLEWARE = ["tests.support.strictness.ReadOnlyGetMiddleware", *settings.MIDDLEWARE]
    settings.WHITENOISE_AUTOREFRESH = True  # else each test client reads the list of static files anew, 30 ms
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; nothing here is secret
    refuse_undefined_variables()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=_place)
    if config.getoption("--all"):
        return
    skip = pytest.mark.skip(reason="a long test: runs with --all")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)


def _place(item: pytest.Item) -> int:
    """The longest come first: else one process would still walk pages when the other has nothing left."""
    if item.get_closest_marker("long"):
        return 0
    return 1 if "journeys" in item.path.parts else 2
