"""Template context of every page that belongs to no app: the space itself."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.space import current_space


def space(request: HttpRequest) -> dict[str, object]:
    return {"space": SimpleLazyObject(lambda: getattr(request, "space", None) or current_space())}
