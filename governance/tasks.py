"""What the clock does by itself: it tells of handovers that took effect, turns consultations, warns of terms.

Rights never wait for these tasks: a mandate runs from its moment on, a consultation takes no voice after its end.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from core.db import audit
from core.db.periods import today
from governance.consultations import clock, services
from governance.handovers import completion
from governance.models import GovernanceRules, Mandate
from governance.notifications import acting_people, notify_of_term

logger = logging.getLogger(__name__)


@shared_task
def run_due(**kwargs: Any) -> None:
    """Every minute. Each part does its work once, however often it runs."""
    now = timezone.now()
    with audit.context(job="governance.tasks.run_due"):
        settled = completion.settle(now=now)
        opened, closed = clock.turn(now=now)
        reminded = services.remind_before_closing(now=now)
        warned = warn_of_terms(now=now)
    done = {
        "handovers in effect": len(settled),
        "consultations opened": opened,
        "consultations closed": closed,
        "organisations reminded": reminded,
        "terms warned of": warned,
    }
    if any(done.values()):
        logger.info("The clock: %s", done)


@transaction.atomic
def warn_of_terms(*, now: dt.datetime) -> int:
    """Warns the animators, once, that the agreed term of their mandate is near; 1 where it did."""
    running = Mandate.objects.running(now)
    if running is None or running.term_ends_on is None or running.term_warned_at is not None:
        return 0
    ahead = dt.timedelta(days=GovernanceRules.current().term_warning_days)
    if today(now) < running.term_ends_on - ahead:
        return 0
    mandate = Mandate.objects.select_for_update().get(pk=running.pk)
    if mandate.term_warned_at is not None:  # another worker came first
        return 0
    mandate.term_warned_at = now
    mandate.save(update_fields=["term_warned_at"])
    notify_of_term(mandate, acting_people([running.organisation], now), now=now)
    return 1
