"""What templates draw of a list's filters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One line of a facet: `value` as written in the address, `count` None where nothing was counted."""

    value: str
    label: str
    count: int | None
    checked: bool

    @property
    def disabled(self) -> bool:
        return self.count == 0 and not self.checked


@dataclass(frozen=True)
class FacetView:
    name: str
    label: str
    options: list[Option]
    errors: list[str]

    @property
    def active(self) -> int:
        return sum(option.checked for option in self.options)


@dataclass(frozen=True)
class Chip:
    """An active filter and the address that takes it away."""

    label: str
    remove: str


@dataclass(frozen=True)
class SortView:
    value: str
    label: str
    checked: bool
    address: str
