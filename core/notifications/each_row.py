"""A loop of the clock over many rows: one that cannot be read or handled holds up no other, and the administrators hear.

For beat tasks. A database that is away still ends the whole run, since every other row would fail as well.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.notifications import kinds, services
from core.notifications.models import Notification

logger = logging.getLogger(__name__)
T = TypeVar("T")

KIND = "notifications.row_failed"
TOLD_AGAIN_AFTER = dt.timedelta(days=1)  # a row that fails every minute is told once a day
FAULTS_OF_A_ROW = (
    *(DataError, IntegrityError, ValidationError, ObjectDoesNotExist),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)


def each_row(model: type[Model], keys: Iterable[int], act: Callable[[int], T], *, now: dt.datetime) -> list[T]:
    """What `act` gave for each of `keys` of `model`, each in a transaction of its own, without those that failed.

    `act` reads the row itself: where many are fetched at once, one that cannot be read takes the others with it.
    """
    done = []
    for key in list(keys):
        try:
            with transaction.atomic():
                done.append(act(key))
        except FAULTS_OF_A_ROW:
            logger.exception("%s %s could not be handled; the others go on.", model._meta.label, key)
            _tell(model._meta.label, key, now)
    return done


def _tell(label: str, key: int, now: dt.datetime) -> None:
    told = Notification.objects.filter(kind=KIND, values__model=label, values__key=key)
    if not told.filter(created_at__gt=now - TOLD_AGAIN_AFTER).exists():
        people = User.objects.filter(is_staff=True, is_active=True)
        services.notify(kind=KIND, users=people, values={"model": label, "key": key}, now=now)


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "what": str(apps.get_model(values["model"])._meta.verbose_name)}


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    kinds.register(
        kinds.Kind(
            KIND,
            label=_("An entry holds up the clock"),
            text=_("The portal could not do what is due for one entry (%(what)s, number %(key)s): see the log."),
            address=lambda values: reverse("notifications:list"),
            always=True,
            prepare=_in_words,
        )
    )
