"""Which files are to be read: each app names its own in `AppConfig.ready()`.

    registry.register(lambda: Material.objects.current().values("file_id"))

A file that no app names any more loses its text with the next sweep.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from core.files.kinds import DOCUMENTS

Wanted = Callable[[], QuerySet]
READABLE = {kind.content_type: kind.name for kind in DOCUMENTS}  # type → what `program` calls it

_wanted: list[Wanted] = []


def register(wanted: Wanted) -> None:
    """`wanted()` selects keys of `StoredFile`, none of them NULL."""
    if wanted not in _wanted:
        _wanted.append(wanted)


def named_by_some_app() -> Q:
    """A condition on `StoredFile`."""
    condition = Q(pk__in=[])
    for wanted in _wanted:
        condition |= Q(pk__in=wanted())
    return condition
