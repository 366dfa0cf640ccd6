"""Which people were erased, kept outside the database: a restore brings them back, and this says whom to erase again.

One line each in every file of `settings.ERASURE_JOURNALS` (beside the files, and beside the backups, so that the loss
of one disk leaves the other): when, and the identifier of the person, which names nobody.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from core.personal_data.models import Erasure


def catch_up() -> None:
    """Adds to each file who is missing in it, on disk before this returns. Raises OSError, ValueError."""
    erased = dict(Erasure.objects.order_by("at", "pk").values_list("person", "at"))
    for path in map(Path, settings.ERASURE_JOURNALS):
        known = set(people([path]))
        missing = [
            {"at": at.isoformat(), "person": str(person)} for person, at in erased.items() if person not in known
        ]
        if missing:
            _append(path, "".join(json.dumps(line) + "\n" for line in missing))


def people(paths: Iterable[Path]) -> list[uuid.UUID]:
    """Each person of those files that exist once, in order. Raises OSError, and ValueError for a line that is none."""
    seen: dict[uuid.UUID, None] = {}
    for path in paths:
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                seen[_person(line)] = None
    return list(seen)


def _person(line: str) -> uuid.UUID:
    try:
        return uuid.UUID(json.loads(line)["person"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a line of a journal of erasures: {line[:80]}") from error


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
