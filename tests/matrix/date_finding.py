"""Searching for a date: members see the dates of a draft that they are asked about, and nothing else of it."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import NO_SUCH_METHOD, Row, answers, signed_in

SEEN = signed_in(200, outsider=403, administrator=403)
ANSWERED = signed_in(422, outsider=403, administrator=403, observer=403)
HIDDEN = signed_in(404, animator=200)
NO_LINK = answers(410)


def asked(scene: Scene) -> list[Any]:
    return scene.number("asked")


def not_asked(scene: Scene) -> list[Any]:
    return scene.number("draft")


def date(name: str) -> Any:
    return lambda scene: [*scene.number("asked"), scene.other[name].public_id]


def only_animators(name: str, of: str, arguments: Any) -> Row:
    return Row(f"sessions:{name}", of, arguments, get=NO_SUCH_METHOD, post=signed_in(404, animator=302))


ROWS = [
    Row("sessions:dates", "asked", asked, get=SEEN, post=ANSWERED),
    Row("sessions:dates", "not asked", not_asked, get=signed_in(404, animator=302), post=None),
    Row("sessions:dates", "as a file", asked, get=SEEN, post=None, query="?format=csv", file=True),
    Row("sessions:dates-open", "draft", not_asked, get=HIDDEN, post=signed_in(404, animator=422)),
    Row("sessions:dates-add", "asked", asked, get=HIDDEN, post=signed_in(404, animator=422)),
    only_animators("dates-remind", "asked", asked),
    only_animators("date-remove", "asked", date("removable_date")),
    only_animators("date-keep", "asked", date("date")),
    only_animators("dates-close", "asked", asked),
    Row(
        "sessions:date-keep",
        "unknown",
        lambda scene: [*asked(scene), uuid.UUID(int=0)],
        get=NO_SUCH_METHOD,
        post=signed_in(404),
    ),
    Row("sessions:dates-by-link", "unknown", lambda scene: ["x"], get=NO_LINK, post=NO_LINK),
    Row("sessions:dates-not-me", "unknown", lambda scene: ["x"], get=answers(405), post=answers(200)),
]
