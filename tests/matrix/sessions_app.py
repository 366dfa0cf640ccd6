"""Sessions, their minutes and their lists."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, EVERYBODY, NO_SUCH_METHOD, NOBODY_FINDS, READERS, Row, answers, signed_in

# A draft does not exist for who may not see drafts.
DRAFT = signed_in(404, animator=200)
HIDDEN_DRAFT = signed_in(404, animator=403)  # the animators see it, but it cannot be done to a draft
NOT_YET = signed_in(403)
WRITES = signed_in(403, animator=302)
READ_SESSION = READERS
REFUSED_FORM = signed_in(403, animator=422)
DRAFT_REFUSED = signed_in(404, animator=422)
NO_FILE = signed_in(404, outsider=403)


def numbered(state: str) -> Any:
    return lambda scene: scene.number(state)


def versioned(version: int) -> Any:
    return lambda scene: [*scene.number("published"), version]


def text(scene: Scene) -> dict[str, Any]:
    return {"body": "<p>Autre texte</p>", "rev": 1, "text_format": "html"}


def incomplete(scene: Scene) -> dict[str, Any]:
    return {"title": ""}


def cancel(scene: Scene) -> dict[str, Any]:
    return {"move": "annuler", "reason": "La salle n’est plus libre."}


def first_publication(scene: Scene) -> dict[str, Any]:
    return {"based_on": 0}


ROWS = [
    Row("sessions:list", get=READERS),
    Row("sessions:list", "filtered", get=READERS, query="?cycle=2024&q=mise+en+commun"),
    Row("sessions:list", "wrong filter", get=signed_in(400, outsider=403), query="?cycle=abc"),
    Row("sessions:decisions", get=READERS),
    Row("sessions:actions", get=READERS),
    Row("sessions:session", "unknown", lambda scene: [999], get=NOBODY_FINDS),
    Row("sessions:session", "draft", numbered("draft"), get=DRAFT),
    Row("sessions:session", "announced", numbered("announced"), get=READ_SESSION),
    Row("sessions:session", "cancelled", numbered("cancelled"), get=READ_SESSION),
    Row("sessions:session", "never announced", numbered("never announced"), get=DRAFT),
    Row("sessions:session", "unwritten", numbered("unwritten"), get=READ_SESSION),
    Row("sessions:session", "written", numbered("written"), get=READ_SESSION),
    Row("sessions:session", "published", numbered("published"), get=READ_SESSION),
    # minutes as published
    Row("sessions:minutes", "draft", numbered("draft"), get=HIDDEN_DRAFT),
    Row("sessions:minutes", "announced", numbered("announced"), get=NOT_YET),
    Row("sessions:minutes", "written", numbered("written"), get=WRITES),
    Row("sessions:minutes", "published", numbered("published"), get=READ_SESSION),
    Row("sessions:minutes-version", "published", versioned(1), get=READ_SESSION),
    Row("sessions:minutes-version", "missing", versioned(2), get=signed_in(404, outsider=403)),
    Row("sessions:minutes-difference", "first", versioned(1), get=signed_in(404, outsider=403)),
    Row("sessions:minutes-difference", "missing", versioned(2), get=signed_in(404, outsider=403)),
    # the editor
    Row("sessions:minutes-edit", "draft", numbered("draft"), get=HIDDEN_DRAFT, post=None),
    Row("sessions:minutes-edit", "announced", numbered("announced"), get=NOT_YET, post=None),
    Row("sessions:minutes-edit", "written", numbered("written"), get=ANIMATORS, post=WRITES, data=text),
    Row("sessions:minutes-edit", "published", numbered("published"), get=WRITES, post=NOT_YET, data=text),
    Row("sessions:minutes-edit-all", "draft", numbered("draft"), get=HIDDEN_DRAFT),
    Row("sessions:minutes-edit-all", "announced", numbered("announced"), get=NOT_YET),
    Row("sessions:minutes-edit-all", "written", numbered("written"), get=ANIMATORS),
    Row("sessions:minutes-edit-all", "published", numbered("published"), get=WRITES),
    # each branch of saving: a conflict settled for both texts, for theirs, for mine
    *(
        Row(
            "sessions:minutes-edit",
            f"{state} settled {choice}",
            numbered(state),
            post=post,
            data=lambda scene, choice=choice: {"settle": choice, "body": "", "text_format": "html", "rev": 0},
        )
        for state, choices in (
            ("written", {"both": signed_in(403, animator=200), "theirs": signed_in(403, animator=409)}),
            ("published", {"both": signed_in(403, animator=200), "theirs": NOT_YET}),
            ("draft", {"both": HIDDEN_DRAFT, "theirs": HIDDEN_DRAFT, "mine": HIDDEN_DRAFT}),
            ("announced", {"both": NOT_YET, "mine": NOT_YET}),
        )
        for choice, post in choices.items()
    ),
    Row("sessions:minutes-history", "written", numbered("written"), get=ANIMATORS),
    Row("sessions:minutes-history", "draft", numbered("draft"), get=HIDDEN_DRAFT),
    Row(
        "sessions:minutes-restore",
        "written",
        numbered("written"),
        get=NO_SUCH_METHOD,
        post=WRITES,
        data=lambda scene: {"revision": 1, "rev": 1},
    ),
    Row("sessions:minutes-restore", "announced", numbered("announced"), get=NO_SUCH_METHOD, post=NOT_YET),
    Row("sessions:minutes-preview", "written", numbered("written"), get=ANIMATORS),
    Row("sessions:minutes-preview", "announced", numbered("announced"), get=NOT_YET),
    Row("sessions:minutes-publish", "written", numbered("written"), get=ANIMATORS, post=WRITES, data=first_publication),
    Row(
        "sessions:minutes-publish",
        "unwritten",
        numbered("unwritten"),
        get=ANIMATORS,
        post=signed_in(403, animator=422),
        data=first_publication,
    ),
    Row("sessions:minutes-publish", "announced", numbered("announced"), get=NOT_YET, post=NOT_YET),
    Row("sessions:minutes-amend", "published", numbered("published"), get=NO_SUCH_METHOD, post=WRITES),
    Row("sessions:minutes-amend", "announced", numbered("announced"), get=NO_SUCH_METHOD, post=NOT_YET),
    Row(
        "sessions:minutes-proposal-close",
        "unknown",
        lambda scene: [*scene.number("written"), uuid.UUID(int=0)],
        get=NO_SUCH_METHOD,
        post=signed_in(403, animator=404),
    ),
    Row(
        "sessions:minutes-proposal-close",
        "left text",
        lambda scene: [*scene.number("written"), scene.other["proposal"].public_id],
        get=NO_SUCH_METHOD,
        post=WRITES,
    ),
    # preparing
    Row("sessions:create", get=ANIMATORS, post=REFUSED_FORM, data=incomplete),
    Row("sessions:edit", "draft", numbered("draft"), get=DRAFT, post=DRAFT_REFUSED, data=incomplete),
    Row("sessions:edit", "published", numbered("published"), get=ANIMATORS, post=REFUSED_FORM, data=incomplete),
    Row("sessions:agenda-edit", "announced", numbered("announced"), get=ANIMATORS, post=REFUSED_FORM, data=incomplete),
    Row("sessions:moves", "draft", numbered("draft"), get=DRAFT, post=DRAFT_REFUSED, data=incomplete),
    Row("sessions:moves", "announced", numbered("announced"), get=ANIMATORS, post=WRITES, data=cancel),
    Row("sessions:duplicate", "published", numbered("published"), get=NO_SUCH_METHOD, post=WRITES),
    Row("sessions:duplicate", "draft", numbered("draft"), get=NO_SUCH_METHOD, post=signed_in(404, animator=302)),
    # the report
    Row("sessions:report", "draft", numbered("draft"), get=DRAFT, post=None),
    Row("sessions:report", "unpublished", numbered("written"), get=READ_SESSION, post=NOT_YET),
    Row("sessions:report", "published", numbered("published"), get=READ_SESSION, post=signed_in(302, outsider=403)),
    Row(
        "sessions:report",
        "as a draft",
        numbered("written"),
        get=None,
        post=WRITES,
        data=lambda scene: {"brouillon": "1"},
    ),
    Row("sessions:report-file", "never made", numbered("published"), get=NO_FILE),
    Row("sessions:report-brief-file", "never made", numbered("published"), get=NO_FILE),
    Row("sessions:report-version-file", "never made", versioned(1), get=NO_FILE),
    Row("sessions:report-version-file", "unknown version", versioned(9), get=NO_FILE),
    Row("sessions:report-draft-file", "never made", numbered("written"), get=signed_in(403, animator=404)),
    Row("reports:verify", get=EVERYBODY, post=answers(422), data=lambda scene: {"code": "zz"}),
    Row("reports:verify-code", "unknown", lambda scene: ["0" * 64], get=answers(404), post=answers(405)),
    Row(
        "reports:verify-code", "known", lambda scene: [scene.other["version"].content_sha256], get=EVERYBODY, post=None
    ),
    # materials
    Row(
        "sessions:material",
        "a link has no file",
        lambda scene: [*scene.number("published"), scene.other["link"].public_id],
        get=signed_in(404, outsider=403),
    ),
]
