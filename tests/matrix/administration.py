"""Pages under /admin/: for those who look after the machine, and nobody else."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ADMINISTRATORS, NO_SUCH_METHOD, Row, answers, signed_in

NOT_THERE = signed_in(403, administrator=404)


def unknown(scene: Scene) -> list[Any]:
    return [uuid.UUID(int=1)]


ROWS = [
    Row("administration:overview", get=ADMINISTRATORS),
    Row("administration:mails", get=ADMINISTRATORS),
    Row("administration:mails", "wrong filter", get=signed_in(403, administrator=400), query="?etat=x"),
    Row("administration:mail", "unknown", unknown, get=NOT_THERE, post=NO_SUCH_METHOD),
    Row("administration:mail-resend", "unknown", unknown, get=NO_SUCH_METHOD, post=NOT_THERE),
    Row("administration:jobs", get=ADMINISTRATORS),
    Row("administration:job-retry", "unknown", unknown, get=NO_SUCH_METHOD, post=NOT_THERE),
    Row("administration:job-cancel", "unknown", unknown, get=NO_SUCH_METHOD, post=NOT_THERE),
    Row("administration:people", get=ADMINISTRATORS),
    Row("setup:start", get=ADMINISTRATORS),
    Row("setup:test-mail", get=ADMINISTRATORS, post=signed_in(403, administrator=302)),
    Row(
        "setup:postpone",
        "a step",
        lambda scene: ["name"],
        get=NO_SUCH_METHOD,
        post=signed_in(403, administrator=302),
    ),
    Row("setup:space", get=ADMINISTRATORS, post=signed_in(403, administrator=422)),
    Row("space-logo", "unknown", lambda scene: ["0.png"], get=answers(404), post=answers(405), file=True),
]
