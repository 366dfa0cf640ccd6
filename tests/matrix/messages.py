"""Messages to the members about a session."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, NO_SUCH_METHOD, Row, signed_in


def announced(scene: Scene) -> list[Any]:
    return scene.number("announced")


def unknown(scene: Scene) -> list[Any]:
    return [*scene.number("announced"), uuid.UUID(int=0)]


ROWS = [
    Row("sessions:messages", "announced", announced, get=ANIMATORS),
    Row("sessions:message-new", "announced", announced, get=ANIMATORS, post=signed_in(403, animator=422)),
    Row("sessions:message", "unknown", unknown, get=signed_in(403, animator=404)),
    Row("sessions:message-recall", "unknown", unknown, get=NO_SUCH_METHOD, post=signed_in(403, animator=404)),
]
