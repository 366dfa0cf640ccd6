"""A rule that could not be checked is not a rule that was met or broken.

Django checks conditions of constraints with a query, and takes any error of the database for "met": right for a value
that the database cannot compute with, wrong where the connection broke, a deadlock was cut or the time was up. A
person was then told "this exists already". Those errors go on, and become the page that says what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Q

_take_for_met = Q.check


def check(self: Q, against: Mapping[str, Any], using: str = DEFAULT_DB_ALIAS) -> bool:
    """As Django's `Q.check`. Raises OperationalError or InterfaceError where the database did not answer."""
    failed: list[OperationalError | InterfaceError] = []

    def watch(execute: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return execute(*arguments)
        except (OperationalError, InterfaceError) as error:
            failed.append(error)
            raise

    connection = connections[using]
    with connection.execute_wrapper(watch):
        met = _take_for_met(self, against, using)
    if failed:
        raise failed[0]
    if connection.connection is None or connection.connection.closed:
        raise OperationalError("The connection to the database is lost.")
    return met


def install() -> None:
    Q.check = check
