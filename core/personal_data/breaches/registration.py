"""What breaches add to the portal: a task with its hours for administrators, what is held of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from core import waiting
from core.accounts import rights
from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from core.personal_data.breaches import services
from core.personal_data.models import Breach
from core.personal_data.models.breach import WITHIN


def to_notify(user: Any, now: dt.datetime) -> Iterator[waiting.Pile]:
    if rights.allows(user, services.MAY):
        yield waiting.Pile(((services.waiting(), "discovered_at"),), _task)


def _task(moments: list[dt.datetime]) -> waiting.Task:
    number = len(moments)
    return waiting.Task(
        title=ngettext("%(count)d personal data breach to notify", "%(count)d personal data breaches to notify", number)
        % {"count": number},
        note=_("The law gives 72 hours to notify the CNIL; a high risk is told to the people, too."),
        url=reverse("personal_data:breaches"),
        action=pgettext("breach", "See"),
        icon="warning",
        due=moments[0] + WITHIN,
    )


BREACHES = Holding(
    key="breaches",
    what=gettext_lazy("Personal data breaches: what happened, whom it concerned, who was told"),
    whose=gettext_lazy("Whoever is concerned, by category and number, without names"),
    why=gettext_lazy("To keep the register that the law asks for (RGPD, article 33.5)."),
    basis=retention.DUTY,
    readers=gettext_lazy("Administrators; the CNIL on demand."),
    until=retention.AS_THE_REGISTER,
    order=86,
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    waiting.register(to_notify)
    retention.register(BREACHES)
    erasure.keep(
        "personal_data.Breach.recorded_by", ground=gettext_lazy("The register has to be shown; the name goes.")
    )
    export.register(Breach, by=("recorded_by",))
