"""Sets the environment before Django reads its settings: each pytest process gets a Redis database and files of its own.

Loaded by `-p` in pyproject.toml, which comes before pytest-django; the Celery worker of the tests inherits it.
Imports nothing of Django.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

_SCRATCH = "PORTAL_TEST_SCRATCH"  # where the controller and its workers keep their files


def prepare() -> None:
    """Idempotent: xdist's workers inherit what their controller set."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["PORTAL_PROFILE"] = "test"
    os.environ["PORTAL_SEARCH_REQUESTS"] = "300000"
    os.environ["PORTAL_OPEN_DATA_REQUESTS"] = "1000000"  # one address asks for every test
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if _SCRATCH not in os.environ:
        os.environ[_SCRATCH] = tempfile.mkdtemp(prefix="portail-tests-")
        atexit.register(shutil.rmtree, os.environ[_SCRATCH], ignore_errors=True)
    state = Path(os.environ[_SCRATCH]) / worker
    (state / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    os.environ["PORTAL_STATE_DIR"] = str(state)
    if redis := os.environ.get("REDIS_URL"):
        number = 1 if worker == "main" else 2 + int(worker.removeprefix("gw"))
        os.environ["REDIS_URL"] = with_database(redis, number)


def with_database(url: str, number: int) -> str:
    """The same Redis server, another of its numbered databases."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return urlunsplit(parts._replace(path=f"/{number}"))
    options = "&".join(f"{key}={values[0]}" for key, values in (parse_qs(parts.query) | {"db": [str(number)]}).items())
    return f"unix://{parts.path}?{options}"  # urlunsplit drops the slashes of a scheme it does not know


prepare()
