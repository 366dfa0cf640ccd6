"""What the parts of the loader share: the day, stable identifiers, and the rows that other parts wrote."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from core.accounts.models import User
from core.partial_dates import PartialDate, parse
from members.models import Organisation
from sessions_app.models import Session

Row = TypeVar("Row", bound=models.Model)
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://portail.example/demonstration")


def identifier(*parts: object) -> uuid.UUID:
    """The same identifier for the same words, on every machine and at every load."""
    return uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts))


def moment(day: dt.date, hour: int = 0, minute: int = 0) -> dt.datetime:
    """`day` at that clock time in the portal's zone (Europe/Paris)."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def partial(text: str) -> PartialDate | None:
    """A partial date as the data files write it: "novembre 2024", "été 2020", "16 novembre 2020"; "" is unknown."""
    return parse(text.replace("\u00a0", " ")) if text else None


@dataclass
class DemoContext:
    """`today` is the day around which sessions 22 and 23 are placed; `now` is its first moment.

    A part finds the rows of earlier parts here whether they were written in this run or long ago.
    """

    today: dt.date
    added: int = field(default=0, init=False)

    @property
    def now(self) -> dt.datetime:
        return moment(self.today)

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """By address (slug)."""
        return {organisation.slug: organisation for organisation in Organisation.objects.all()}

    @cached_property
    def people(self) -> dict[str, User]:
        """By full name, which no two people of the demonstration share."""
        return {user.get_full_name(): user for user in User.objects.all()}

    @cached_property
    def sessions(self) -> dict[int, Session]:
        """By number."""
        return {session.number: session for session in Session.objects.select_related("cycle")}

    def add(self, model: type[Row], key: dict[str, Any], **fields: Any) -> Row:
        """The row of `model` that has the natural `key`; where there is none, a checked and saved new one."""
        found = model._default_manager.filter(**key).first()
        if found is not None:
            return found
        row = model(**key, **fields)
        row.full_clean()
        row.save(force_insert=True)
        self.added += 1
        return row

    def add_all(self, model: type[Row], rows: list[Row]) -> None:
        """Many new rows at once; the database's constraints check them. What bears a known identifier stands."""
        if any(column.name == "public_id" for column in model._meta.fields):
            identifiers = [row.public_id for row in rows]
            standing = model._base_manager.filter(public_id__in=identifiers).values_list("public_id", flat=True)
            known = set(standing)
            rows = [row for row in rows if row.public_id not in known]
        model._default_manager.bulk_create(rows)
        self.added += len(rows)
