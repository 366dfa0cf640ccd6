"""Error pages: what happened, in the reader's language, and what to do next."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from core import logs
from core.accounts.rights import NO_ROLE, PermissionRefused
from core.web.middleware import unavailable
from governance.rescued_forms import rescue

MINUTES_LOCKED = 5  # of a password after too many wrong ones: `login_failed` in ACCOUNT_RATE_LIMITS


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason and what would lift it, 410 where it was open before; what a former animator was writing is kept."""
    answer = exception.answer if isinstance(exception, PermissionRefused) else NO_ROLE
    rescued = rescue.rescue(request, answer, now=timezone.now())
    status = HTTPStatus.GONE if answer.gone else HTTPStatus.FORBIDDEN
    return render(request, "403.html", {"answer": answer, "rescued": rescued}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form had waited too long or was sent from elsewhere."""
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 where more was sent than the portal takes, 400 for the rest. Nothing forbids the browser to go back to the form."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse(render_to_string("413.html"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)


def too_many(request: HttpRequest, *, sign_in: bool = True) -> HttpResponse:
    """429; of the limits on sign-in: the password is locked for some minutes, a code by mail still works."""
    context = {"wait": MINUTES_LOCKED, "code_works": sign_in and not request.user.is_authenticated}
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(MINUTES_LOCKED * 60)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database was away before the view was reached. Needs nothing that may be broken."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    context = {"number": logs.request_number.get()}
    return HttpResponse(render_to_string("500.html", context), status=HTTPStatus.INTERNAL_SERVER_ERROR)
