"""Minutes and Word."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.scene import Scene
from tests.matrix.sessions_app import HIDDEN_DRAFT, NO_SUCH_METHOD, NOT_YET, READ_SESSION, WRITES, numbered, versioned
from tests.matrix.vocabulary import ANIMATORS, Row, signed_in
from tests.support import word


def document(scene: Scene) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("releve.docx", word.minutes())}


def nothing(scene: Scene) -> dict[str, Any]:
    return {}


ROWS = [
    Row("sessions:minutes-word", "draft", numbered("draft"), get=HIDDEN_DRAFT, post=None),
    Row("sessions:minutes-word", "announced", numbered("announced"), get=NOT_YET, post=NOT_YET),
    Row("sessions:minutes-word", "written", numbered("written"), get=ANIMATORS, post=ANIMATORS, data=document),
    Row(
        "sessions:minutes-word",
        "without a file",
        numbered("unwritten"),
        get=ANIMATORS,
        post=signed_in(403, animator=422),
        data=nothing,
    ),
    Row("sessions:minutes-word", "published", numbered("published"), get=WRITES, post=WRITES, data=nothing),
    Row("sessions:minutes-word-draft", "written", numbered("written"), get=ANIMATORS, post=NO_SUCH_METHOD, file=True),
    Row("sessions:minutes-word-draft", "announced", numbered("announced"), get=NOT_YET),
    Row("sessions:minutes-word-version", "published", versioned(1), get=READ_SESSION, file=True),
    Row("sessions:minutes-word-version", "missing", versioned(2), get=signed_in(404, outsider=403)),
    Row(
        "sessions:minutes-word-version",
        "withdrawn",
        lambda scene: [*scene.number("withdrawn"), 1],
        get=signed_in(410, animator=200, outsider=403),
        file=True,
    ),
]
