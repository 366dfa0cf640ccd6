"""The import of this app: organisations and their people, for the whole space."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.accounts import rights
from core.db import locks
from core.imports import registry
from core.imports.models import Import
from core.imports.reading import Table
from core.models import Space
from core.space import current_space
from members.imports.columns import SHAPE
from members.imports.planner import Planner
from members.imports.rows import MemberRow
from members.imports.writing import write
from members.models import Competence, Membership, Organisation, Position
from members.organisations.services import MANAGE as MANAGE_ORGANISATIONS
from members.people.services import MANAGE as MANAGE_PEOPLE

NAME = "members.directory"


class DirectoryImport(registry.ImportKind):
    name, shape = NAME, SHAPE
    label = pgettext_lazy("contents of a table", "organisations and people")
    pages, written_name = "members:import", "members:directory"

    def subject(self, subject_id: int) -> Space:
        return current_space()

    def may(self, by: Any, subject: Space) -> None:
        rights.check_for_writing(by, MANAGE_ORGANISATIONS)
        rights.check_for_writing(by, MANAGE_PEOPLE)

    def planner(self, table: Table, subject: Space) -> Planner:
        return Planner(table, timezone.now())

    def lock(self, subject: Space, references: Iterable[str]) -> None:
        """Holds rights alone, as every writing of a membership or position does: rights follow from them.

        Whoever writes anything waits for it, so that it is held for the writing alone (`stamp`).
        """
        locks.hold_exclusive(rights.RIGHTS_LOCK)

    def stamp(self) -> tuple[Any, ...]:
        """The audit trail grows with every change of an organisation, a membership, a position or a competence; of rows
        without a trail, their number and sum. A person of the same address is refused by the database."""
        trails = [
            apps.get_model(model._meta.app_label, f"{model.__name__}Event")
            for model in (Organisation, Membership, Position, Competence)
        ]
        ties = (Organisation.regions.through, Organisation.competences.through)
        return (
            *(trail.objects.count() for trail in trails),
            *(tuple(tie.objects.aggregate(Count("pk"), Sum("pk")).values()) for tie in ties),
        )

    def write(self, rows: Sequence[MemberRow], now: dt.datetime) -> None:
        write(rows, now=now)

    def ways_on(self, run: Import) -> list[tuple[str | Promise, str]]:
        return [
            (_("Invite those who were imported"), f"{reverse('members:invite-chosen')}?table={run.public_id}"),
            (_("Members"), reverse("members:directory")),
            (_("People"), reverse("members:people")),
        ]


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    registry.register(DirectoryImport())
