"""A checkout with a stub portal, and supervisors started in it with a state of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))

from tests.run.stub import make_checkout

_SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORT")


@dataclass
class Running:
    """A `bin/run` that was started: its process, port and output so far."""

    process: subprocess.Popen[str]
    port: int
    output_file: Path

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    def wait_ready(self) -> "Running":
        return self.wait_for("Ctrl-C stops it")

    def wait_for(self, text: str) -> "Running":
        deadline = time.monotonic() + 60
        while text not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.05)
        return self

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)


@dataclass
class Checkout:
    """The stub's checkout and the state directory that its supervisors share."""

    folder: Path
    state: Path
    started: list[Running] = field(default_factory=list)

    def environment(self, **variables: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in _SERVERS and not name.startswith(("PORTAL_", "DJANGO_", "COV_", "PYTEST_"))
        }
        return kept | variables

    def supervisor(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the supervisor to its end."""
        return subprocess.run(
            [sys.executable, self.folder / "bin/supervisor", *words, "--state", self.state],
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def run(self, *words: str, port: int | None = None, stdin: int = subprocess.DEVNULL, **variables: str) -> Running:
        """Start `bin/run` (without its preparation) and return at once."""
        port = port or free_port()
        output = self.state / f"output-{len(self.started)}"
        with output.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, self.folder / "bin/supervisor", "run", "--state", self.state, *words],
                env=self.environment(PORT=str(port), **variables),
                stdin=stdin,
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        self.started.append(Running(process, port, output))
        return self.started[-1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def eventually(true: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    """In /tmp itself: as root PostgreSQL's own user must be able to walk to the state."""
    folder = Path(tempfile.mkdtemp(prefix="portail-stub-", dir="/tmp"))
    folder.chmod(0o711)
    state = folder / "state"
    state.mkdir(mode=0o711)
    result = Checkout(make_checkout(folder / "checkout"), state)
    yield result
    for running in result.started:
        if running.process.poll() is None:
            running.stop()
    shutil.rmtree(folder, ignore_errors=True)
