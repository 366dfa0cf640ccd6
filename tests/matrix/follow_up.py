"""Decisions and actions, and the record of decisions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, NO_SUCH_METHOD, READERS, Row, signed_in

WRITES = signed_in(403, animator=302)
NOT_YET = signed_in(403)
WRITTEN: Callable[[Scene], list[Any]] = lambda scene: scene.number("written")  # noqa: E731
PUBLISHED: Callable[[Scene], list[Any]] = lambda scene: scene.number("published")  # noqa: E731


def row_of(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.number("written"), scene.other[name].public_id]


def typed(kind: str) -> Callable[[Scene], dict[str, Any]]:
    return lambda scene: {f"{kind}-text": "On essaie", f"{kind}-kind": "decision"}


ROWS = [
    Row("sessions:follow-up", "written", WRITTEN, get=ANIMATORS),
    Row("sessions:follow-up", "published", PUBLISHED, get=ANIMATORS),
    Row("sessions:follow-up", "announced", lambda scene: scene.number("announced"), get=NOT_YET),
    Row("sessions:record", "circulated", WRITTEN, get=READERS, post=signed_in(302, outsider=403)),
    Row("sessions:record", "none", PUBLISHED, get=WRITES, post=WRITES),
    Row("sessions:record-file", "never made", WRITTEN, get=signed_in(404, outsider=403)),
    Row("sessions:record-release", "unchanged", WRITTEN, get=ANIMATORS, post=signed_in(403, animator=302)),
    Row("sessions:record-release", "published", PUBLISHED, get=ANIMATORS, post=signed_in(403, animator=422)),
]
for kind in ("decision", "action"):
    ROWS += [
        Row(f"sessions:{kind}-add", "written", WRITTEN, get=ANIMATORS, post=WRITES, data=typed(kind)),
        Row(
            f"sessions:{kind}-add",
            "published",
            PUBLISHED,
            get=ANIMATORS,
            post=signed_in(403, animator=409),
            data=typed(kind),
        ),
        Row(f"sessions:{kind}-edit", "known", row_of(kind), get=ANIMATORS, post=WRITES, data=typed(kind)),
        Row(
            f"sessions:{kind}-edit",
            "unknown",
            lambda scene: [*scene.number("written"), uuid.UUID(int=0)],
            get=signed_in(403, animator=404),
            post=None,
        ),
        Row(f"sessions:{kind}-remove", "read already", row_of(kind), get=NO_SUCH_METHOD, post=WRITES),
        Row(
            f"sessions:{kind}-status",
            "of the member's organisation",
            lambda scene, kind=kind: [scene.other[kind].public_id],
            get=NO_SUCH_METHOD,
            post=signed_in(403, animator=302, member=302),
            data=lambda scene: {"status": "done"},
        ),
    ]
