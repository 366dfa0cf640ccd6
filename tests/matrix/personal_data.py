"""Pages about personal data: each person's own, the rights of everybody, and what administrators keep of it."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ACCOUNTS, ADMINISTRATORS, Row, signed_in


def another_s(scene: Scene) -> list[Any]:
    return [uuid.UUID(int=1)]


ROWS = [
    Row("personal_data:own", get=ACCOUNTS, post=signed_in(302)),
    Row("personal_data:own-state", "of another", another_s, get=signed_in(404), post=signed_in(404)),
    Row("personal_data:own-file", "of another", another_s, get=signed_in(404)),
    Row("personal_data:retention", get=ADMINISTRATORS, post=signed_in(403, administrator=422)),
]
