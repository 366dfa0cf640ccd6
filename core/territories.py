"""The regions of France as pages name them: rows that only migrations write, hence read once a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from core.models import Region


@cache
def regions() -> Mapping[str, Region]:
    """Every region by its code, metropolitan ones first. Do not change the rows."""
    return MappingProxyType({region.code: region for region in Region.objects.in_code_order()})
