"""What higher apps want to know of a lower app's rows: read together with them, instead of once more for each page.

The lower app holds `Facts` and annotates its rows with them; a higher app adds to them in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models.expressions import Combinable


class Facts:
    """Attributes that the rows of one query get, each with the expression it is read by."""

    def __init__(self) -> None:
        self._expressions: dict[str, Callable[[], Combinable]] = {}

    def add(self, name: str, expression: Callable[[], Combinable]) -> None:
        """A name stands once."""
        if name in self._expressions:
            raise ValueError(f"{name} is read already.")
        self._expressions[name] = expression

    def expressions(self) -> dict[str, Combinable]:
        """For `annotate`."""
        return {name: expression() for name, expression in self._expressions.items()}
