"""Governance: mandates, handovers, consultations, the register and its journal.

In the scene the animator's organisation has proposed a handover to the member's; the former animator's has asked
for an interim by the funder's.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ADMINISTRATORS, ANIMATORS, NO_SUCH_METHOD, READERS, Row, answers, signed_in

Arguments = Callable[[Scene], list[Any]]
NOBODY = uuid.UUID(int=0)
READERS_FIND_NOTHING = signed_in(404, outsider=403)
ANIMATORS_DONE = signed_in(403, animator=302)  # sent, or led to where it stands
ANIMATORS_REFUSED = signed_in(403, animator=422)
ADMINISTRATORS_REFUSED = signed_in(403, administrator=422)
ASKING = signed_in(403, member=200, former_animator=200, funder=200)  # representatives of other members
ASKING_REFUSED = signed_in(403, member=422, former_animator=422, funder=422)
INCOMING = signed_in(403, animator=200)  # of the past handover: the outgoing side has no right left in it
INCOMING_DONE = signed_in(403, animator=302)
INCOMING_FIND_NOTHING = signed_in(403, animator=404)
KEEPERS = signed_in(403, animator=200, administrator=200)


def of(name: str, *more: Any) -> Arguments:
    return lambda scene: [scene.other[name].public_id, *more]


def ballot(scene: Scene) -> dict[str, Any]:
    return {"organisation": scene.other["receiver"].pk, "stance": "consent", "reason": "", "based_on": 0}


def giver(scene: Scene) -> dict[str, Any]:
    return {"giver": scene.other["receiver"].pk}


def ticked(scene: Scene) -> dict[str, Any]:
    return {"side": "receiver", "done": "1"}


def left_file(scene: Scene) -> list[Any]:
    left = scene.other["left text"]
    return [left.public_id, left.files.get().public_id]


HANDOVERS = [
    Row("governance:handover", "past", of("past"), get=READERS),
    Row("governance:handover", "proposed", of("proposed"), get=READERS),
    Row("governance:handover", "never proposed", of("never proposed"), get=ANIMATORS),
    Row("governance:handover", "interim asked for", of("interim"), get=READERS),
    Row("governance:handover", "unknown", lambda scene: [NOBODY], get=signed_in(404)),
    Row("governance:handover-new", get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:handover-edit", "proposed", of("proposed"), get=ANIMATORS_DONE, post=ANIMATORS_DONE),
    Row("governance:handover-past", "entered", of("mandate"), get=ANIMATORS_DONE, post=ANIMATORS_DONE),
    Row("governance:handover-correct", "past", of("past"), get=ADMINISTRATORS, post=ADMINISTRATORS_REFUSED),
    Row("governance:handover-document", "unknown", of("past", NOBODY), get=READERS_FIND_NOTHING),
    Row("governance:handover-step", "unknown", of("past", "sauter"), get=signed_in(404), post=signed_in(404)),
    Row(
        "governance:handover-step",
        "propose again",
        of("proposed", "proposer"),
        get=ANIMATORS_DONE,
        post=ANIMATORS_DONE,
    ),
    Row(
        "governance:handover-step",
        "accept",
        of("proposed", "accepter"),
        get=signed_in(403, member=200),
        post=signed_in(403, member=422),
    ),
    Row(
        "governance:handover-step",
        "validate too early",
        of("proposed", "valider"),
        get=ANIMATORS_DONE,
        post=ANIMATORS_DONE,
    ),
    Row(
        "governance:handover-step",
        "hand over too early",
        of("proposed", "remettre"),
        get=ANIMATORS_DONE,
        post=ANIMATORS_DONE,
    ),
    Row(
        "governance:handover-step",
        "decline",
        of("proposed", "refuser"),
        get=signed_in(403, member=200),
        post=signed_in(403, member=302),
        data=lambda scene: {"reason": "Trop tôt."},
    ),
    Row(
        "governance:handover-step",
        "withdraw",
        of("proposed", "retirer"),
        get=ANIMATORS,
        post=ANIMATORS_DONE,
        data=lambda scene: {"reason": "À revoir."},
    ),
    Row("governance:interim", get=ASKING, post=ASKING_REFUSED),
    Row("governance:interim-join", "asked for", of("interim"), get=ASKING, post=ASKING_REFUSED),
    Row("governance:pack", "past", of("past"), get=INCOMING),
    Row(
        "governance:pack",
        "not accepted yet",
        of("proposed"),
        get=signed_in(403, animator=404, member=404),
    ),
    Row("governance:pack-zip", "past", of("past"), get=INCOMING, file=True),
    Row("governance:pack-line", "ticked", of("past", "domain"), get=NO_SUCH_METHOD, post=INCOMING_DONE, data=ticked),
    Row(
        "governance:pack-line",
        "unknown",
        of("past", "chat"),
        get=NO_SUCH_METHOD,
        post=INCOMING_FIND_NOTHING,
        data=ticked,
    ),
    Row("governance:handover-paper", "act", of("past", "acte"), get=READERS, post=signed_in(302, outsider=403)),
    Row("governance:handover-paper", "pack", of("past", "dossier"), get=INCOMING, post=INCOMING_DONE),
    Row("governance:handover-paper-file", "act never made", of("past", "acte"), get=signed_in(202, outsider=403)),
    Row("governance:handover-paper-file", "pack never made", of("past", "dossier"), get=INCOMING_FIND_NOTHING),
]
CONSULTATIONS = [
    Row("governance:consultations", get=READERS),
    Row("governance:consultation-new", get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:consultation", "draft", of("consultation draft"), get=ANIMATORS),
    Row("governance:consultation", "never opened", of("consultation never opened"), get=ANIMATORS),
    Row("governance:consultation", "open", of("consultation open"), get=READERS),
    Row("governance:consultation", "closed", of("consultation closed"), get=READERS),
    Row("governance:consultation", "unknown", lambda scene: [NOBODY], get=signed_in(404)),
    Row(
        "governance:consultation-edit",
        "draft",
        of("consultation draft"),
        get=ANIMATORS,
        post=ANIMATORS_REFUSED,
    ),
    Row("governance:consultation-edit", "open", of("consultation open"), get=ANIMATORS_DONE, post=ANIMATORS_DONE),
    Row("governance:consultation-cancel", "open", of("consultation open"), get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:consultation-conclude", "closed", of("consultation closed"), get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:consultation-on-behalf", "open", of("consultation open"), get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:consultation-open", "draft", of("consultation draft"), get=ANIMATORS, post=ANIMATORS_DONE),
    Row("governance:consultation-close", "open", of("consultation open"), get=ANIMATORS, post=ANIMATORS_DONE),
    Row("governance:consultation-remind", "open", of("consultation open"), get=NO_SUCH_METHOD, post=ANIMATORS_DONE),
    Row("governance:consultation-document", "unknown", of("consultation open", NOBODY), get=READERS_FIND_NOTHING),
    Row("governance:consultation-json", "open", of("consultation open"), get=READERS_FIND_NOTHING),
    Row("governance:consultation-json", "closed", of("consultation closed"), get=READERS, file=True),
    Row("governance:consultation-csv", "closed", of("consultation closed"), get=READERS, file=True),
    Row(
        "governance:ballot",
        "of the member’s organisation",
        of("consultation open"),
        get=NO_SUCH_METHOD,
        post=signed_in(403, member=302),
        data=ballot,
    ),
    Row(
        "governance:proxy-give",
        "without a holder",
        of("consultation open"),
        get=NO_SUCH_METHOD,
        post=signed_in(403, member=422),
        data=giver,
    ),
    Row(
        "governance:proxy-revoke",
        "none given",
        of("consultation open"),
        get=NO_SUCH_METHOD,
        post=signed_in(403, member=302),
        data=giver,
    ),
    Row(
        "governance:ballot-by-link",
        "of the member",
        lambda scene: [scene.other["voice link"]],
        get=answers(200),
        post=answers(422),
    ),
    Row(
        "governance:ballot-by-link-document",
        "unknown",
        lambda scene: [scene.other["voice link"], NOBODY],
        get=answers(404),
        post=answers(405),
    ),
    Row("governance:ballot-by-link", "unknown", lambda scene: ["x" * 43], get=answers(410), post=answers(410)),
]
REGISTER = [
    Row("governance:event-new", get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:event-edit", "known", of("event"), get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:responsibility-new", get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row("governance:responsibility-edit", "known", of("responsibility"), get=ANIMATORS, post=ANIMATORS_REFUSED),
    Row(
        "governance:legal-identity",
        "of the animating organisation",
        lambda scene: [scene.people.animating.slug],
        get=signed_in(403, animator=200, administrator=200),
        post=signed_in(403, animator=422, administrator=422),
    ),
    Row(
        "governance:legal-identity",
        "of the receiver",
        lambda scene: [scene.other["receiver"].slug],
        get=signed_in(403, member=200),
        post=signed_in(403, member=422),
    ),
    Row("governance:mandate-found", "once it stands", get=signed_in(403), post=signed_in(403)),
    Row("governance:rules", get=ADMINISTRATORS, post=ADMINISTRATORS_REFUSED),
    Row("governance:left-texts", get=ANIMATORS),
    Row("governance:left-text-close", "waiting", of("left text"), get=NO_SUCH_METHOD, post=ANIMATORS_DONE),
    Row(
        "governance:left-text-close",
        "unknown",
        lambda scene: [NOBODY],
        get=NO_SUCH_METHOD,
        post=signed_in(403, animator=404),
    ),
    Row("governance:left-file", "waiting", left_file, get=ANIMATORS, file=True),
    Row("governance:left-file", "unknown", of("left text", NOBODY), get=signed_in(403, animator=404)),
    Row("governance:journal", get=KEEPERS),
    Row("governance:journal", "filtered", get=KEEPERS, query="?objet=governance.Mandate&depuis=2020-01-01"),
]
ROWS = [Row("governance:page", get=READERS), *HANDOVERS, *CONSULTATIONS, *REGISTER]
