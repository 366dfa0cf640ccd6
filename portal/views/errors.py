"""Error pages: what happened, in the reader's language, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.accounts.rights import NO_ROLE, PermissionRefused


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason and what would lift it."""
    answer = exception.answer if isinstance(exception, PermissionRefused) else NO_ROLE
    return render(request, "403.html", {"answer": answer}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form had waited too long or was sent from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)
