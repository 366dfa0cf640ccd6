"""Attendance: the form, the import, the sheet to sign and its scans."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, NO_SUCH_METHOD, READERS, Row, signed_in

NOBODY_YET = signed_in(403)
WRITES = signed_in(403, animator=302)


def numbered(state: str) -> Any:
    return lambda scene: scene.number(state)


def unknown(scene: Scene) -> list[Any]:
    return [*scene.number("unwritten"), uuid.UUID(int=0)]


ROWS = [
    Row("sessions:regularity", get=READERS),
    Row("sessions:regularity", "of a cycle", get=READERS, query="?cycle=2024&dispositif=oui"),
    Row("sessions:regularity", "wrong cycle", get=signed_in(400, outsider=403), query="?cycle=abc"),
    Row("sessions:regularity", "as a file", get=READERS, query="?format=csv", file=True),
    Row("sessions:attendance-edit", "held", numbered("unwritten"), get=ANIMATORS, post=WRITES),
    Row("sessions:attendance-edit", "announced", numbered("announced"), get=ANIMATORS, post=NOBODY_YET),
    Row(
        "sessions:attendance-edit",
        "as a file",
        numbered("unwritten"),
        get=ANIMATORS,
        query="?format=csv",
        file=True,
        post=None,
    ),
    Row("sessions:attendance-take-over", "held", numbered("unwritten"), get=NO_SUCH_METHOD, post=WRITES),
    Row("sessions:attendance-take-over", "announced", numbered("announced"), get=NO_SUCH_METHOD, post=NOBODY_YET),
    Row("sessions:attendance-others-absent", "held", numbered("unwritten"), get=NO_SUCH_METHOD, post=WRITES),
    Row("sessions:attendance-others-absent", "announced", numbered("announced"), get=NO_SUCH_METHOD, post=NOBODY_YET),
    Row("sessions:attendance-guests", "held", numbered("unwritten"), get=NO_SUCH_METHOD, post=WRITES),
    Row("sessions:attendance-guests", "announced", numbered("announced"), get=NO_SUCH_METHOD, post=NOBODY_YET),
    Row("sessions:attendance-import", "held", numbered("unwritten"), get=ANIMATORS, post=signed_in(403, animator=422)),
    Row("sessions:attendance-import", "cancelled", numbered("cancelled"), get=NOBODY_YET, post=NOBODY_YET),
    Row("sessions:signing-sheet", "announced", numbered("announced"), get=ANIMATORS, post=WRITES),
    Row("sessions:signing-sheet-file", "not made", numbered("announced"), get=signed_in(403, animator=404)),
    Row(
        "sessions:signed-sheet-add",
        "nothing sent",
        numbered("announced"),
        get=NO_SUCH_METHOD,
        post=signed_in(403, animator=422),
    ),
    Row("sessions:signed-sheet", "unknown", unknown, get=signed_in(403, animator=404)),
    Row("sessions:signed-sheet-remove", "unknown", unknown, get=NO_SUCH_METHOD, post=WRITES),
]
