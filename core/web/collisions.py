"""Two people write at the same moment: the one who came second is asked again, and then hears what the check says.

A check ("is this number taken?") and the write after it leave a moment between them. Whoever writes in that moment meets
the unique constraint, or waits in a circle and is let go by PostgreSQL. Services are atomic, so nothing of that try
stays: the view is simply called once more, and its own checks now see what the other one wrote.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from core.web.middleware import SAFE_METHODS

logger = logging.getLogger(__name__)

UNIQUE_VIOLATION, EXCLUSION_VIOLATION = "23505", "23P01"
DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"
COLLISIONS = {UNIQUE_VIOLATION, EXCLUSION_VIOLATION, DEADLOCK, SERIALIZATION_FAILURE}


def is_collision(error: BaseException) -> bool:
    """Also of a check inside the service that passed in the form a moment before."""
    if isinstance(error, DatabaseError):
        return getattr(error.__cause__, "sqlstate", None) in COLLISIONS
    return isinstance(error, ValidationError)


class CollisionMiddleware:
    """Calls a writing view a second time, once, where its first try collided with another one's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: BaseException) -> HttpResponse | None:
        if request.method in SAFE_METHODS or not is_collision(exception) or not _rewind(request):
            return None
        logger.info("Asked again after a collision: %s", type(exception).__name__)
        found = request.resolver_match
        return found.func(request, *found.args, **found.kwargs)


def _rewind(request: HttpRequest) -> bool:
    """Files back to their beginning; False where the first try moved one away, as storages do with large ones."""
    for file in (file for _name, files in request.FILES.lists() for file in files):
        if file.closed:
            return False
        file.seek(0)
    return True
