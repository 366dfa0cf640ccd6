"""Minutes under review, and who reads published ones."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, EVERYBODY, NO_SUCH_METHOD, Row, answers, signed_in

NOT_BY_POST = answers(405)
WRITES = signed_in(403, animator=302)
NOT_YET = signed_in(403)
CLOSED = signed_in(410, animator=200, outsider=403)  # it was open before: the page says what became of it
CONCERNED = signed_in(403, animator=200, member=200)
REVIEWED: Callable[[Scene], list[Any]] = lambda scene: scene.number("reviewed")  # noqa: E731
PUBLISHED: Callable[[Scene], list[Any]] = lambda scene: scene.number("published")  # noqa: E731
WRITTEN: Callable[[Scene], list[Any]] = lambda scene: scene.number("written")  # noqa: E731
PUBLIC: Callable[[Scene], list[Any]] = lambda scene: scene.number("public")  # noqa: E731


def item(scene: Scene) -> list[Any]:
    return [*scene.number("reviewed"), scene.sessions["reviewed"].agenda.first().public_id]


def asked(scene: Scene) -> list[Any]:
    return [*scene.number("reviewed"), scene.other["amendment"].public_id]


def one(scene: Scene) -> list[Any]:
    return [*scene.number("reviewed"), scene.other["amendment"].circulation.public_id]


ROWS = [
    Row("sessions:circulation", "under review", REVIEWED, get=CONCERNED),
    Row("sessions:circulation-one", "under review", one, get=CONCERNED),
    Row("sessions:circulation", "not under review", WRITTEN, get=NOT_YET),
    Row("sessions:circulation-open", "written", WRITTEN, get=ANIMATORS, post=WRITES, data=lambda scene: {"days": 8}),
    Row(
        "sessions:circulation-open",
        "published",
        PUBLISHED,
        get=ANIMATORS,
        post=signed_in(403, animator=422),
        data=lambda scene: {"days": 8},
    ),
    Row("sessions:circulation-open", "announced", lambda scene: scene.number("announced"), get=NOT_YET, post=NOT_YET),
    Row(
        "sessions:circulation-conclude",
        "under review",
        REVIEWED,
        get=ANIMATORS,
        post=WRITES,
        data=lambda scene: {"issue": "arreter", "reason": "Une page manquait."},
    ),
    Row("sessions:circulation-conclude", "not under review", WRITTEN, get=signed_in(403, animator=404), post=None),
    Row(
        "sessions:amendment-request",
        "under review",
        item,
        get=CONCERNED,
        post=signed_in(403, animator=422, member=422),
    ),
    Row("sessions:amendment-answer", "open", asked, get=ANIMATORS, post=signed_in(403, animator=409)),
    Row(
        "sessions:amendment-answer",
        "refusing",
        asked,
        get=None,
        post=WRITES,
        data=lambda scene: {"refuse": "1", "answer": "Ce n’est pas ce qui fut dit."},
    ),
    Row(
        "sessions:amendment-answer",
        "unknown",
        lambda scene: [*scene.number("reviewed"), uuid.UUID(int=0)],
        get=signed_in(403, animator=404),
        post=None,
    ),
    # who reads
    Row(
        "sessions:minutes-exposure",
        "published",
        PUBLISHED,
        get=ANIMATORS,
        post=WRITES,
        data=lambda scene: {"choix": "retirer", "reason": "Une donnée personnelle"},
    ),
    Row("sessions:minutes-exposure", "nothing published", WRITTEN, get=ANIMATORS, post=signed_in(403, animator=422)),
    Row("sessions:minutes-public", "members only", PUBLISHED, get=answers(404), post=NOT_BY_POST),
    Row("sessions:minutes-public", "public", PUBLIC, get=EVERYBODY, post=NOT_BY_POST),
    Row("sessions:minutes-public-file", "never made", PUBLIC, get=answers(404), post=NOT_BY_POST, file=True),
    Row("sessions:minutes-public-list", get=EVERYBODY, post=NOT_BY_POST),
    Row("sessions:minutes-public-feed", get=EVERYBODY, post=NOT_BY_POST, file=True),
    # withdrawn
    Row("sessions:minutes", "withdrawn", lambda scene: scene.number("withdrawn"), get=CLOSED),
    Row(
        "sessions:minutes-version",
        "withdrawn",
        lambda scene: [*scene.number("withdrawn"), 1],
        get=CLOSED,
    ),
    Row(
        "sessions:report",
        "withdrawn",
        lambda scene: scene.number("withdrawn"),
        get=None,
        post=signed_in(410, animator=302, outsider=403),
    ),
    Row(
        "sessions:minutes-amend", "withdrawn", lambda scene: scene.number("withdrawn"), get=NO_SUCH_METHOD, post=WRITES
    ),
]
