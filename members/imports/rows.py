"""A row of the table: as the portal holds it, and on its way."""

from __future__ import annotations

from dataclasses import dataclass

from core.accounts.models import User
from core.imports.planning import PlannedRow
from members.models import Membership, Organisation, Position


@dataclass(frozen=True)
class DirectoryRow:
    """What the columns read: an organisation with its newest membership, and one of its positions, if any."""

    organisation: Organisation
    membership: Membership | None = None
    position: Position | None = None
    person: User | None = None


@dataclass
class MemberRow(PlannedRow):
    """`at` and `who` are what the row is about; the others are what is to be saved of it, new or changed.

    `adds` tells whether the row adds something: what it names may have been added by a row before it.
    """

    at: Organisation | None = None
    who: User | None = None
    organisation: Organisation | None = None
    regions: list[str] | None = None  # codes
    competences: list[int] | None = None  # keys
    membership: Membership | None = None
    person: User | None = None
    position: Position | None = None
    adds: bool = False

    @property
    def writes(self) -> bool:
        parts = (self.organisation, self.membership, self.person, self.position, self.regions, self.competences)
        return any(part is not None for part in parts)
