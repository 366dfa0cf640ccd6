"""Merging a double: which facts are kept, what moves, what stands against it; then one transaction and a tombstone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db import locks
from core.lifecycle import merging
from core.lifecycle.merging import Line, Merge
from core.transitions import Refusal, Text
from members.models import Organisation
from members.organisations.services import IDENTITY, PRESENTATION

if TYPE_CHECKING:
    from core.accounts.models import User

MERGE = "members.merge_organisations"
FACTS = (*IDENTITY, *PRESENTATION, "logo")
KEPT, MERGED = "kept", "merged"
ITSELF = _("An organisation is not merged with itself: choose another one.")
GONE = _("One of the two was merged meanwhile: open the page again.")


@dataclass(frozen=True)
class Fact:
    """One thing both say of themselves, as pages show it; `differs` where somebody has to choose."""

    name: str
    label: str
    kept: Any
    merged: Any

    @property
    def differs(self) -> bool:
        return bool(self.kept and self.merged) and self.kept != self.merged


@dataclass(frozen=True)
class Preview:
    facts: list[Fact]
    lines: list[Line]
    obstacles: list[Text]

    @property
    def moving(self) -> list[Line]:
        return [line for line in self.lines if not line.settles]

    @property
    def settled(self) -> list[Line]:
        return [line for line in self.lines if line.settles]


def facts(kept: Organisation, merged: Organisation) -> list[Fact]:
    """Side by side, without what neither has."""
    found = []
    for name in FACTS:
        field = Organisation._meta.get_field(name)
        shown = [_shown(row, field) for row in (kept, merged)]
        if any(shown):
            found.append(Fact(name, field.verbose_name, *shown))
    return found


def _shown(row: Organisation, field: Any) -> Any:
    if field.name == "sdgs":
        return ", ".join(str(goal.label) for goal in row.goals)
    return getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)


def preview(*, kept: Organisation, merged: Organisation, by: User, now: dt.datetime) -> Preview:
    """What `merge` would do; nothing is written."""
    merge_ = Merge(merged, kept, now, by)
    return Preview(facts(kept, merged), merging.preview(merge_), merging.obstacles(merge_))


@transaction.atomic
def merge(
    *, kept: Organisation, merged: Organisation, choices: Mapping[str, str], by: User, now: dt.datetime
) -> Organisation:
    """Moves everything of `merged` to `kept`; what both say differently is taken from the side that `choices` names.

    Raises `PermissionRefused`, `Refusal` with every obstacle, and `ValidationError` of what has come to break a rule.
    """
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # whoever writes anything waits: rights, voices and rows of sessions move
    rights.check_for_writing(by, MERGE)
    if kept.pk == merged.pk:
        raise Refusal(ITSELF)
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    both = {row.pk: row for row in rows.filter(pk__in=(kept.pk, merged.pk))}
    if len(both) != 2:
        raise Refusal(GONE)
    here, double = both[kept.pk], both[merged.pk]
    merge_ = Merge(double, here, now, by)
    if reasons := merging.obstacles(merge_):
        raise Refusal(reasons)
    taken = {
        name: getattr(double, name)
        for name in FACTS
        if (not getattr(here, name) or choices.get(name) == MERGED) and getattr(double, name)
    }
    merging.apply(merge_)
    here.regions.add(*double.regions.all())
    here.competences.add(*double.competences.all())
    double.regions.clear()  # of a tombstone nothing is counted
    double.competences.clear()
    double.merged_into, double.merged_at = here, now
    double.save()
    for name, value in taken.items():
        setattr(here, name, value)
    here.full_clean()
    here.save()
    return here
