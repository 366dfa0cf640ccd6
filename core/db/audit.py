"""The audit trail's vocabulary: which models are tracked, and in whose name a change is made.

Rows are written by database triggers (django-pghistory), so raw SQL is captured too. The context (who, which
request or job) must be opened outside `atomic`, because it lives to the end of the transaction.
"""

from __future__ import annotations

import pghistory
from django.db import models


def track(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: every insert, update and delete of `model` becomes an event with all fields as they then stood."""
    trackers = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())  # each model its own
    return pghistory.track(*trackers)(model)


context = pghistory.context
