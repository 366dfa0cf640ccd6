"""A space of its own instead of the demonstration: its first administrator, and the link by which he or she comes in."""

import os
import select
import sys
from collections.abc import Mapping

from core.variables import given

from .console import Failure, say
from .instance import Instance
from .processes import MANAGE

_ASKED = {
    "PORTAL_ADMIN_EMAIL": "E-mail address of the first administrator",
    "PORTAL_ADMIN_FIRST_NAME": "First name",
    "PORTAL_ADMIN_LAST_NAME": "Last name",
}


def state(instance: Instance, variables: Mapping[str, str]) -> str:
    """What the database holds: nothing, demonstration, waiting (for its administrator) or started."""
    return _command(instance, variables, "--state").split()[-1]


def start(instance: Instance, variables: Mapping[str, str], found: str) -> str:
    """Makes the first administrator where there is none; what to print: a fresh link until he or she has come in."""
    if found == "started":
        return "It holds a space of its own: sign in with your account."
    if found == "waiting":
        return _command(instance, variables, "--new-link")
    missing = [name for name in _ASKED if not given(name, variables)]
    if missing and not sys.stdin.isatty():
        raise Failure(f"A space of its own needs its first administrator: give {', '.join(missing)}.")
    while True:
        answers = {name: _ask(instance, _ASKED[name]) for name in missing}
        try:
            return _command(instance, {**variables, **answers}, "--noinput")
        except Failure as failure:
            if not missing:
                raise
            say(str(failure))


def _command(instance: Instance, variables: Mapping[str, str], option: str) -> str:
    command = [*MANAGE, "start_space", option]
    return instance.children.run("Starting the space", command, environment=variables)


def _ask(instance: Instance, question: str) -> str:
    """One line from the terminal; Ctrl-C still stops everything in order."""
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        instance.children.pause(0.1)
    line = os.read(sys.stdin.fileno(), 1000)
    if not line:
        raise Failure("Nothing was started.")
    return line.decode(errors="replace").strip()
