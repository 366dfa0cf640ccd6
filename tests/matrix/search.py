"""The search: for everybody, each finding what he or she may read."""

from __future__ import annotations

from tests.matrix.vocabulary import ACCOUNTS, EVERYBODY, NO_SUCH_METHOD, Row, answers

NOT_BY_POST = answers(405)

ROWS = [
    Row("search:search", "nothing asked", get=EVERYBODY, post=NOT_BY_POST),
    Row("search:search", "a word", query="?q=session", get=EVERYBODY, post=None),
    Row("search:mentions", "a beginning", query="?signe=@&q=fond", get=ACCOUNTS, post=NO_SUCH_METHOD, file=True),
    Row("search:suggest", "a beginning", query="?q=sess", get=EVERYBODY, post=NOT_BY_POST, file=True),
]
