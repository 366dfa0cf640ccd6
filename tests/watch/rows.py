"""Plain rows of the watch for tests: the dullest entry of each kind, in whatever state."""

from __future__ import annotations

import itertools
from typing import Any

from sessions_app.models import Cycle
from tests import factories
from watch.enums import OUT, ItemState, Kind, Purpose
from watch.models import WatchItem

_numbers = itertools.count(1)


def item(**options: Any) -> WatchItem:
    """A published publication, unless told otherwise; `state` brings the moments it needs."""
    number = next(_numbers)
    state = options.get("state", ItemState.PUBLISHED)
    kind = options.get("kind", Kind.PUBLICATION)
    given: dict[str, Any] = {
        "kind": kind,
        "title": f"Fiche {number}",
        "slug": f"fiche-{number}",
        "summary": "En une phrase.",
        "source": "Journal officiel",
        "state": state,
        "contributor": None,
        "created_at": factories.moment(-30),
        "changed_at": factories.moment(-20),
        "submitted_at": None if state == ItemState.DRAFT else factories.moment(-20),
        "published_at": factories.moment(-10) if state in OUT else None,
        "expired_at": factories.moment(-5) if state == ItemState.EXPIRED else None,
        "answer": "Déjà dans la veille." if state == ItemState.REFUSED else "",
    }
    if kind == Kind.SCHEME:
        given["purpose"] = Purpose.EMERGENCY
    if kind == Kind.LESSON and not {"session", "cycle", "initiative"} & options.keys():
        given["cycle"] = Cycle.objects.filter(year=2024).first() or factories.CycleFactory(year=2024)
    regions, competences = options.pop("regions", ()), options.pop("competences", ())
    if options.get("contributor") and "organisation" not in options:
        options["organisation"] = options["contributor"].positions.get().organisation
    made = WatchItem(**given | options)
    made.full_clean()
    made.save()
    made.regions.set(regions)
    made.competences.set(competences)
    return made
