"""Reads and checks every environment variable of the portal, so that a wrong one is told at start, all at once.

Imports nothing of the project that needs settings. `settings.py` is its only reader.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import re
import tempfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from core.variables import given

PROFILES = ("production", "local", "test")
BASE_DIR = Path(__file__).resolve().parent.parent
# For each connection; an address that says `?options=…` has its own. The statements of a portal are short: to compile
# them (jit) costs more than it saves. Sorts and sums over a long list fit into memory.
PLANNER = "-c jit=off -c work_mem=16MB"

# A server that takes no connection, or a network that swallowed one, is told by an error instead of by waiting.
PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 30_000, "keepalives_idle": 30}


def planner_options() -> str:
    """In the web server a statement may also last so many seconds only (`portal/wsgi.py`); jobs take the time they need."""
    seconds = given("PORTAL_STATEMENT_SECONDS")
    return PLANNER + (f" -c statement_timeout={int(seconds)}s" if seconds.isdecimal() else "")


@dataclass
class Environment:
    """The checked values; `problems` holds one sentence for each variable that cannot be used."""

    problems: list[str] = field(default_factory=list)
    env: environ.Env = field(default_factory=environ.Env)

    def text(self, name: str, default: str | None = None) -> str:
        try:
            value = given(name)
        except ValueError as error:
            self.problems.append(str(error))
            return default or ""
        if value:
            return value
        if default is None:
            self.problems.append(f"{name} is required and not set.")
            return ""
        return default

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            self.problems.append(f"{name}={value!r}: must be one of {', '.join(allowed)}.")
            return default
        return value

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        raw = self.text(name, str(default))
        if not re.fullmatch(r"\d+", raw) or not least <= int(raw) <= most:
            self.problems.append(f"{name}={raw!r}: must be a whole number from {least} to {most}.")
            return default
        return int(raw)

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self.text(name, "yes" if default else "no").lower()
        if raw not in {"yes", "no", "1", "0", "true", "false"}:
            self.problems.append(f"{name}={raw!r}: must be yes or no.")
            return default
        return raw in {"yes", "1", "true"}

    def listing(self, name: str, default: str) -> list[str]:
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def folder(self, name: str) -> Path | None:
        value = self.text(name, "")
        if value and not value.startswith("/"):
            self.problems.append(f"{name}={value!r}: must be a whole path, beginning with /.")
        return Path(value) if value else None

    def matching(self, name: str, pattern: str, what: str) -> str:
        value = self.text(name, "")
        if value and not re.fullmatch(pattern, value):
            self.problems.append(f"{name}: must be {what}.")
        return value

    def numbers(self, name: str, default: str, parts: tuple[str, ...]) -> tuple[int, ...]:
        raw = self.text(name, default)
        found = [part.strip() for part in raw.split(",")]
        if len(found) != len(parts) or not all(re.fullmatch(r"\d{1,4}", part) for part in found):
            self.problems.append(f"{name}={raw!r}: must be {len(parts)} numbers with commas: {', '.join(parts)}.")
            found = default.split(",")
        return tuple(map(int, found))

    def time_of_day(self, name: str) -> dt.time | None:
        raw = self.text(name, "")
        if raw and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", raw):
            self.problems.append(f"{name}={raw!r}: must be a time of day like 03:30.")
            return None
        return dt.time.fromisoformat(raw) if raw else None

    def base_url(self, name: str, default: str | None, *, https: bool) -> str:
        """With `https`, plain http is taken only for this very machine: cookies and links would travel readable."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path):
            self.problems.append(f"{name}={value!r}: must look like https://portail.example.org, without a path.")
        elif value and https and parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
            self.problems.append(f"{name}={value!r}: must be https:// in production, except on this machine itself.")
        return value

    def https_url(self, name: str, *, plain_allowed: bool) -> str:
        """Without a slash at its end; with `plain_allowed` http is taken too, for a trial on one machine."""
        value = self.text(name, "").rstrip("/")
        parts = urlsplit(value)
        schemes = {"https", "http"} if plain_allowed else {"https"}
        if value and (parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment):
            self.problems.append(f"{name}={value!r}: must look like https://id.example.org/realms/members.")
            return ""
        return value

    def database(self, name: str, default: str | None) -> dict:
        value = self.text(name, default)
        if not value:
            return {}
        if not value.startswith(("postgres://", "postgresql://")):
            self.problems.append(f"{name}: must be a postgresql:// address; the portal needs PostgreSQL 15 or later.")
            return {}
        config = self.env.db_url_config(value)
        config["HOST"] = unquote(config.get("HOST") or "")
        config["OPTIONS"] = {"options": planner_options(), **PATIENCE} | config.get("OPTIONS", {})
        return config

    def redis(self, name: str, default: str | None) -> str:
        value = self.text(name, default)
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            self.problems.append(f"{name}: must begin with redis://, rediss:// or unix://.")
        return value

    def finish(self) -> None:
        """Stops the start with every problem found, not only the first."""
        if self.problems:
            raise ImproperlyConfigured("The portal cannot start:\n  - " + "\n  - ".join(self.problems))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def celery_broker(redis_url: str) -> str:
    """Celery writes a Redis socket another way than redis-py: unix://PATH?db=N becomes redis+socket://PATH?virtual_host=N."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"


def openid_connect(address: str, *, client_id: str, secret: str, name: str) -> dict:
    """Allauth's settings of the one identity provider, none without its address. Asks for `sub` alone: no name, no address."""
    if not address:
        return {}
    app = {
        "provider_id": provider_id(address),
        "name": name or urlsplit(address).hostname,
        "client_id": client_id,
        "secret": secret,
        "settings": {
            "server_url": address,
            "scope": ["openid"],
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }
    return {"openid_connect": {"APPS": [app]}}


def provider_id(address: str) -> str:
    """In the address to come back to; another provider gets another, so that its identifiers open nobody's account here."""
    return re.sub(r"[^a-z0-9]+", "-", address.partition("//")[2].lower()).strip("-")


def count_together(state: Path) -> None:
    """The processes of one web server keep what `core.metrics` counts in one folder, on this machine and for this portal."""
    counters = Path(tempfile.gettempdir()) / f"portail-metrics-{zlib.crc32(bytes(state)):08x}"
    counters.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(counters))
