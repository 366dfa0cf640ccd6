"""The names by which organisations are known, those of doubles that were merged included."""

from __future__ import annotations

from collections import defaultdict

from core.text import name_key
from members.models import Organisation


def former_names() -> dict[str, Organisation]:
    """Key of each name or short name that a double bore → what is kept of it, in two queries at most.

    A table, a line or an old document goes on naming the double. What an organisation is called today is never read as
    a former name, and a name of two doubles that were kept apart names neither.
    """
    found: dict[str, set[Organisation]] = defaultdict(set)
    for double in Organisation.with_doubles.filter(merged_into__isnull=False).select_related("merged_into"):
        for name in filter(None, (double.name, double.short_name)):
            found[name_key(name)].add(double.merged_into)
    if not found:
        return {}
    today = Organisation.objects.values_list("name", "short_name")
    borne = {name_key(name) for names in today for name in names if name}
    return {key: kept.pop() for key, kept in found.items() if len(kept) == 1 and key not in borne}


class NamesNow:
    """What organisations are called today, for texts that still name a double; read once."""

    def __init__(self) -> None:
        self._former = former_names()

    def __call__(self, text: str) -> str:
        kept = self._former.get(name_key(text)) if self._former else None
        return kept.name if kept else text
