"""The directory."""

from __future__ import annotations

import uuid
from typing import Any

from tests.matrix.scene import WRITTEN_IMPORT, Scene
from tests.matrix.vocabulary import EVERYBODY, NO_SUCH_METHOD, READERS, Row, answers, signed_in

KEEPERS = signed_in(403, animator=200, administrator=200)  # in a new space nobody animates yet
REFUSED_FORM = signed_in(403, animator=422, administrator=422)
OWN_PAGE = signed_in(403, member=200, animator=200, administrator=200)
OWN_FORM = signed_in(403, member=422, animator=422, administrator=422)


def own(scene: Scene) -> list[Any]:
    return ["atelier"]


def unknown(scene: Scene) -> list[Any]:
    return ["inconnue"]


def scheme(scene: Scene) -> list[Any]:
    return ["atelier", scene.other["scheme"].public_id]


def period(scene: Scene) -> list[Any]:
    return ["atelier", scene.other["membership"].pk]


def empty_name(scene: Scene) -> dict[str, Any]:
    return {"name": "", "public_email": "x", "began_on": "", "ended_on": "x"}


def invited(scene: Scene) -> list[Any]:
    return [scene.other["invited"].public_id]


def no_person(scene: Scene) -> list[Any]:
    return [uuid.UUID(int=1)]


def their_position(scene: Scene) -> list[Any]:
    return [scene.other["invited"].public_id, scene.other["invited"].positions.get().public_id]


def token(scene: Scene) -> list[Any]:
    return [scene.other["invitation"]]


def imported(name: str) -> Any:
    return lambda scene: [scene.other["member_imports"][name].public_id]


def position_of_member(scene: Scene) -> list[Any]:
    return [scene.people.member.public_id, scene.people.member.positions.get().public_id]


def ended_position(scene: Scene) -> list[Any]:
    return [scene.other["former"].user.public_id, scene.other["former"].public_id]


DONE = signed_in(403, animator=302, administrator=302)
KEEPERS_MISS = signed_in(403, animator=404, administrator=404)
PEOPLE = [
    Row("members:access-request", get=EVERYBODY, post=answers(422)),
    Row("members:access-requests", get=KEEPERS),
    Row(
        "members:access-request-answer",
        "waiting",
        lambda scene: [scene.other["access_request"].public_id],
        get=KEEPERS,
        post=REFUSED_FORM,
        data=lambda scene: {"refuse-reason": ""},
    ),
    Row("members:access-request-answer", "unknown", no_person, get=KEEPERS_MISS, post=KEEPERS_MISS),
    Row("members:people", get=KEEPERS),
    Row("members:people", "wrong filter", get=signed_in(403, animator=400, administrator=400), query="?venu=x"),
    Row("members:invite", get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:invite", "for one organisation", get=KEEPERS, post=None, query="?organisation=atelier"),
    Row("members:invite-many", get=KEEPERS, post=REFUSED_FORM, data=lambda scene: {"lines": "x"}),
    Row("members:person", "invited", invited, get=KEEPERS),
    Row("members:person", "unknown", no_person, get=KEEPERS_MISS),
    Row(
        "members:person",
        "who administers",
        lambda scene: [scene.people.administrator.public_id],
        get=KEEPERS,
    ),
    Row("members:person-edit", "invited", invited, get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row(
        "members:person-edit",
        "who administers",
        lambda scene: [scene.people.administrator.public_id],
        get=signed_in(403, administrator=200),
        post=signed_in(403, administrator=422),
    ),
    Row(
        "members:person-administrator",
        "invited",
        invited,
        get=NO_SUCH_METHOD,
        post=signed_in(403, administrator=302),
        data=lambda scene: {"administrator": "1"},
    ),
    Row("members:invitation-send", "invited", invited, get=NO_SUCH_METHOD, post=DONE),
    Row(
        "members:invitation-copy",
        "invited",
        invited,
        get=NO_SUCH_METHOD,
        post=signed_in(403, animator=200, administrator=200),
    ),
    Row("members:invitation-revoke", "invited", invited, get=NO_SUCH_METHOD, post=DONE),
    Row("members:position-add", "invited", invited, get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:position-edit", "invited", their_position, get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:position-replace", "own", position_of_member, get=OWN_PAGE, post=OWN_FORM, data=empty_name),
    Row(
        "members:position-replace",
        "ended",
        ended_position,
        get=signed_in(403, member=409, animator=409, administrator=409),
        post=signed_in(403, member=409, animator=409, administrator=409),
    ),
    Row("members:position-remove", "invited", their_position, get=NO_SUCH_METHOD, post=DONE),
    Row("members:invitation", "open", token, get=EVERYBODY, post=answers(302)),
    Row("members:invitation", "unknown", lambda scene: ["x" * 43], get=answers(404), post=answers(404)),
]
LOOKED_AFTER = [
    Row("members:outside", get=KEEPERS),
    Row("members:outside", "narrowed", get=KEEPERS, query="?etat=jamais"),
    Row("members:organisation-create", get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:organisation-edit", "own", own, get=OWN_PAGE, post=OWN_FORM, data=empty_name),
    Row("members:organisation-edit", "unknown", unknown, get=signed_in(404), post=signed_in(404)),
    Row("members:organisation-logo", "without one", own, get=signed_in(404, outsider=403)),
    Row("members:organisation-logo", "with one", lambda scene: ["le-rameau"], get=READERS, file=True),
    Row("members:scheme-add", "own", own, get=OWN_PAGE, post=OWN_FORM, data=empty_name),
    Row("members:scheme-edit", "own", scheme, get=OWN_PAGE, post=OWN_FORM, data=empty_name),
    Row("members:organisation-merge", "choose", own, get=KEEPERS, post=signed_in(403, animator=400, administrator=400)),
    Row(
        "members:organisation-merge",
        "side by side",
        own,
        get=KEEPERS,
        post=REFUSED_FORM,
        query="?double=fonds-odd-17",
        data=lambda scene: {"fact-name": "x"},
    ),
    Row("members:membership", "own", own, get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:membership-leave", "own", own, get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:membership-edit", "own", period, get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row(
        "members:membership-remove",
        "own",
        period,
        get=NO_SUCH_METHOD,
        post=signed_in(403, animator=302, administrator=302),
    ),
]


def competence(scene: Scene) -> list[Any]:
    return [scene.other["competence"].public_id]


COMPETENCES = [
    Row("members:competences", get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:competence", "one", competence, get=KEEPERS, post=REFUSED_FORM, data=empty_name),
    Row("members:competence", "unknown", no_person, get=KEEPERS_MISS, post=KEEPERS_MISS),
    Row("members:competence-merge", "into nothing", competence, get=NO_SUCH_METHOD, post=REFUSED_FORM),
    Row("members:competence-remove", "one", competence, get=NO_SUCH_METHOD, post=DONE),
]
KEEPERS_WRITE = signed_in(403, animator=302, administrator=302)
IMPORTS = [
    Row("members:import", get=KEEPERS, post=REFUSED_FORM),
    Row("members:import-workbook", "template", lambda scene: ["modele"], get=KEEPERS, file=True),
    Row("members:import-workbook", "directory", lambda scene: ["annuaire"], get=KEEPERS, file=True),
    Row("members:import-workbook", "unknown", lambda scene: ["autre"], get=KEEPERS_MISS),
    Row(
        "members:import-preview",
        "written meanwhile",
        imported("import"),
        get=KEEPERS,
        post=signed_in(403, animator=409, administrator=409),
        data=lambda scene: {"fingerprint": "autre"},
    ),
    Row(
        "members:import-preview",
        "as it was shown",
        imported("import"),
        post=KEEPERS_WRITE,
        data=lambda scene: {"fingerprint": "f" * 64},
    ),
    Row("members:import-preview", "wrong", imported("import wrong"), get=KEEPERS, post=None),
    Row(
        "members:import-preview",
        "waiting, called off",
        imported("import waiting"),
        get=KEEPERS,
        post=KEEPERS_WRITE,
        data=lambda scene: {"annuler": "1"},
    ),
    Row(
        "members:import-preview",
        "failed, again",
        imported("import failed"),
        get=KEEPERS,
        post=KEEPERS_WRITE,
        data=lambda scene: {"relire": "1"},
    ),
    Row("members:import-preview", "done", imported("import written"), get=KEEPERS, post=None),
    Row("members:import-preview", "to be laid out", imported("import open"), get=KEEPERS_WRITE, post=None),
    Row("members:import-preview", "unknown", no_person, get=KEEPERS_MISS, post=KEEPERS_MISS),
    Row("members:import-columns", "open", imported("import open"), get=KEEPERS, post=None),
    Row(
        "members:import-columns",
        "without its key",
        imported("import open"),
        post=REFUSED_FORM,
        data=lambda scene: {"sheet": ""},
    ),
    Row("members:import-columns", "written already", imported("import written"), get=KEEPERS_MISS, post=KEEPERS_MISS),
    Row("members:import-to-correct", "wrong", imported("import wrong"), get=KEEPERS, file=True),
    Row("members:import-to-correct", "nothing wrong", imported("import"), get=KEEPERS_MISS),
    Row("members:invite-chosen", get=KEEPERS, post=REFUSED_FORM),
    Row(
        "members:invite-chosen",
        "of an import",
        get=KEEPERS,
        post=None,
        query=f"?table={WRITTEN_IMPORT}",
    ),
    Row("members:invite-chosen", "of no import", get=KEEPERS_MISS, post=None, query=f"?table={uuid.UUID(int=1)}"),
]
READERS_MOVE = signed_in(302, outsider=403)
VIEW_QUERY = "?page_filtree=tableau-de-bord&region=84"
OF_FUNDER = signed_in(404, outsider=403, funder=200)


def saved_view(scene: Scene) -> list[Any]:
    return [scene.other["funding"]["view"].public_id]


SAVED_VIEWS = [
    Row("members:views", get=READERS),
    Row("members:view-create", "no page", get=READERS_MOVE, post=READERS_MOVE),
    Row("members:view-create", "dashboard", get=READERS, post=signed_in(422, outsider=403), query=VIEW_QUERY),
    Row(
        "members:view-create",
        "of the watch",
        get=READERS,
        post=READERS_MOVE,
        query="?page_filtree=veille&nature=publication",
        data=lambda scene: {"name": "Ma veille", "alert": "weekly"},
    ),
    Row("members:view-create", "named", post=READERS_MOVE, query=VIEW_QUERY, data=lambda scene: {"name": "Ma vue"}),
    Row("members:view-edit", "of the funder", saved_view, get=OF_FUNDER, post=signed_in(404, outsider=403, funder=422)),
    Row(
        "members:view-remove",
        "of the funder",
        saved_view,
        get=NO_SUCH_METHOD,
        post=signed_in(404, outsider=403, funder=302),
    ),
]
ROWS = [
    *PEOPLE,
    *SAVED_VIEWS,
    *IMPORTS,
    *COMPETENCES,
    *LOOKED_AFTER,
    Row("members:directory", get=READERS),
    Row("members:directory", "filtered", get=READERS, query="?monde=terrain&vue=tableau"),
    Row("members:directory", "on the map", get=READERS, query="?vue=carte"),
    Row("members:directory", "wrong filter", get=signed_in(400, outsider=403), query="?monde=x"),
    Row("members:directory", "as a file", get=READERS, query="?format=csv", file=True),
    Row("members:directory", "as an unknown file", get=signed_in(400, outsider=403), query="?format=exe"),
    Row("members:organisation", "a member", lambda scene: ["le-rameau"], get=READERS),
    Row(
        "members:organisation",
        "unknown",
        lambda scene: ["inconnue"],
        get=signed_in(404, outsider=403),
        post=NO_SUCH_METHOD,
    ),
]
