"""The commands: run, test, bench, manage. Called by the scripts of the same names, which prepare the machine."""

import argparse
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from . import portal
from .console import Failure, say
from .instance import Instance, hold, hold_private
from .leftovers import Record
from .processes import ROOT, Child, StopRequested

_DEFAULT_PORT = 8000
_INTERRUPTED = 130
_PARALLEL = ["-n", "2", "--dist", "loadgroup", "--durations", "20"]  # and it says where the time went


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="bin/supervisor", add_help=False, allow_abbrev=False)
    parser.add_argument("command", choices=["run", "test", "bench", "manage"])
    parser.add_argument("--state", type=Path, required=True)
    known, rest = parser.parse_known_args(arguments)
    try:
        if known.command == "manage":
            return manage(known.state, rest)
        if known.command == "test":
            return test(known.state, rest)
        if known.command == "bench":
            return bench(rest)
        if rest not in ([], ["--empty"]):
            raise Failure(
                "bin/run takes --empty or nothing. Variables: PORT, DATABASE_URL, REDIS_URL, PORTAL_STATE_DIR."
            )
        return run(known.state, empty=bool(rest))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1


def run(state: Path, *, empty: bool) -> int:
    """The portal with all it needs, with demonstration data or `empty`, until Ctrl-C or SIGTERM (0) or until one of its parts ends by itself and cannot be revived (1)."""
    port = _port()
    code = 0
    with hold(state) as instance:
        try:
            _require_free(port)
            _start(instance, port, empty=empty)
            while not (dead := instance.children.ended()) or _revived(instance, dead):
                instance.children.pause(0.2)
            say(f"{dead.name} ended by itself ({dead.how_it_ended()}): stopping everything")
            code = 1
        except StopRequested:
            print(file=sys.stderr)
    say("stopped")
    return code


def _revived(instance: Instance, dead: Child) -> bool:
    """A part that fell is started anew some times; one that keeps falling is a fault that must be seen."""
    told = dead.how_it_ended()
    if not instance.children.revive(dead):
        return False
    say(f"{dead.name} ended by itself ({told}): starting it anew")
    return True


def _start(instance: Instance, port: int, *, empty: bool) -> None:
    address = f"http://{portal.HOST}:{port}"
    variables = portal.environment(instance, profile="local", durable=True, inherited=os.environ)
    variables.setdefault("PORTAL_BASE_URL", address)
    instance.record.address, instance.record.environment = f"{address}/", variables
    instance.record.save()
    say("PostgreSQL and Redis answer")
    portal.compile_translations(instance)
    accounts = portal.prepare_data(instance, variables, empty=empty)
    portal.collect_static(instance, variables)
    portal.start_services(instance, variables, port)
    portal.wait_until_ready(instance, port)
    say("ready")
    print(f"\nThe portal answers on {address}/\n\n{accounts.strip()}\n\nCtrl-C stops it.", flush=True)


def _port() -> int:
    text = os.environ.get("PORT") or str(_DEFAULT_PORT)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Failure(f"PORT={text}: must be a number from 1 to 65535.")
    return int(text)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((portal.HOST, port))
        except PermissionError:
            raise Failure(f"Port {port} is reserved to root. Choose another: PORT=8001 bin/run") from None
        except OSError:
            raise Failure(f"Port {port} is taken by another program. Choose another: PORT={port + 1} bin/run") from None


def test(state: Path, arguments: list[str]) -> int:
    """Checks and tests, or pytest alone where it is told what to run; returns 0 where all passed."""
    everything = "--all" in arguments
    only_checks = "--checks" in arguments
    quick = ["--quick"] if "--quick" in arguments else []
    chosen = [word for word in arguments if word not in ("--all", "--checks", "--quick")]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    with hold_private() as instance:
        try:
            variables = portal.environment(instance, profile="test", durable=False, inherited=inherited)
            portal.compile_translations(instance)
            command = [sys.executable, ROOT / "bin/checks", *quick]
            checks = 0 if chosen else _run_in(instance, "checks", command, variables)
            if only_checks:
                return checks
            pytest = [sys.executable, "-m", "pytest", "-o", f"cache_dir={state / 'pytest-cache'}"]
            pytest += [*(["--all"] if everything else []), *(chosen or _PARALLEL)]
            tests = _run_in(instance, "pytest", pytest, variables)
        except StopRequested:
            return _INTERRUPTED
    if checks:
        say("the checks before the tests failed: see above")
    return tests or checks


def bench(arguments: list[str]) -> int:
    """The bench on servers of its own, with safe writes: they are part of what is measured."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    with hold_private() as instance:
        try:
            variables = portal.environment(instance, profile="local", durable=True, inherited=inherited)
            if owner := variables.get("DATABASE_OWNER_URL"):
                variables["DATABASE_URL"] = owner  # it copies rows with the triggers asleep
            portal.compile_translations(instance)
            portal.migrate(instance, variables)
            portal.collect_static(instance, variables)
            return _run_in(instance, "bench", [sys.executable, ROOT / "bench", *arguments], variables)
        except StopRequested:
            return _INTERRUPTED


def _run_in(instance: Instance, name: str, argv: Sequence[object], variables: dict[str, str]) -> int:
    """Run a program whose exit code is an answer rather than a failure."""
    child = instance.children.spawn(name, argv, environment=variables, stop_signal=signal.SIGINT)
    instance.children.wait_until(name, lambda: child.returncode is not None, seconds=None, apart_from=child)
    instance.children.forget(child)
    return child.returncode or 0


def manage(state: Path, arguments: list[str]) -> int:
    """Become manage.py, in the environment of the running bin/run or, without one, of DATABASE_URL."""
    record = Record.load(state / "runtime")
    variables = dict(os.environ)
    if record and record.environment and record.supervisor_lives():
        variables = record.environment
    elif not (variables.get("DATABASE_URL") or variables.get("DATABASE_URL_FILE")):
        raise Failure("bin/run is not running: start it first, or give DATABASE_URL and the portal's other variables.")
    os.execve(sys.executable, [sys.executable, str(ROOT / "manage.py"), *arguments], variables)
