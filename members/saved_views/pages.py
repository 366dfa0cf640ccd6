"""The lists whose filter can be kept under a name: each app registers its own in `AppConfig.ready()`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.filters import FilterSet


@dataclass(frozen=True)
class FilteredPage:
    """`filterset` is the list's filter over what a person may see now, given an address without its question mark.

    `news` says what came to the rows found after a moment, for a person: rows with `public_id`, `title` and an
    address, oldest first, nothing of what he or she did oneself; who no longer holds `permission` is told nothing.
    Without `news` the list has no alert.
    """

    key: str  # stands in addresses and rows, and stays
    label: str | Promise
    address: str  # the name of its address
    filterset: Callable[[str, Any], FilterSet]
    permission: str = ""
    news: Callable[[QuerySet, Any, dt.datetime], QuerySet] | None = None


_pages: dict[str, FilteredPage] = {}


def register(page: FilteredPage) -> None:
    """Called from `AppConfig.ready()`."""
    _pages[page.key] = page


def known(key: str) -> FilteredPage | None:
    return _pages.get(key)


def registered() -> list[str]:
    return list(_pages)
