"""Open data: the same for everybody, whoever is signed in."""

from __future__ import annotations

from typing import Any

from tests.matrix.vocabulary import EVERYBODY, Row, answers

NOT_BY_POST = answers(405)
NOTHING = answers(404)


def watched(name: str) -> Any:
    return lambda scene: [scene.other["watch"][name].public_id]


ROWS = [
    Row("open-data", get=EVERYBODY, post=NOT_BY_POST),
    Row("open-data-file", "initiatives", lambda scene: ["initiatives.csv"], get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("open-data-file", "unknown", lambda scene: ["membres.csv"], get=NOTHING, post=NOT_BY_POST, file=True),
    Row("api:api-root", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:openapi-json", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:initiatives", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row(
        "api:initiative",
        "unknown",
        lambda scene: ["00000000-0000-4000-8000-000000000000"],
        get=NOTHING,
        post=NOT_BY_POST,
        file=True,
    ),
    Row("api:programmes", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:programme", "unknown", lambda scene: ["inconnu"], get=NOTHING, post=NOT_BY_POST, file=True),
    Row("api:sessions", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:session", "held", lambda scene: scene.number("written"), get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:session", "draft", lambda scene: scene.number("draft"), get=NOTHING, post=NOT_BY_POST, file=True),
    Row("api:session", "announced", lambda scene: scene.number("announced"), get=NOTHING, post=NOT_BY_POST, file=True),
    Row("api:minutes-list", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:minutes", "not public", lambda scene: scene.number("written"), get=NOTHING, post=NOT_BY_POST, file=True),
    Row("api:watch", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:watch-item", "public", watched("published"), get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("api:watch-item", "for members", watched("study"), get=NOTHING, post=NOT_BY_POST, file=True),
    Row("api:watch-item", "draft", watched("draft"), get=NOTHING, post=NOT_BY_POST, file=True),
    Row("api:nothing", "any", lambda scene: ["autre"], get=NOTHING, post=NOT_BY_POST, file=True),
]
