"""Growth is the enemy: a list with three rows asks the database as often as one with a single row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def _get(client: Client, address: str, headers: dict[str, str]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return [query["sql"] for query in captured.captured_queries]


@pytest.fixture
def assert_constant_queries() -> Callable[..., None]:
    """`assert_constant_queries(client, address, add_row, most=12)`: `add_row()` makes one more row of what is listed.

    Compares one row with three; `most` is the number of queries the page may ask at all.
    """

    def check(client: Client, address: str, add_row: Callable[[], Any], *, most: int = 12, **headers: str) -> None:
        add_row()
        _get(client, address, headers)  # what a process remembers once, it remembers now
        one = _get(client, address, headers)
        add_row()
        add_row()
        three = _get(client, address, headers)
        assert len(three) == len(one), "Queries with 1 row:\n{}\n\nwith 3:\n{}".format("\n".join(one), "\n".join(three))
        assert len(one) <= most, "{} queries, {} allowed:\n{}".format(len(one), most, "\n".join(one))

    return check


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    """Captures the queries asked inside."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
