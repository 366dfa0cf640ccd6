"""Cycles: page, proceedings, form."""

from __future__ import annotations

from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, READERS, Row, signed_in

REFUSED_FORM = signed_in(403, animator=422)


def known(scene: Scene) -> list[int]:
    return [2024]


def unknown(scene: Scene) -> list[int]:
    return [1999]


def incomplete(scene: Scene) -> dict[str, Any]:
    return {"theme": ""}


ROWS = [
    Row("sessions:cycle", "known", known, get=READERS),
    Row("sessions:cycle", "unknown", unknown, get=signed_in(404, outsider=403)),
    Row("sessions:cycle-proceedings", "known", known, get=READERS),
    Row("sessions:cycle-proceedings", "unknown", unknown, get=signed_in(404, outsider=403)),
    Row("sessions:cycle-create", get=ANIMATORS, post=REFUSED_FORM, data=incomplete),
    Row("sessions:cycle-edit", "known", known, get=ANIMATORS, post=REFUSED_FORM, data=incomplete),
    Row("sessions:cycle-edit", "unknown", unknown, get=signed_in(404), post=signed_in(404)),
]
