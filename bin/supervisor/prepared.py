"""What a start need not do again: bringing the database up to date and loading the demonstration data.

Both take seconds even where there is nothing to do. A stamp in the state directory says for which code and
which database cluster they were done last, and what was printed then.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from .instance import Instance
from .processes import ROOT

_NO_CODE = {"__pycache__", "static", "node_modules"}


def earlier_answer(instance: Instance, variables: Mapping[str, str]) -> str | None:
    """What the preparation printed, where it was done for this code and this cluster; None where it must be done."""
    try:
        stamp = json.loads(_file(instance).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return stamp["printed"] if stamp["of"] == _identity(instance, variables) else None


def remember(instance: Instance, variables: Mapping[str, str], printed: str) -> None:
    """The accounts in `printed`, after how much was loaded; "" for a space of its own. Nothing for a database not ours: others may change it."""
    identity = _identity(instance, variables)
    if identity is not None:
        _file(instance).write_text(json.dumps({"of": identity, "printed": printed.partition("\n\n")[2] or printed}))


def forget(instance: Instance) -> None:
    """Before a preparation, so that one which breaks off is done again."""
    _file(instance).unlink(missing_ok=True)


def _file(instance: Instance) -> Path:
    return instance.state / "prepared.json"


def _identity(instance: Instance, variables: Mapping[str, str]) -> str | None:
    """Changes with our code and data files, the installed packages and the cluster."""
    if quote(str(instance.sockets), safe="") not in variables.get("DATABASE_OWNER_URL", ""):
        return None
    digest = hashlib.sha256((ROOT / "requirements/run.lock").read_bytes())
    for path in sorted(ROOT.glob("*/__init__.py")):
        for file in sorted(path.parent.rglob("*")):
            if not _NO_CODE.intersection(file.relative_to(ROOT).parts) and file.is_file():
                facts = file.stat()
                digest.update(f"{file} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for file in sorted(instance.state.glob("pg-*/PG_VERSION")):
        facts = file.stat()
        digest.update(f"{file} {facts.st_ino} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
