"""True progress of a commitment: counted from the records, never from the words of the commitment.

A territory is covered where at least one initiative of the programme is funded or further (`BACKED_STAGES`);
where the commitment names partners, where one of them has agreed a funding to such an initiative. Initiatives
of the whole country cover no territory. Source of the counting rule: docs/funding.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from core.charts import region_map
from core.charts.region_map import RegionMap
from core.models import Region
from funding.enums import BACKED_STAGES, CommitmentUnit
from funding.figures import compute
from funding.figures.cached import cached
from funding.models import Commitment, FundingLineFact, Programme
from funding.querysets import InitiativeQuerySet
from funding.visibility import Visibility


@dataclass(frozen=True)
class Part:
    """A count against its target; `target` is None where no number was given."""

    reached: int | Decimal
    target: int | Decimal | None
    overseas: bool = False

    @property
    def shown(self) -> int | Decimal:
        """For a progress bar, which does not go beyond its end."""
        return min(self.reached, self.target) if self.target is not None else self.reached


@dataclass(frozen=True)
class Progress:
    commitment: Commitment
    parts: list[Part]
    covered: list[Region]  # for territories, in code order
    missing: list[Region]  # only where the commitment names its territories


def backed(programme: Programme) -> InitiativeQuerySet:
    return programme.initiatives.filter(draft_of=None, stage__in=BACKED_STAGES)


def progress_of(programme: Programme, visibility: Visibility, regions: Sequence[Region]) -> list[Progress]:
    """For each commitment of `programme` (read by `for_page`); `regions` are all regions in code order."""
    return [_progress(commitment, programme, visibility, regions) for commitment in programme.commitments.all()]


def _progress(
    commitment: Commitment, programme: Programme, visibility: Visibility, regions: Sequence[Region]
) -> Progress:
    partners = [partner.pk for partner in commitment.partners.all()]
    initiatives = backed(programme)
    lines = FundingLineFact.objects.of(programme.initiatives.filter(draft_of=None))
    if partners:
        here = FundingLineFact.objects.filter(initiative=OuterRef("pk"), funder__in=partners)
        initiatives = initiatives.filter(Exists(here))
        lines = lines.filter(funder__in=partners)
    if commitment.unit == CommitmentUnit.TERRITORIES:
        return _territories(commitment, initiatives, regions)
    if commitment.unit == CommitmentUnit.INITIATIVES:
        part = Part(initiatives.count(), commitment.target)
    elif commitment.unit == CommitmentUnit.LINES:
        part = Part(cached("count", lines, compute=lines.count), commitment.target)
    else:
        told = lines.filter(visibility.amounts())
        part = Part(compute.compute(told, ["agreed"])["agreed"], commitment.amount)
    return Progress(commitment, [part], [], [])


def _territories(commitment: Commitment, initiatives: InitiativeQuerySet, regions: Sequence[Region]) -> Progress:
    reached = set(compute.count_touching(initiatives))
    named = set(commitment.regions)
    scope = [region for region in regions if not named or region.code in named]
    covered = [region for region in scope if region.code in reached]
    missing = [region for region in scope if region.code not in reached] if named else []
    if commitment.target_overseas is None:
        return Progress(commitment, [Part(len(covered), commitment.target)], covered, missing)
    overseas = sum(region.is_overseas for region in covered)
    parts = [
        Part(len(covered) - overseas, commitment.target),
        Part(overseas, commitment.target_overseas, overseas=True),
    ]
    return Progress(commitment, parts, covered, missing)


def map_of(progress: Progress, programme: Programme, regions: Sequence[Region]) -> RegionMap | None:
    """The regions a territorial commitment has reached, and in its scope those it has not; None for other counts."""
    if progress.commitment.unit != CommitmentUnit.TERRITORIES:
        return None
    reached = {region.code for region in progress.covered}
    listing = reverse("funding:initiatives")

    def name(region: Region) -> str:
        if region.code in reached:
            return _("%(region)s: reached") % {"region": region.name}
        return _("%(region)s: not reached") % {"region": region.name}

    return region_map.draw(
        regions,
        dict.fromkeys(reached, 1),
        name=name,
        url=lambda code: f"{listing}?programme={programme.slug}&region={code}",
        css=lambda number: "m4" if number else "white",
    )
