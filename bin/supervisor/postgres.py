"""A private PostgreSQL from the system's packages: no TCP, sockets in a directory of ours, two roles.

`portal_owner` owns the database and migrates; `portal_app` is what the portal runs as. Another server on
the machine is neither used nor disturbed.
"""

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from urllib.parse import quote

from .console import Failure, say
from .instance import Instance

_OLDEST = 15
_USER_OF_ROOT = "postgres"  # PostgreSQL refuses to run as root
_PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
_SET_UP = """
select 'create role portal_owner login createdb'
  where not exists (select from pg_roles where rolname = 'portal_owner') \\gexec
select 'create role portal_app login'
  where not exists (select from pg_roles where rolname = 'portal_app') \\gexec
select 'create database portal owner portal_owner template template0'
  where not exists (select from pg_database where datname = 'portal') \\gexec
"""


@dataclass(frozen=True)
class Addresses:
    """Where the portal finds its database: as the role it runs as, and as its owner."""

    application: str
    owner: str


@dataclass(frozen=True)
class _Installation:
    """The programs of one major version, and the user they must run as (None: ours)."""

    version: int
    programs: Path
    user: str | None

    def data(self, state: Path) -> Path:
        return state / f"pg-{self.version}"


def start(instance: Instance, *, durable: bool) -> Addresses:
    """Start the server, making cluster, roles and database where they are missing.

    Without `durable` a crash of the machine may lose everything: for tests. Raises Failure where the
    programs are missing, too old, or of another version than the cluster.
    """
    installation = _find_installation(instance.state)
    if installation.user:
        shutil.chown(instance.sockets, installation.user, installation.user)
    if not (installation.data(instance.state) / "PG_VERSION").exists():
        _make_cluster(instance, installation, durable=durable)
    _spawn(instance, installation, durable=durable)

    client: list[object] = ["-h", instance.sockets, "-U", "postgres"]
    asking = list(map(str, [installation.programs / "pg_isready", "-q", *client]))
    instance.children.wait_until(
        "PostgreSQL", lambda: subprocess.run(asking, env=_environment(), check=False).returncode == 0, seconds=60
    )
    script = instance.sockets / "set-up.sql"
    script.write_text(_SET_UP)
    instance.children.run(
        "Setting up the database's roles",
        [installation.programs / "psql", *client, "-d", "postgres", "-qX", "-v", "ON_ERROR_STOP=1", "-f", script],
        environment=_environment(),
    )
    host = quote(str(instance.sockets), safe="")
    return Addresses(f"postgresql://portal_app@{host}/portal", f"postgresql://portal_owner@{host}/portal")


def _find_installation(state: Path) -> _Installation:
    """The version that the cluster in `state` was made with, else the newest that is installed."""
    found = {_version(path): Path(path) for place in _PLACES for path in glob(place) if Path(path, "initdb").exists()}
    usable = {version for version in found if version >= _OLDEST}
    if not usable:
        raise Failure(f"PostgreSQL {_OLDEST} or newer is not installed (found: {sorted(found) or 'none'}).")
    made = {int(path.parent.name[3:]) for path in state.glob("pg-*/PG_VERSION") if path.parent.name[3:].isdigit()}
    if made and not made & usable:
        raise Failure(
            f"The data in {state} were made by PostgreSQL {max(made)}, which is no longer installed "
            f"(found: {sorted(usable)}). Install postgresql-{max(made)}, or move {state}/pg-{max(made)} away "
            "to begin anew."
        )
    version = max(made & usable or usable)
    return _Installation(version, found[version], _server_user(state))


def _version(programs: str) -> int:
    """15 for /usr/lib/postgresql/15/bin and /opt/homebrew/opt/postgresql@15/bin."""
    return int(Path(programs).parent.name.rpartition("@")[2])


def _server_user(state: Path) -> str | None:
    if os.getuid() != 0:
        return None
    try:
        pwd.getpwnam(_USER_OF_ROOT)
    except KeyError:
        raise Failure(f"PostgreSQL cannot run as root and the user {_USER_OF_ROOT} does not exist.") from None
    closed = [path for path in (state, *state.parents) if not path.stat().st_mode & 0o001]
    if closed:
        raise Failure(
            f"As root PostgreSQL runs as the user {_USER_OF_ROOT}, who cannot walk through {closed[-1]}: "
            "set PORTAL_STATE_DIR to a directory elsewhere."
        )
    return _USER_OF_ROOT


def _make_cluster(instance: Instance, installation: _Installation, *, durable: bool) -> None:
    """Made beside its place and renamed when whole, so that an interrupted attempt is never taken for a cluster."""
    if durable:
        say(f"making a PostgreSQL {installation.version} cluster")
    data = installation.data(instance.state)
    fresh = data.with_name(data.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if installation.user:
        shutil.chown(fresh, installation.user, installation.user)
    options = ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
    if not durable:
        options.append("--no-sync")
    instance.children.run(
        "Making the PostgreSQL cluster",
        [installation.programs / "initdb", "-D", fresh, *options],
        environment=_environment(),
        user=installation.user,
    )
    fresh.rename(data)


def _spawn(instance: Instance, installation: _Installation, *, durable: bool) -> None:
    settings = {"logging_collector": "off", "log_min_messages": "warning"}
    if not os.access("/dev/shm", os.W_OK):
        settings["dynamic_shared_memory_type"] = "mmap"
    if not durable:
        settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    instance.children.spawn(
        "PostgreSQL",
        [
            installation.programs / "postgres",
            *("-D", installation.data(instance.state)),
            *("-k", instance.sockets),
            *("-h", ""),  # no TCP
            *options,
        ],
        environment=_environment(),
        user=installation.user,
        death_signal=signal.SIGINT,  # its fast shutdown
        stop_signal=signal.SIGINT,
        log=instance.logs / "postgresql.log",
    )


def _environment() -> dict[str, str]:
    """Ours without libpq's variables, which would lead the programs to another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8"}
