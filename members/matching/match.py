"""The rule of matching, and the words for its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _, ngettext

from members.enums import Level
from members.models import Competence, Organisation

MOST = 12  # organisations told


@dataclass(frozen=True)
class Match:
    """An organisation that fits, and why, in the words of a page."""

    organisation: Organisation
    reasons: list[str]
    rank: tuple[int, int, int, int]  # smaller is better


def match(
    *,
    competences: Collection[Competence],
    regions: Collection[str],
    sdgs: Collection[int],
    day: dt.date,
    without: Collection[int] = (),
    most: int = MOST,
) -> list[Match]:
    """Members on `day` that fit, the best first; in a bounded number of queries.

    One fits that has at least one of `competences` and acts in one of `regions` (codes), as far as each is asked; who
    acts in the whole country and names no region acts in each. The number of competences ranks first, then that of
    regions named, then that of goals in common, which lets in nobody unless nothing else is asked. `without` are keys
    of organisations that are left out: who asks needs no telling.
    """
    if not (competences or regions or sdgs):
        return []
    found = Organisation.objects.members_on(day).exclude(pk__in=without)
    if competences:
        found = found.filter(pk__in=Organisation.objects.filter(competences__in=competences).values("pk"))
    if regions:
        named = Organisation.objects.filter(regions__in=regions).values("pk")
        naming_any = Organisation.regions.through.objects.values("organisation")
        found = found.filter(Q(pk__in=named) | Q(level=Level.NATIONAL) & ~Q(pk__in=naming_any))
    if not (competences or regions):
        found = found.filter(sdgs__overlap=list(sdgs))
    rows = found.prefetch_related("competences", "regions").order_by("name", "pk")
    asked = {competence.pk for competence in competences}
    made = [_match(row, asked, set(regions), set(sdgs)) for row in rows]
    return sorted(made, key=lambda one: one.rank)[:most]  # the order by name settles ties


def _match(row: Organisation, competences: set[int], regions: set[str], sdgs: set[int]) -> Match:
    has = [one.name for one in row.competences.all() if one.pk in competences]
    acts_in = [region.name for region in row.regions.all() if region.code in regions]
    goals = sorted(sdgs.intersection(row.sdgs))
    reasons = []
    if has:
        text = ngettext("competence %(names)s", "competences %(names)s", len(has))
        reasons.append(text % {"names": ", ".join(has)})
    if acts_in:
        text = ngettext("region %(names)s", "regions %(names)s", len(acts_in))
        reasons.append(text % {"names": ", ".join(acts_in)})
    elif regions:
        reasons.append(_("acts in the whole country"))
    if goals:
        text = ngettext("SDG %(numbers)s", "SDGs %(numbers)s", len(goals))
        reasons.append(text % {"numbers": ", ".join(map(str, goals))})
    return Match(row, reasons, (-len(has), -len(acts_in), -len(goals), 0 if row.runs_scheme else 1))
