"""A private Redis from the system's packages: no TCP, nothing written to disk."""

import shutil
import signal
import socket
from pathlib import Path

from .console import Failure
from .instance import Instance

# Debian's redis-tools brings the server under this name; the package redis-server would also start it on 6379.
_PROGRAMS = ("redis-server", "redis-check-rdb", "valkey-server")


def start(instance: Instance) -> str:
    """Start the server and return its address, as redis-py writes it. Raises Failure where it is missing."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Failure("Redis is not installed (Debian: redis-tools).")
    path = instance.sockets / "redis.sock"
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "save": "",
        "dir": str(instance.sockets),
        "daemonize": "no",
        "loglevel": "warning",
    }
    instance.children.spawn(
        "Redis",
        ["redis-server", *(word for name, value in options.items() for word in (f"--{name}", value))],
        program=program,
        stop_signal=signal.SIGTERM,
        patience=5,
        log=instance.logs / "redis.log",
    )
    instance.children.wait_until("Redis", lambda: _answers(path), seconds=30)
    return f"unix://{path}?db=0"


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True
