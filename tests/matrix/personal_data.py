"""Pages about personal data: each person's own, the rights of everybody, and what administrators keep of it."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ACCOUNTS, ADMINISTRATORS, EVERYBODY, Row, answers, signed_in


def another_s(scene: Scene) -> list[Any]:
    return [uuid.UUID(int=1)]


def a_request(scene: Scene) -> list[Any]:
    return [scene.other["rights_request"].public_id]


def a_breach(scene: Scene) -> list[Any]:
    return [scene.other["breach"].public_id]


MISSING = signed_in(403, administrator=404)
ROWS = [
    Row("personal_data:own", get=ACCOUNTS, post=signed_in(302)),
    Row("personal_data:own-state", "of another", another_s, get=signed_in(404), post=signed_in(404)),
    Row("personal_data:own-file", "of another", another_s, get=signed_in(404)),
    Row("personal_data:request", get=EVERYBODY, post=answers(422)),
    Row("personal_data:request-confirm", "unknown", lambda scene: ["x" * 43], get=answers(404), post=answers(404)),
    Row("personal_data:requests", get=ADMINISTRATORS),
    Row("personal_data:request-answer", "open", a_request, get=ADMINISTRATORS, post=signed_in(403, administrator=422)),
    Row("personal_data:request-answer", "unknown", another_s, get=MISSING, post=MISSING),
    Row("personal_data:erasures", get=ADMINISTRATORS),
    Row(
        "personal_data:erase",
        "in a position",
        lambda scene: [scene.people.member.public_id],
        get=ADMINISTRATORS,
        post=signed_in(403, administrator=422),
    ),
    Row("personal_data:erase", "unknown", another_s, get=MISSING, post=MISSING),
    Row("processing-register", get=ADMINISTRATORS),
    Row("personal_data:breaches", get=ADMINISTRATORS),
    Row("personal_data:breach-add", get=ADMINISTRATORS, post=signed_in(403, administrator=422)),
    Row("personal_data:breach", "kept", a_breach, get=ADMINISTRATORS, post=signed_in(403, administrator=422)),
    Row("personal_data:breach", "unknown", another_s, get=MISSING, post=MISSING),
    Row("personal_data:retention", get=ADMINISTRATORS, post=signed_in(403, administrator=422)),
]
