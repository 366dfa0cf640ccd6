"""What a supervisor leaves when it is killed, and who clears it away.

A record beside the lock names every session that was started and every directory made in /tmp. Two readers:
the guard, a forked process that outlives the supervisor, and the next start, should the guard be killed too.
"""

import json
import os
import re
import shutil
import signal
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .processes import is_alive, kill_group, process_state

TEMPORARY = Path("/tmp")  # a socket's path may have 107 bytes: $TMPDIR may be too long
_TEMPORARY_NAME = re.compile(r"/tmp/portail-[\w-]+")
_PATIENCE = 5.0


def this_machine() -> str:
    """Names the boot and the process namespace: numbers of processes mean nothing outside them."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return ""


@dataclass
class Session:
    """A session that a supervisor made: its first process and when that started (clock ticks since boot)."""

    name: str
    leader: int
    started: int


@dataclass
class Record:
    """The file that tells of a running supervisor; written anew, in one piece, at every change."""

    path: Path
    supervisor: int = field(default_factory=os.getpid)
    machine: str = field(default_factory=this_machine)
    address: str = ""
    directories: list[str] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    def save(self) -> None:
        text = json.dumps({key: value for key, value in asdict(self).items() if key != "path"}, indent=1)
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.touch(mode=0o600)
        fresh.write_text(text)
        fresh.rename(self.path)

    def add_session(self, name: str, leader: int) -> None:
        state = process_state(leader)
        self.sessions.append(Session(name, leader, state.started if state else 0))
        self.save()

    def supervisor_lives(self) -> bool:
        return self.machine == this_machine() and is_alive(self.supervisor)

    @classmethod
    def load(cls, path: Path) -> "Record | None":
        """The record at `path`; None where there is none, or none that can be read."""
        try:
            values = json.loads(path.read_text())
            values["sessions"] = [Session(**session) for session in values["sessions"]]
            return cls(path=path, **values)
        except (OSError, ValueError, TypeError, KeyError):
            return None


def sweep(path: Path) -> None:
    """End every process and remove every directory that the record at `path` names, then the record."""
    record = Record.load(path)
    if record is not None:
        if record.machine and record.machine == this_machine():
            _end_sessions(record.sessions)
        for directory in record.directories:
            if _TEMPORARY_NAME.fullmatch(directory):
                shutil.rmtree(directory, ignore_errors=True)
    path.unlink(missing_ok=True)


def _end_sessions(sessions: list[Session]) -> None:
    """PostgreSQL is first asked for a fast shutdown; the rest, and what does not obey, is killed."""
    for politely in (True, False):
        members = [(session.name, pid) for session in sessions for pid in _members(session)]
        for name, pid in members:
            try:
                os.kill(pid, signal.SIGINT if politely and name == "PostgreSQL" else signal.SIGKILL)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + _PATIENCE
        while any(process_state(pid) for _, pid in members) and time.monotonic() < deadline:
            time.sleep(0.02)


def _members(session: Session) -> list[int]:
    """The processes of a session, unless another one has the same number by now."""
    leader = process_state(session.leader)
    if leader and leader.started != session.started:
        return []
    numbers = (int(name) for name in os.listdir("/proc") if name.isdigit())
    states = ((pid, process_state(pid)) for pid in numbers)
    return [
        pid for pid, state in states if state and state.session == session.leader and state.started >= session.started
    ]


class Guard:
    """A process that waits for the supervisor's end and sweeps where that came without a farewell.

    It also holds the lock of the state directory until it is done: file descriptors go with a fork.
    """

    def __init__(self, record: Path) -> None:
        reading, self._writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._writing)
            self._watch(reading, record)
        os.close(reading)

    @staticmethod
    def _watch(reading: int, record: Path) -> None:
        try:
            os.setsid()
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            if not os.read(reading, 1):
                known = Record.load(record)
                if known and not known.machine:  # no /proc: the groups must do, at once while the numbers hold
                    for session in known.sessions:
                        kill_group(session.leader)
                sweep(record)
        finally:
            os._exit(0)

    def dismiss(self) -> None:
        """All is stopped: the guard ends without doing anything."""
        try:
            os.write(self._writing, b".")
        except BrokenPipeError:
            pass  # somebody killed the guard
        os.close(self._writing)
        os.waitpid(self._pid, 0)
