"""The evaluation of a session: the animators run it, those who took part answer, nobody else."""

from __future__ import annotations

from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, Row, answers, signed_in

# at the session "reviewed" the member's organisation was present
THERE = signed_in(403, member=200)
WRITING = signed_in(403, member=422)
DONE = signed_in(403, animator=302)
NO_LINK = answers(410)


def of_state(state: str) -> Any:
    return lambda scene: scene.number(state)


def evaluated(scene: Scene) -> list[Any]:
    return scene.number("reviewed")


ROWS = [
    Row("sessions:evaluation", "not opened", of_state("unwritten"), get=ANIMATORS, post=signed_in(403, animator=422)),
    Row("sessions:evaluation", "opened", evaluated, get=ANIMATORS, post=signed_in(403, animator=422)),
    Row("sessions:evaluation", "draft", of_state("draft"), get=signed_in(404, animator=200), post=None),
    Row("sessions:evaluation-close", "opened", evaluated, get=ANIMATORS, post=DONE),
    Row("sessions:evaluate", "opened", evaluated, get=THERE, post=WRITING),
    Row("sessions:evaluate", "not opened", of_state("unwritten"), get=signed_in(404, outsider=403), post=None),
    Row("sessions:evaluate-by-link", "unknown", lambda scene: ["x"], get=NO_LINK, post=NO_LINK),
    Row("sessions:evaluate-not-me", "unknown", lambda scene: ["x"], get=answers(405), post=answers(200)),
    Row("sessions:evaluation-questions", get=ANIMATORS, post=signed_in(403, animator=422)),
]
