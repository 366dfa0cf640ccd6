"""The watch. The member contributed all entries but the study, the lesson and the foreign draft."""

from __future__ import annotations

from typing import Any

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import ANIMATORS, NO_SUCH_METHOD, READERS, Row, answers, signed_in

CONTRIBUTORS = signed_in(200, outsider=403, administrator=403)
CONTRIBUTED = signed_in(302, outsider=403, administrator=403)
INCOMPLETE = signed_in(422, outsider=403, administrator=403)
WRONG = signed_in(400, outsider=403)
# entries that are not out: whoever may not see one finds none
OWN = signed_in(404, outsider=403, member=200)
OWN_AND_CHECKED = signed_in(404, outsider=403, member=200, animator=200)
OUT_AND_CHANGED = signed_in(403, animator=200)
UNKNOWN = signed_in(404, outsider=403)
ITS_PROPOSER = signed_in(404, outsider=403, administrator=403, funder=200, animator=200)
ITS_PROPOSER_REFUSED = signed_in(404, outsider=403, administrator=403, funder=422, animator=422)


def entry(name: str) -> Any:
    return lambda scene: [scene.other["watch"][name].slug]


def correction(scene: Scene) -> list[Any]:
    return [scene.other["watch"]["correction"].public_id]


def publication(scene: Scene) -> dict[str, Any]:
    return {"title": "Une étude neuve", "summary": "Elle dit tout.", "source": "Un rapport"}


def scheme(scene: Scene) -> dict[str, Any]:
    return {**publication(scene), "purpose": "recovery", "closes_on": "2031"}


def move(word: str, **more: str) -> Any:
    return lambda scene: {"move": word, **more}


ROWS = [
    Row("watch:list", get=READERS),
    Row("watch:list", "filtered", get=READERS, query="?nature=publication&theme=Territoires&odd=17&q=cahier&tri=date"),
    Row("watch:list", "table", get=READERS, query="?vue=tableau"),
    Row("watch:list", "as a table of Excel", get=READERS, query="?format=xlsx", file=True),
    Row("watch:list", "wrong kind", get=WRONG, query="?nature=x"),
    Row("watch:atom", get=READERS, post=answers(405), file=True),
    Row("watch:choose", get=CONTRIBUTORS),
    Row("watch:contributions", get=CONTRIBUTORS),
    Row("watch:to-review", get=ANIMATORS),
    Row("watch:links", get=CONTRIBUTORS),
    Row("watch:needs", get=ANIMATORS),
    Row("watch:corrections", get=CONTRIBUTORS),
    Row("watch:correction", "of the funder", correction, get=ITS_PROPOSER, post=ITS_PROPOSER_REFUSED),
    Row(
        "watch:correction",
        "of the funder, accepted",
        correction,
        post=signed_in(404, outsider=403, administrator=403, funder=422, animator=302),
        data=move("accept"),
    ),
    Row("watch:correct", "published", entry("published"), get=CONTRIBUTORS, post=INCOMPLETE),
    Row(
        "watch:correct",
        "published, with a reason",
        entry("published"),
        post=signed_in(302, outsider=403, administrator=403, funder=422),  # whose first one waits
        data=lambda scene: {"title": "Le cahier", "reason": "Son vrai titre."},
    ),
    Row(
        "watch:correct",
        "sent",
        entry("sent"),
        get=signed_in(404, outsider=403, member=403, animator=403, administrator=404),
        post=None,
    ),
    Row(
        "watch:create",
        "a publication",
        lambda scene: ["publication"],
        get=CONTRIBUTORS,
        post=CONTRIBUTED,
        data=publication,
    ),
    Row("watch:create", "a scheme", lambda scene: ["dispositif"], get=CONTRIBUTORS, post=CONTRIBUTED, data=scheme),
    Row("watch:create", "a study", lambda scene: ["etude"], get=CONTRIBUTORS, post=CONTRIBUTED, data=publication),
    Row(
        "watch:create",
        "a lesson of nothing",
        lambda scene: ["enseignement"],
        get=CONTRIBUTORS,
        post=INCOMPLETE,
        data=publication,
    ),
    Row(
        "watch:create",
        "unknown kind",
        lambda scene: ["autre"],
        get=signed_in(404, outsider=403, administrator=403),
        post=None,
    ),
    Row("watch:item", "published", entry("published"), get=READERS),
    Row("watch:item", "a study", entry("study"), get=READERS),
    Row("watch:item", "a lesson", entry("lesson"), get=READERS),
    Row("watch:item", "ended", entry("expired"), get=READERS),
    Row("watch:item", "draft", entry("draft"), get=OWN),
    Row("watch:item", "sent", entry("sent"), get=OWN_AND_CHECKED),
    Row("watch:item", "refused", entry("refused"), get=OWN_AND_CHECKED),
    Row("watch:item", "draft of another", entry("foreign draft"), get=signed_in(404, outsider=403, funder=200)),
    Row("watch:item", "unknown", lambda scene: ["inconnue"], get=UNKNOWN),
    Row("watch:document", "published", entry("published"), get=READERS, file=True),
    Row("watch:document", "none", entry("study"), get=UNKNOWN),
    Row(
        "watch:edit",
        "published",
        entry("published"),
        get=OUT_AND_CHANGED,
        post=signed_in(403, animator=302),
        data=publication,
    ),
    Row(
        "watch:edit", "draft", entry("draft"), get=OWN, post=signed_in(404, outsider=403, member=302), data=publication
    ),
    Row("watch:edit", "sent", entry("sent"), get=signed_in(404, outsider=403, member=403, animator=200), post=None),
    Row(
        "watch:edit",
        "draft of another",
        entry("foreign draft"),
        get=signed_in(404, outsider=403, funder=200),
        post=None,
    ),
    Row(
        "watch:moves",
        "draft",
        entry("draft"),
        get=OWN,
        post=signed_in(404, outsider=403, member=302),
        data=move("submit"),
    ),
    Row(
        "watch:moves",
        "sent",
        entry("sent"),
        get=OWN_AND_CHECKED,
        post=signed_in(404, outsider=403, member=422, animator=302),
        data=move("publish"),
    ),
    Row(
        "watch:moves",
        "sent, refused without a reason",
        entry("sent"),
        post=signed_in(404, outsider=403, member=422, animator=422),
        data=move("refuse"),
    ),
    Row(
        "watch:moves",
        "published",
        entry("published"),
        get=READERS,
        post=signed_in(422, outsider=403, animator=302),
        data=move("expire"),
    ),
    Row("watch:history", "published", entry("published"), get=signed_in(403, member=200, animator=200)),
    Row("watch:history", "sent", entry("sent"), get=OWN_AND_CHECKED),
    Row("watch:history", "draft of another", entry("foreign draft"), get=signed_in(404, outsider=403, funder=200)),
    Row("watch:remove", "draft", entry("removable"), get=NO_SUCH_METHOD, post=signed_in(404, outsider=403, member=302)),
    Row("watch:remove", "sent", entry("sent"), post=signed_in(404, outsider=403, member=302, animator=403)),
]
