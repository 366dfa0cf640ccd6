"""The data: the demonstration's sessions, then copies of them with everything that hangs on each.

Copied by SQL as the owner with the triggers asleep, so that 20,000 sessions take a minute. Every copy is a
whole session: agenda, texts, published version, attendance, decisions, actions, materials.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, models, transaction

from sessions_app.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Attendee,
    Decision,
    Material,
    Minutes,
    MinutesEntry,
    MinutesVersion,
    Session,
    Speaker,
    VersionStanding,
)

COPIED = [
    Session, AgendaItem, Speaker, Minutes, MinutesEntry, MinutesVersion, VersionStanding, Attendance, Attendee, Decision, ActionItem,
    Material,
]  # fmt: skip
STRIDE = 1_000_000  # between the keys of one copy and the next


def load() -> int:
    """The demonstration's data; returns how many sessions it holds."""
    call_command("load_demo", verbosity=0)
    return Session.objects.count()


def grow(wanted: int) -> int:
    """Copies the demonstration's published sessions until there are at least `wanted`; returns how many there are."""
    originals = Session.objects.filter(pk__lt=STRIDE, versions__isnull=False).values("pk").distinct().count()
    highest = Session.objects.filter(pk__lt=STRIDE).aggregate(number=models.Max("number"))["number"]
    there = Session.objects.count()
    copies = (Session.objects.aggregate(key=models.Max("pk"))["key"] or 0) // STRIDE
    while there < wanted:
        copies += 1
        with transaction.atomic(), _triggers_asleep():
            for model in COPIED:
                _copy(model, copy=copies, numbers=highest)
        there += originals
    with connection.cursor() as cursor:
        for model in COPIED:
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return there


def _copy(model: type[models.Model], *, copy: int, numbers: int) -> None:
    """One more copy of the rows of `model` that belong to the originals, keys moved by `copy` strides."""
    shift = copy * STRIDE
    columns, values = [], []
    for field in model._meta.concrete_fields:
        column = f'"{field.column}"'
        columns.append(column)
        if field.primary_key or (field.is_relation and field.related_model in COPIED):
            values.append(f"{column} + {shift}")
        elif isinstance(field, models.UUIDField):
            values.append("gen_random_uuid()")
        elif model is Session and field.name == "number":
            values.append(f"{column} + {copy * numbers}")
        elif field.name == "content_sha256":
            values.append(f"encode(sha256(({column} || '{copy}')::bytea), 'hex')")
        else:
            values.append(column)
    table = model._meta.db_table
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {_mine(model)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _mine(model: type[models.Model]) -> str:
    """The originals, recognised by their low keys; only sessions whose minutes are published."""
    published = f"SELECT session_id FROM {MinutesVersion._meta.db_table} WHERE id < {STRIDE}"
    if model is Session:
        return f"id < {STRIDE} AND id IN ({published})"
    if any(field.name == "session" for field in model._meta.concrete_fields):
        return f"id < {STRIDE} AND session_id IN ({published})"
    parent = next(field for field in model._meta.concrete_fields if field.is_relation and field.related_model in COPIED)
    table = parent.related_model._meta.db_table
    return f"id < {STRIDE} AND {parent.column} IN (SELECT id FROM {table} WHERE {_mine(parent.related_model)})"


@contextmanager
def _triggers_asleep() -> Iterator[None]:
    """The audit would write an event for every copied row; the data are thrown away afterwards."""
    with connection.cursor() as cursor:
        for model in COPIED:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in COPIED:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
