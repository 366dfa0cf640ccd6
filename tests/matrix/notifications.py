"""What each person was told."""

from __future__ import annotations

import uuid
from typing import Any

from core.notifications import kinds, unsubscribing
from core.notifications.enums import Delivery
from tests.matrix.scene import Scene
from tests.matrix.vocabulary import NO_SUCH_METHOD, Row, answers, signed_in

OWN = signed_in(200, outsider=403)
DONE = signed_in(302, outsider=403)


def choices(scene: Scene) -> dict[str, Any]:
    return {f"kind-{kind.name}": Delivery.AT_ONCE for kind in kinds.registered()}


def member_out_of(scene: Scene) -> list[str]:
    return [unsubscribing.token_of(scene.people.member, "sessions_app.announced")]


ROWS = [
    Row("notifications:unsubscribe", "signed", member_out_of, get=answers(200), post=answers(200)),
    Row("notifications:unsubscribe", "unknown", lambda scene: ["x" * 130], get=answers(404), post=answers(404)),
    Row("notifications:list", get=OWN),
    Row("notifications:read-all", get=NO_SUCH_METHOD, post=DONE),
    Row("notifications:read", "of another", lambda scene: [uuid.UUID(int=1)], get=NO_SUCH_METHOD, post=DONE),
    Row("notifications:preferences", get=NO_SUCH_METHOD, post=DONE, data=choices),
]
