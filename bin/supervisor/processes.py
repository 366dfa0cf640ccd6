"""Child processes: started so that they cannot outlive us, watched, and stopped in order.

Every child leads a session of its own, so that Ctrl-C at the terminal reaches the supervisor alone and
whatever a child starts in turn can be found by its session. The kernel kills a child whose supervisor dies.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .console import Failure, say

ROOT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, ROOT / "manage.py")
_PR_SET_PDEATHSIG = 1
_STEP_SECONDS = 0.02
_HURRIED_PATIENCE = 0.5
_RESTARTS, _RESTARTS_SECONDS = 3, 600  # of one part, before the supervisor gives up
_LINES_SHOWN = 25


class StopRequested(Exception):
    """Ctrl-C, SIGTERM or SIGHUP arrived: everything is to be stopped in order."""


@dataclass(frozen=True)
class ProcessState:
    """A living process: the session it belongs to and when it started (clock ticks since boot)."""

    session: int
    started: int


def process_state(pid: int) -> ProcessState | None:
    """State of a process by its number; None where it is gone or only waits to be collected."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else ProcessState(session=int(fields[3]), started=int(fields[19]))


def is_alive(pid: int) -> bool:
    """Whether a process with this number runs, also where there is no /proc."""
    if Path("/proc/self/stat").exists():
        return process_state(pid) is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _die_with_parent(death_signal: int) -> Callable[[], None] | None:
    """What a child does before it becomes its program; runs after the change of user, which clears the signal."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def prepare() -> None:
        prctl(_PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return prepare


@dataclass
class Child:
    """A running program. `patience`: seconds between its stop signal and SIGKILL."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    patience: float
    log: Path | None
    again: Callable[[], "Child"] | None = None
    fallen: list[float] = field(default_factory=list)

    @property
    def returncode(self) -> int | None:
        return self.process.poll()

    def how_it_ended(self) -> str:
        """For example "exit code 1" or "SIGKILL", with the end of its log where it has one."""
        code = self.process.poll() or 0
        text = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
        if self.log and (tail := self.log.read_text(errors="replace").splitlines()[-_LINES_SHOWN:]):
            text += f"; the end of {self.log}:\n  " + "\n  ".join(tail)
        return text


class Children:
    """The programs of one supervisor, in the order of their start.

    `scratch` is a directory for the output of short programs. `on_start` is called with name and number of
    every new process, before anything else happens to it.
    """

    def __init__(self, scratch: Path, on_start: Callable[[str, int], None] = lambda name, pid: None) -> None:
        self._children: list[Child] = []
        self._scratch = scratch
        self._on_start = on_start
        self._signals_seen = 0

    def listen(self) -> None:
        """Take Ctrl-C, SIGTERM and SIGHUP as the wish to stop; a second one makes the stop a quick one."""

        def note(*_: object) -> None:
            self._signals_seen += 1

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, note)

    def spawn(
        self,
        name: str,
        argv: Sequence[object],
        *,
        program: str | None = None,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
        death_signal: signal.Signals = signal.SIGKILL,
        stop_signal: signal.Signals = signal.SIGTERM,
        patience: float = 15,
        log: Path | None = None,
        output: IO[str] | None = None,
        restarted: bool = False,
    ) -> Child:
        """Start a program (the file `program` where its first word is not that). With `user` it runs as that user and away from the checkout, which he may not read.

        `restarted`: where it ends by itself, `revive` starts it anew. Its output goes to `log` (replaced), else to `output`, else where ours goes. Raises Failure where
        the program is not there.
        """
        stdout = log.open("w") if log else output
        try:
            process = subprocess.Popen(
                [str(word) for word in argv],
                executable=program,
                cwd="/" if user else ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.STDOUT if stdout else None,
                start_new_session=True,
                preexec_fn=_die_with_parent(death_signal),  # noqa: PLW1509  there are no threads here
                user=user,
                group=user,
                extra_groups=[] if user else None,
            )
        except FileNotFoundError as error:
            raise Failure(f"{name}: the program {error.filename} is not there.") from error
        finally:
            if log and stdout:
                stdout.close()
        child = Child(name, process, stop_signal, patience, log)
        if restarted:
            child.again = lambda: self.spawn(
                name,
                argv,
                program=program,
                environment=environment,
                user=user,
                death_signal=death_signal,
                stop_signal=stop_signal,
                patience=patience,
                log=log,
                output=output,
                restarted=True,
            )
        self._children.append(child)
        self._on_start(name, process.pid)
        return child

    def run(
        self,
        name: str,
        argv: Sequence[object],
        *,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> str:
        """Run a program to its end and return its output; the other children are watched meanwhile.

        Raises Failure with the end of the output where the exit code is not 0.
        """
        collected = self._scratch / "step.out"
        with collected.open("w") as out:
            child = self.spawn(name, argv, environment=environment, user=user, output=out)
            self.wait_until(name, lambda: child.returncode is not None, seconds=None, apart_from=child)
        self.forget(child)
        text = collected.read_text(errors="replace")
        if child.returncode:
            end = "\n".join(text.splitlines()[-_LINES_SHOWN:])
            raise Failure(f"{name} failed ({child.how_it_ended()}).\n{end}".rstrip())
        return text

    def forget(self, child: Child) -> None:
        """Watch and stop a child no longer: it has ended, as was expected. What it left behind is killed."""
        self._children.remove(child)
        kill_group(child.process.pid)

    def ended(self) -> Child | None:
        """The first child that ended by itself."""
        return next((child for child in self._children if child.returncode is not None), None)

    def revive(self, child: Child) -> bool:
        """Start an ended child anew, in its place of the order; False where it may not be, or fell too often of late."""
        if child.again is None:
            return False
        now = time.monotonic()
        fallen = [moment for moment in child.fallen if now - moment < _RESTARTS_SECONDS] + [now]
        if len(fallen) > _RESTARTS:
            return False
        place = self._children.index(child)
        self.forget(child)
        anew = child.again()
        anew.fallen = fallen
        self._children.remove(anew)
        self._children.insert(place, anew)
        return True

    def pause(self, seconds: float = _STEP_SECONDS) -> None:
        """Sleep; raises StopRequested once a signal came."""
        if self._signals_seen:
            raise StopRequested
        time.sleep(seconds)
        if self._signals_seen:
            raise StopRequested

    def wait_until(
        self,
        what: str,
        ready: Callable[[], bool],
        *,
        seconds: float | None,
        apart_from: Child | None = None,
    ) -> None:
        """Wait for `ready`. Raises Failure after `seconds` or when a child ends, apart from the named one."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not ready():
            dead = self.ended()
            if dead and dead is not apart_from:
                raise Failure(f"{dead.name} ended while waiting for {what}: {dead.how_it_ended()}")
            if deadline and time.monotonic() > deadline:
                raise Failure(f"{what}: not there after {seconds:.0f} s.")
            self.pause()

    def stop_all(self, tell: Callable[[str], None] = say) -> None:
        """Stop all in the reverse order of their start, then kill what is left of their sessions.

        A further signal cuts short the patience with each.
        """
        seen = self._signals_seen
        for child in reversed(self._children):
            if child.returncode is None:
                tell(f"stopping {child.name}")
                child.process.send_signal(child.stop_signal)
                asked = time.monotonic()
                while child.returncode is None:
                    patience = child.patience if self._signals_seen == seen else _HURRIED_PATIENCE
                    if time.monotonic() - asked > patience:
                        break
                    time.sleep(_STEP_SECONDS)
            kill_group(child.process.pid)
            child.process.wait()
        self._children.clear()


def kill_group(leader: int) -> None:
    """SIGKILL for the process group of a child of ours; nothing happens where it is gone."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass
