"""Taking words out of every table, the audit's included, by the owner's function `portal_redact`.

The application may not write there. The function works once for each row of `Erasure`, leaves the published record
alone whatever it is told, and writes into that row how much it changed and the hash of what stood there before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from core.lifecycle import erasure
from core.personal_data.models import Erasure, RightsRequest

LEAST = 4  # characters: less would hit words of everybody


@dataclass(frozen=True)
class Term:
    """A piece of text to be replaced. `whole`: only where no letter or digit stands before or behind it."""

    text: str
    by: str = erasure.MARK
    whole: bool = True

    def as_json(self) -> dict[str, str]:
        return {"plain": self._pattern(self.text), "json": self._pattern(_in_json(self.text)), "by": self.by}

    def _pattern(self, text: str) -> str:
        escaped = re.sub(r"([^\w\s])", r"\\\1", text)  # PostgreSQL's expressions: a backslash before each sign
        return rf"(?<!\w){escaped}(?!\w)" if self.whole else escaped


def redact(tombstone: Erasure, terms: Iterable[Term]) -> None:
    """The longest first, so that an address goes before the name in it."""
    wanted = sorted({term for term in terms if len(term.text.strip()) >= LEAST}, key=lambda term: -len(term.text))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_redact(%s, %s, %s)",
            [tombstone.pk, json.dumps([term.as_json() for term in wanted]), spared()],
        )
    tombstone.refresh_from_db()


def spared() -> list[str]:
    """The tables of the public record with the audit's copies of them; and requests, which are answered first."""
    tables = [RightsRequest._meta.db_table]
    for label in erasure.records():
        model = apps.get_model(label)
        tables.append(model._meta.db_table)
        if event := getattr(model, "pgh_event_model", None):
            tables.append(event._meta.db_table)
    return tables


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
