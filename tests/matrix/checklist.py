"""Tasks around a session: the animators' alone, in every state."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, NO_SUCH_METHOD, Row, signed_in

WRONG = signed_in(403, animator=422)
DONE = signed_in(403, animator=302)
HIDDEN = signed_in(404, animator=200)


def task(scene: Scene) -> list[Any]:
    return [*scene.number("announced"), scene.other["task"].public_id]


def removable(scene: Scene) -> list[Any]:
    return [*scene.number("announced"), scene.other["removable_task"].public_id]


def unknown(scene: Scene) -> list[Any]:
    return [*scene.number("announced"), uuid.UUID(int=0)]


def of_state(state: str) -> Any:
    return lambda scene: scene.number(state)


ROWS = [
    Row("sessions:checklist", "draft", of_state("draft"), get=HIDDEN, post=signed_in(404, animator=422)),
    *(
        Row("sessions:checklist", state, of_state(state), get=ANIMATORS, post=WRONG)
        for state in ("announced", "cancelled", "published")
    ),
    Row("sessions:checklist-template", get=ANIMATORS, post=WRONG),
    Row("sessions:checklist-take-template", "announced", of_state("announced"), get=NO_SUCH_METHOD, post=DONE),
    Row("sessions:task-change", "", task, get=ANIMATORS, post=WRONG),
    Row("sessions:task-done", "", task, get=NO_SUCH_METHOD, post=DONE),
    Row("sessions:task-remove", "", removable, get=NO_SUCH_METHOD, post=DONE),
    Row("sessions:task-remove", "unknown", unknown, get=NO_SUCH_METHOD, post=signed_in(403, animator=404)),
]
