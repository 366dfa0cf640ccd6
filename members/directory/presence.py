"""Where members act: how many of those that the directory shows act in each region, as a map and as its table."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _, ngettext

from core.charts import region_map
from core.charts.outlines import ATTRIBUTION
from core.charts.region_map import CLASSES, RegionMap
from core.filters import FilterSet
from core.models import Region
from core.territories import regions
from members.models import Organisation

WORD = "region"  # of the directory's filter


@dataclass(frozen=True)
class RegionRow:
    name: str
    number: int
    url: str


@dataclass(frozen=True)
class Presence:
    """A member counts in every region it names; those that name none are told apart."""

    map: RegionMap
    rows: list[RegionRow]
    without: int
    classes: tuple[tuple[int, str], ...] = CLASSES
    attribution: str = ATTRIBUTION


def of(filterset: FilterSet) -> Presence:
    """In two queries, whatever is shown."""
    shown = filterset.qs.order_by()
    ties = Organisation.regions.through.objects.filter(organisation__in=shown.values("pk"))
    counts = dict(ties.values_list("region").annotate(number=Count("pk")).order_by("region"))
    everywhere = list(regions().values())

    def url(code: str) -> str:
        return filterset.address(**{WORD: code, "vue": []})

    return Presence(
        map=region_map.draw(everywhere, counts, name=lambda region: _sentence(region, counts), url=url),
        rows=[RegionRow(region.name, counts.get(region.code, 0), url(region.code)) for region in everywhere],
        without=shown.filter(regions=None).count(),
    )


def _sentence(region: Region, counts: dict[str, int]) -> str:
    if not (number := counts.get(region.code, 0)):
        return _("%(region)s: no member") % {"region": region.name}
    text = ngettext("%(region)s: %(number)s member", "%(region)s: %(number)s members", number)
    return text % {"region": region.name, "number": number}
