"""One migrated database for all pytest processes to copy, kept between runs for as long as its migrations stand.

Migrating takes half a minute of a processor, a copy a moment. What a migration is made of is hashed: another hash
is another database. After the copy Django migrates all the same, which finds nothing to do but grants the rights.
"""

from __future__ import annotations

import hashlib
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
    digest = _digest()
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
            _fill(f"{name}_unfinished", kept / f"{digest}.dump")
            admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, sql.Identifier(name)))
    return name


def _digest() -> str:
    root = Path(settings.BASE_DIR)
    found = hashlib.sha256(sys.version.encode())
    for path in sorted({path for pattern in _MADE_OF for path in root.glob(pattern)}):
        found.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _fill(name: str, dump: Path) -> None:
    addresses = {
        key: _named(os.environ[key], name) for key in ("DATABASE_URL", "DATABASE_OWNER_URL") if key in os.environ
    }
    owner = addresses.get("DATABASE_OWNER_URL", addresses["DATABASE_URL"])
    keeps = all(map(shutil.which, ("pg_dump", "pg_restore")))
    if keeps and dump.exists():
        done = subprocess.run(
            ["pg_restore", "--single-transaction", "-d", owner, dump], capture_output=True, check=False
        )
        if done.returncode == 0:
            dump.touch()
            return
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | addresses, check=True)
    if keeps:
        unfinished = dump.with_suffix(f".{os.getpid()}")
        done = subprocess.run(["pg_dump", "-Fc", "-f", unfinished, owner], capture_output=True, check=False)
        if done.returncode == 0:
            unfinished.rename(dump)
        _forget_old(dump.parent)


def _named(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def _forget_old(folder: Path) -> None:
    dumps = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in dumps[_KEPT:]:
        path.unlink(missing_ok=True)
