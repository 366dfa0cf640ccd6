"""The search: for everybody, each finding what he or she may read."""

from __future__ import annotations

from tests.matrix.vocabulary import EVERYBODY, Row, answers

NOT_BY_POST = answers(405)

ROWS = [
    Row("search:search", "nothing asked", get=EVERYBODY, post=NOT_BY_POST),
    Row("search:search", "a word", query="?q=session", get=EVERYBODY, post=None),
    Row("search:suggest", "a beginning", query="?q=sess", get=EVERYBODY, post=NOT_BY_POST, file=True),
]
