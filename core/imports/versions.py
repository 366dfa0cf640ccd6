"""A row as it stood when it was exported, from the audit trail: what tells a cell somebody changed from one left alone.

Three ways are compared: the version the file was made from, the portal now, the file. Only a cell that was changed
on both sides is a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from core.imports.columns import in_words
from core.imports.enums import Outcome
from core.imports.planning import PlannedRow, Reader


def exported_rows(
    model: type[models.Model], versions: Mapping[int, int], *, relations: tuple[str, ...] = ()
) -> dict[int, Any]:
    """Key → the event that holds the row at the version named in `versions`; what was never so is left out."""
    if not versions:
        return {}
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    wanted = Q(pgh_obj_id__in=versions) & Q(version__in=set(versions.values()))
    rows = events.objects.filter(wanted).select_related(*relations).order_by("pgh_id")
    return {row.pgh_obj_id: row for row in rows if row.version == versions[row.pgh_obj_id]}  # the last of a version


def asked_version(text: str) -> int | None:
    """The version of a row's cell, where it can be one."""
    return int(text) if text.strip().isdecimal() and len(text.strip()) <= 9 else None


def conflicts(planned: PlannedRow, values: Mapping[str, Any], stored: Any, exported: Any, reader: Reader) -> None:
    """Tells each cell that was changed in the file and, since the export, on the portal as well."""
    found = []
    for name in values:
        column = reader.columns[name]
        if column.means(column.value(exported), stored):
            continue
        text = _(
            "changed on both sides since your export: there “%(then)s”, on the portal now “%(now)s”. To keep the"
            " portal’s value empty this cell; to keep yours write %(version)s in the column of the version."
        )
        shown = {
            "then": in_words(column, column.value(exported)) or "–",
            "now": in_words(column, column.value(stored)) or "–",
        }
        found.append(reader.problem(name, text % {**shown, "version": stored.version}))
    if found:
        planned.problems += found
        planned.outcome = Outcome.CONFLICT


def unknown_version(planned: PlannedRow, stored: Any, then: int, reader: Reader) -> None:
    """The file names a version that the row never had, so nobody can say what its cells were."""
    planned.outcome = Outcome.CONFLICT
    text = _(
        "This row never had the version %(then)s (it has %(now)s now). To keep your values write %(now)s in this column;"
        " to keep those of the portal take the row out."
    )
    planned.problems.append(reader.problem("version", text % {"now": stored.version, "then": then}))


def once_held(model: type[models.Model], keys: set[int], fields: tuple[str, ...]) -> dict[int, dict[str, set[Any]]]:
    """Key → field → every value the row ever had there, so that an old value is known as one."""
    if not keys:
        return {}
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    found: dict[int, dict[str, set[Any]]] = {}
    for key, *held in events.objects.filter(pgh_obj_id__in=keys).values_list("pgh_obj_id", *fields):
        for name, value in zip(fields, held, strict=True):
            found.setdefault(key, {}).setdefault(name, set()).add(value)
    return found
