"""The words the tables are written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.matrix.scene import Scene
from tests.support.people import ROLES

SIGN_IN = "sign in"  # a redirect to the sign-in page
Answers = dict[str, Any]  # role → status, or SIGN_IN


def answers(others: int | str, **roles: int | str) -> Answers:
    """What each role gets: the same for all but those named."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"No such role: {', '.join(unknown)}")
    return {role: roles.get(role, others) for role in ROLES}


def signed_in(others: int, **roles: int) -> Answers:
    """As `answers`, where visitors are asked to sign in."""
    return answers(others, visitor=SIGN_IN, **roles)


EVERYBODY = answers(200)
ACCOUNTS = signed_in(200)
READERS = signed_in(200, outsider=403)  # members, animators and administrators
ANIMATORS = signed_in(403, animator=200)
ADMINISTRATORS = signed_in(403, administrator=200)
NOBODY_FINDS = signed_in(404)
NO_SUCH_METHOD = signed_in(405)


@dataclass(frozen=True)
class Row:
    """One address on one object. `get` and `post` are None where the row says nothing of that method."""

    url: str
    of: str = ""  # the object and its state, in words: it names the test
    arguments: Callable[[Scene], list[Any]] = field(default=lambda scene: [])
    get: Answers | None = None
    post: Answers | None = field(default_factory=NO_SUCH_METHOD.copy)
    query: str = ""
    file: bool = False  # answers with a file, not with a page
    data: Callable[[Scene], dict[str, Any]] = field(default=lambda scene: {})

    def __str__(self) -> str:
        return " ".join(filter(None, [self.url, self.of, self.query])).replace(" ", "-")
