"""The directory."""

from __future__ import annotations

from tests.matrix.vocabulary import NO_SUCH_METHOD, READERS, Row, signed_in

ROWS = [
    Row("members:directory", get=READERS),
    Row("members:directory", "filtered", get=READERS, query="?monde=terrain&vue=tableau"),
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
