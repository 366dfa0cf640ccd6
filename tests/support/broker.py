"""A Redis of a test's own, to be killed and started anew: the broker as it may fail."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_PROGRAMS = ("redis-server", "redis-check-rdb", "valkey-server")  # Debian's redis-tools has it under the second name


class Broker:
    """Nothing is kept on disk: who starts it again finds it empty."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}?db=0"

    def start(self) -> None:
        program = next(found for name in _PROGRAMS if (found := shutil.which(name)))
        options = {"port": "0", "unixsocket": str(self._socket), "save": "", "dir": str(self._socket.parent)}
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen(
            ["redis-server", *words], executable=program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < deadline, "Redis does not start"
            time.sleep(0.02)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self) -> None:
        """It takes connections and never answers."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            return connection.connect_ex(str(self._socket)) == 0


@pytest.fixture
def broker() -> Iterator[Broker]:
    """Not started yet. Its socket lies in /tmp itself: a socket's path is short."""
    folder = Path(tempfile.mkdtemp(prefix="portail-broker-", dir="/tmp"))
    broker = Broker(folder)
    yield broker
    broker.kill()
    shutil.rmtree(folder, ignore_errors=True)
