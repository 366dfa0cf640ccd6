"""The portal itself: its environment, what must be done before it starts, and its three services."""

import hashlib
import http.client
import multiprocessing
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from core.variables import resolved

from . import own_space, postgres, prepared, redis_server
from .console import Failure, say
from .instance import Instance
from .processes import MANAGE, ROOT

HOST = "127.0.0.1"
_READ_HERE = ("PORTAL_SECRET_KEY", "PORTAL_BASE_URL", "REDIS_URL", "DATABASE_URL", "DATABASE_OWNER_URL")
_AS_ROOT = "ignore:You're running the worker with superuser"  # as root everything but PostgreSQL runs as root


def environment(instance: Instance, *, profile: str, durable: bool, inherited: Mapping[str, str]) -> dict[str, str]:
    """Start the servers that `inherited` gives no address for, and return the variables the portal reads."""
    try:
        result = resolved(_READ_HERE, inherited)
    except ValueError as error:
        raise Failure(str(error)) from None
    result |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_PROFILE": profile,
        "PORTAL_STATE_DIR": str(instance.state),
        "PORTAL_SECRET_KEY": result.get("PORTAL_SECRET_KEY") or _secret_key(instance.state),
        "PORTAL_WORKER_POOL": _worker_pool(),
        "PYTHONUTF8": "1",
        "TMPDIR": str(instance.scratch),
    }
    if result.get("REDIS_URL"):
        say("REDIS_URL is given: no Redis is started")
    else:
        result["REDIS_URL"] = redis_server.start(instance)
    if result.get("DATABASE_URL"):
        say("DATABASE_URL is given: no PostgreSQL is started")
    else:
        addresses = postgres.start(instance, durable=durable)
        result |= {"DATABASE_URL": addresses.application, "DATABASE_OWNER_URL": addresses.owner}
    return result


def _secret_key(state: Path) -> str:
    path = state / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        key = secrets.token_urlsafe(48)
        fresh = path.with_name("secret-key.new")
        fresh.touch(mode=0o600)
        fresh.write_text(key)
        fresh.rename(path)
        return key


def _worker_pool() -> str:
    """Celery's "prefork" needs semaphores, hence /dev/shm, which some containers lack: then "solo"."""
    if _semaphores_work():
        return "prefork"
    shared = Path("/dev/shm")
    if os.getuid() == 0 and not shared.exists():
        try:
            shared.mkdir()
            shared.chmod(0o1777)
        except OSError:
            pass
        if _semaphores_work():
            say("made the missing /dev/shm")
            return "prefork"
    say("/dev/shm is missing: the worker does one thing at a time")
    return "solo"


def _semaphores_work() -> bool:
    try:
        multiprocessing.get_context("spawn").Semaphore(1)
    except OSError:
        return False
    return True


def compile_translations(instance: Instance) -> None:
    """Write the missing and outdated catalogues, each in one piece: other commands may be reading them."""
    for source in sorted(ROOT.glob("locale/**/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        if not os.access(source.parent, os.W_OK):
            say(f"{source.parent} is not writable: its translations cannot be compiled, pages show them in English")
            continue
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        name = f"Compiling {source.relative_to(ROOT)}"
        instance.children.run(name, ["msgfmt", "--check-format", "-o", fresh, source])
        fresh.rename(target)


def collect_static(instance: Instance, variables: Mapping[str, str]) -> None:
    """Gather the static files where they changed since the last time."""
    stamp_file = instance.state / "static.stamp"
    stamp = _static_stamp()
    if stamp_file.exists() and stamp_file.read_text() == stamp:
        return
    say("gathering static files")
    instance.children.run(
        "Gathering static files", [*MANAGE, "collectstatic", "--noinput", "--clear", "-v0"], environment=variables
    )
    stamp_file.write_text(stamp)


def _static_stamp() -> str:
    """Changes with our files, and with the packages that bring files of their own."""
    digest = hashlib.sha256((ROOT / "requirements/run.lock").read_bytes())
    digest.update((ROOT / "portal/settings.py").read_bytes())
    for folder in sorted({ROOT / "static", *ROOT.glob("*/static"), *ROOT.glob("core/*/static")}):
        for path in sorted(folder.rglob("*")):
            facts = path.stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def migrate(instance: Instance, variables: Mapping[str, str]) -> None:
    say("bringing the database up to date")
    instance.children.run("Migrating the database", [*MANAGE, "migrate", "--noinput", "-v0"], environment=variables)


def load_demo(instance: Instance, variables: Mapping[str, str]) -> str:
    """What was loaded, and the demonstration accounts, as text for the terminal."""
    say("demonstration data (loaded once, at the first start)")
    return instance.children.run(
        "Loading the demonstration data", [*MANAGE, "load_demo", "--print-accounts"], environment=variables
    )


def prepare_data(instance: Instance, variables: Mapping[str, str], *, empty: bool) -> str:
    """The database up to date and filled, unless the last start did it for the same code; what to print.

    A space of its own, asked for by `empty` once and known by its administrator since, gets no demonstration data.
    """
    accounts = prepared.earlier_answer(instance, variables)
    if accounts is None:
        prepared.forget(instance)
        migrate(instance, variables)
    if not accounts:
        state = own_space.state(instance, variables)
        if state in ("waiting", "started") or (empty and state == "nothing"):
            prepared.remember(instance, variables, "")
            return own_space.start(instance, variables, state)
        if not empty:
            accounts = load_demo(instance, variables)
            prepared.remember(instance, variables, accounts)
            return accounts
    if empty:
        raise Failure(
            f"{instance.state} holds the demonstration data already. A space of its own needs another place:\n"
            "  PORTAL_STATE_DIR=/path/of/my-space bin/run --empty"
        )
    return accounts


def start_services(instance: Instance, variables: Mapping[str, str], port: int) -> None:
    """Start worker, beat and web server; see `wait_until_ready`."""
    warnings = ",".join(filter(None, [variables.get("PYTHONWARNINGS"), _AS_ROOT]))
    celery = [sys.executable, "-m", "celery", "-q", "-A", "portal"]
    instance.children.spawn(
        "worker",
        [
            *celery,
            "worker",
            *("-Q", "reports,long,mail,celery"),
            *("-P", variables["PORTAL_WORKER_POOL"], "-c", 2),
            *("-l", "WARNING", "--without-mingle", "--without-gossip"),
        ],
        environment={**variables, "PYTHONWARNINGS": warnings},
        patience=20,
        restarted=True,
    )
    instance.children.spawn(
        "beat",
        [*celery, "beat", "-l", "WARNING", "-s", instance.state / "beat-schedule", "--pidfile="],
        environment=variables,
        patience=5,
        restarted=True,
    )
    instance.children.spawn(
        "web server",
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", HOST, "--port", port),
            *("--workers", 2, "--runtime-threads", 1, "--blocking-threads", 4, "--no-ws"),
            *("--respawn-failed-workers", "--respawn-interval", "0.5"),
            *("--log-level", "warning", "--log-config", ROOT / "deploy" / "log.json", "portal.wsgi:application"),
        ],
        environment=variables,
        restarted=True,
        patience=3,  # it sometimes does not hear SIGTERM just after its start
    )


def wait_until_ready(instance: Instance, port: int) -> None:
    """Wait until the portal says that it can do its work."""
    instance.children.wait_until("the portal's first answer", lambda: _is_ready(port), seconds=300)


def _is_ready(port: int) -> bool:
    """Asks directly: a proxy named in the environment does not know this machine's own ports."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
