"""One supervisor's hold on a state directory: the lock, the socket directory, the children, the clearing up."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .console import Failure, say
from .leftovers import TEMPORARY, Guard, Record, sweep
from .processes import Children

_GUARD_SECONDS = 15
_ABANDONED_SECONDS = 3600
_TEST_PREFIX = "portail-test-"


@dataclass
class Instance:
    """What the servers and the portal are started with.

    `state` keeps data from one start to the next, `sockets` lies in /tmp and goes at the stop.
    """

    state: Path
    sockets: Path
    record: Record
    children: Children

    @property
    def logs(self) -> Path:
        return _directory(self.state / "logs")

    @property
    def scratch(self) -> Path:
        """For temporary files: killed programs leave theirs, which then go with it. Short, for sockets too."""
        return _directory(self.sockets / "scratch")


def _directory(path: Path) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _take_lock(state: Path) -> IO[str]:
    """The lock of `state`. A guard that still sweeps is waited for; a living supervisor is a Failure."""
    try:
        lock = (state / "lock").open("a")
    except OSError as error:
        raise Failure(f"The state directory {state} cannot be written: {error.strerror}.") from error
    deadline = time.monotonic() + _GUARD_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            record = Record.load(state / "runtime")
            if (record and record.supervisor_lives()) or time.monotonic() > deadline:
                where = f" It answers on {record.address}" if record and record.address else ""
                number = f" (process {record.supervisor})" if record else ""
                raise Failure(f"bin/run is already running{number}.{where}") from None
            time.sleep(0.1)


@contextmanager
def hold(state: Path, tell: Callable[[str], None] = say) -> Iterator[Instance]:
    """Take `state` for this process; at the end stop every child and remove what was made in /tmp.

    `tell` is told of the stops. Raises Failure where another supervisor holds `state`.
    """
    lock = _take_lock(state)
    note = state / "runtime"
    if note.exists():
        say("clearing away what a killed run left")
        sweep(note)
    record = Record(note)
    sockets = Path(tempfile.mkdtemp(prefix="portail-", dir=TEMPORARY))
    record.directories.append(str(sockets))
    record.save()
    children = Children(state, on_start=record.add_session)
    children.listen()
    guard = Guard(note)
    try:
        yield Instance(state, sockets, record, children)
    finally:
        children.stop_all(tell)
        shutil.rmtree(sockets, ignore_errors=True)
        note.unlink(missing_ok=True)
        guard.dismiss()
        lock.close()


@contextmanager
def hold_private() -> Iterator[Instance]:
    """The same with a state directory of its own that goes at the end: any number may run side by side.

    Stops in silence: the last line of a test run is its summary.
    """
    _sweep_abandoned()
    state = Path(tempfile.mkdtemp(prefix=_TEST_PREFIX, dir=TEMPORARY))
    if os.getuid() == 0:
        state.chmod(0o711)  # PostgreSQL runs as a user of its own, who must walk through it
    try:
        with hold(state, tell=lambda text: None) as instance:
            instance.record.directories.append(str(state))
            instance.record.save()
            yield instance
    finally:
        shutil.rmtree(state, ignore_errors=True)


def _sweep_abandoned() -> None:
    """Private states whose supervisor and guard were both killed, for example by a power cut."""
    for state in TEMPORARY.glob(f"{_TEST_PREFIX}*"):
        try:
            if state.stat().st_uid != os.getuid():
                continue
            record = Record.load(state / "runtime")
            with (state / "lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if record or time.time() - state.stat().st_mtime > _ABANDONED_SECONDS:
                    sweep(state / "runtime")
                    shutil.rmtree(state, ignore_errors=True)
        except OSError:
            continue  # somebody holds it, or it went in the meantime
