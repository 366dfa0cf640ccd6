"""Materials of a session, and what members propose."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, NO_SUCH_METHOD, Row, signed_in

WRITES = signed_in(403, animator=302)
PROPOSES = signed_in(403, member=200, former_animator=200, funder=200, animator=200)
ANNOUNCED: Callable[[Scene], list[Any]] = lambda scene: scene.number("announced")  # noqa: E731


def link(scene: Scene) -> list[Any]:
    return [*scene.number("published"), scene.other["link"].public_id]


def proposed(scene: Scene) -> list[Any]:
    return [*scene.number("announced"), scene.other["proposed_material"].public_id]


def a_link(scene: Scene) -> dict[str, Any]:
    return {"title": "Une page", "link": "https://exemple.example/page", "audience": "members"}


def every(answers: dict[str, Any], status: int) -> dict[str, Any]:
    return {role: status if found == 200 else found for role, found in answers.items()}


ROWS = [
    Row("sessions:materials", "announced", ANNOUNCED, get=ANIMATORS, post=WRITES),
    Row(
        "sessions:materials", "draft", lambda scene: scene.number("draft"), get=signed_in(404, animator=200), post=None
    ),
    Row("sessions:material-add", "a link", ANNOUNCED, get=ANIMATORS, post=WRITES, data=a_link),
    Row("sessions:material-add", "nothing", ANNOUNCED, get=None, post=signed_in(403, animator=422)),
    Row("sessions:material-change", "known", link, get=ANIMATORS, post=WRITES, data=a_link),
    Row(
        "sessions:material-change",
        "unknown",
        lambda scene: [*scene.number("published"), uuid.UUID(int=0)],
        get=signed_in(403, animator=404),
        post=None,
    ),
    Row("sessions:material-remove", "known", link, get=NO_SUCH_METHOD, post=WRITES),
    Row("sessions:material-propose", "announced", ANNOUNCED, get=PROPOSES, post=every(PROPOSES, 302), data=a_link),
    Row(
        "sessions:material-propose",
        "draft",
        lambda scene: scene.number("draft"),
        get=signed_in(404, animator=403),
        post=None,
    ),
    Row("sessions:material-answer", "proposed", proposed, get=ANIMATORS, post=WRITES, data=a_link),
    Row("sessions:material-proposed-file", "a link has no file", proposed, get=signed_in(404, outsider=403)),
]
