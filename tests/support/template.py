"""One migrated database for all pytest processes to copy, kept between runs for as long as its migrations stand.

Migrating takes most of a minute of a processor, a copy a moment. What a migration is made of is hashed: another hash
is another database, made of the nearest one that was kept where migrations were only added. After the copy Django migrates all the same, which finds nothing to do but grants the rights.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

_MADE_OF = ("*/migrations/*.py", "*/*/migrations/*.py", "core/db/*.py", "**/fields.py", "requirements/*.lock")
_LOCK = 20200320  # of PostgreSQL's advisory locks, on the database `postgres`
_KEPT = 12


def prepare(owner: dict[str, Any], kept: Path) -> str:
    """Name of a migrated database on the server that `owner` (USER, PASSWORD, HOST, PORT) connects to.

    `kept` is a folder for dumps; without the programs of PostgreSQL nothing is kept.
    """
    parts = _parts()
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
    name = f"migrated_{digest}"
    connection = {"user": owner["USER"], "password": owner["PASSWORD"], "host": owner["HOST"], "port": owner["PORT"]}
    with psycopg.connect(
        dbname="postgres", autocommit=True, **{key: value or None for key, value in connection.items()}
    ) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [_LOCK])  # goes with the connection
        if not admin.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchall():
            unfinished = sql.Identifier(f"{name}_unfinished")
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(unfinished))
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(unfinished))
            _fill(f"{name}_unfinished", kept / f"{digest}.dump", parts)
            admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, sql.Identifier(name)))
    return name


def _parts() -> dict[str, str]:
    """What a migrated database is made of: file → hash of its content."""
    root = Path(settings.BASE_DIR)
    paths = sorted({path for pattern in _MADE_OF for path in root.glob(pattern)})
    found = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return {"python": sys.version, **found}


def _nearest(folder: Path, parts: dict[str, str]) -> Path | None:
    """The dump that holds most of what this one is made of, and nothing else; where none does, None."""
    found = []
    for manifest in folder.glob("*.json"):
        held = json.loads(manifest.read_text())
        if held.items() <= parts.items() and manifest.with_suffix(".dump").exists():
            found.append((len(held), manifest.with_suffix(".dump")))
    return max(found)[1] if found else None


def _fill(name: str, dump: Path, parts: dict[str, str]) -> None:
    addresses = {
        key: _named(os.environ[key], name) for key in ("DATABASE_URL", "DATABASE_OWNER_URL") if key in os.environ
    }
    owner = addresses.get("DATABASE_OWNER_URL", addresses["DATABASE_URL"])
    keeps = all(map(shutil.which, ("pg_dump", "pg_restore")))
    nearest = dump if dump.exists() else _nearest(dump.parent, parts)
    if keeps and nearest is not None:
        done = subprocess.run(
            ["pg_restore", "--single-transaction", "-d", owner, nearest], capture_output=True, check=False
        )
        if done.returncode == 0:
            nearest.touch()
            if nearest == dump:
                return
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | addresses, check=True)
    if keeps:
        unfinished = dump.with_suffix(f".{os.getpid()}")
        done = subprocess.run(["pg_dump", "-Fc", "-f", unfinished, owner], capture_output=True, check=False)
        if done.returncode == 0:
            dump.with_suffix(".json").write_text(json.dumps(parts))
            unfinished.rename(dump)
        _forget_old(dump.parent)


def _named(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def _forget_old(folder: Path) -> None:
    dumps = sorted(folder.glob("*.dump"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in dumps[_KEPT:]:
        path.with_suffix(".json").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
