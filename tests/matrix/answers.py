"""Answers to an invitation."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, NO_SUCH_METHOD, Row, answers, signed_in

ACTING = signed_in(403, member=200, animator=200, former_animator=200, funder=200)
WRITING = signed_in(403, member=302, animator=302, former_animator=302, funder=302)
NO_LINK = answers(410)


def announced(scene: Scene) -> list[Any]:
    return scene.number("announced")


def unknown(scene: Scene) -> list[Any]:
    return [*scene.number("announced"), uuid.UUID(int=0)]


ROWS = [
    Row("sessions:answer", "announced", announced, get=ACTING, post=WRITING),
    Row("sessions:answer", "draft", lambda scene: scene.number("draft"), get=signed_in(404, animator=200), post=None),
    Row("sessions:answer-take-back", "unknown", unknown, get=NO_SUCH_METHOD, post=WRITING),
    Row("sessions:guest-add", "for no organisation", announced, get=NO_SUCH_METHOD, post=WRITING),
    Row("sessions:guest-remove", "unknown", unknown, get=NO_SUCH_METHOD, post=WRITING),
    Row("sessions:answers", "announced", announced, get=ANIMATORS, post=signed_in(403, animator=422)),
    Row("sessions:answers", "as a file", announced, get=ANIMATORS, query="?format=csv", file=True, post=None),
    Row("sessions:answer-by-link", "unknown", lambda scene: ["x" * 43], get=NO_LINK, post=NO_LINK),
    Row("sessions:answer-not-me", "unknown", lambda scene: ["x" * 43], get=answers(405), post=answers(200)),
]
