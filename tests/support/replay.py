"""Rows that thousands of tests make alike: made by their factories once a process and day, then written again as they were.

Making a person costs some thirty queries, writing eight of them again with all that belongs to them a few. The audit
and whatever else triggers write comes by itself, so only rows that the portal writes are kept.
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

Made = TypeVar("Made")
FILLED_BY_TRIGGERS = {"search"}  # apps


@dataclass(frozen=True)
class _Record:
    rows: bytes  # pickled: model → its rows, in the order in which they can be written
    result: bytes  # pickled, so that no test sees what another did to it


_made: dict[tuple[str, dt.date], _Record] = {}


def made_once(name: str, make: Callable[[], Made]) -> Made:
    """What `make` returns, with the rows it makes in the database; a second time they are written without it.

    `name` stands for everything `make` depends on but the day. It only adds rows, and keeps nothing elsewhere.
    """
    key = (name, timezone.localdate())
    if key not in _made:
        before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _written_models()}
        result = make()
        rows = {
            model: list(model._base_manager.exclude(pk__in=known).order_by("pk")) for model, known in before.items()
        }
        _made[key] = _Record(pickle.dumps({model: new for model, new in rows.items() if new}), pickle.dumps(result))
        return result
    with transaction.atomic():  # apps stand in any order: what rows point to is asked for at the end
        for model, new in pickle.loads(_made[key].rows).items():
            model._base_manager.bulk_create(new)
    return pickle.loads(_made[key].result)


def _written_models() -> list[type[Model]]:
    """All but the audit and what triggers keep, whose rows come with those that cause them."""
    return [model for model in apps.get_models(include_auto_created=True) if _is_written(model)]


def _is_written(model: type[Model]) -> bool:
    meta = model._meta
    filled = meta.app_label in FILLED_BY_TRIGGERS or hasattr(model, "pgh_tracked_model")
    return meta.managed and not meta.proxy and not filled
