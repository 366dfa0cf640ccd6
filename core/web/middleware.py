"""What every request passes: readable text, copied addresses, language, closed by default, the audit's context, a database that is away, a wrong method."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import pghistory
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import translation

from core.forms.fields import bare_link
from core.logs import without_secrets
from core.space import current_space
from core.web.readable import choose_upload_handler, refuse_address, refuse_body

Handler = Callable[[HttpRequest], HttpResponse]
_LANGUAGES = {code for code, _name in settings.LANGUAGES}
_WITHOUT_DATABASE = {"/health/live"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class LanguageMiddleware:
    """That of the space, which is French at first, unless the cookie says otherwise. The browser's own are not asked."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in _LANGUAGES:
            language = chosen
        else:
            language = _language_of_space(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language_of_space(request: HttpRequest) -> str:
    """Reads the space for the whole request; also while the database is away, and not where it need not be there."""
    if request.path in _WITHOUT_DATABASE:
        return settings.LANGUAGE_CODE
    try:
        request.space = current_space()
    except OperationalError:
        return settings.LANGUAGE_CODE
    return request.space.default_language


class ReadableTextMiddleware:
    """Refuses, before any view, text that can be neither stored nor answered (`core.web.readable`).

    Stands within the language, so that the refusal is read. Other control characters are cleaned by the forms. Is the
    first to look into the body, so it lets the view say before how its files are read (`uploads_read_by`).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = refuse_address(request)
        if refusal is None and request.method == "POST":
            choose_upload_handler(request)
            refusal = refuse_body(request)
        return refusal or self.get_response(request)


class CopiedAddressMiddleware:
    """An address copied out of a sentence or from between brackets, "/sessions/23/).", leads to the page it meant.

    The addresses alone decide, before anybody is asked who reads: what exists, and for whom, is the page's business.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        meant = bare_link(path)
        if meant == path or request.method not in ("GET", "HEAD") or _leads_somewhere(path):
            return self.get_response(request)
        for candidate in (meant, f"{meant}/"):
            if _leads_somewhere(candidate):
                query = request.META.get("QUERY_STRING", "")
                address = quote(get_script_prefix().rstrip("/") + candidate)
                return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return self.get_response(request)


def _leads_somewhere(path: str) -> bool:
    if path.startswith("//"):  # another host, to a browser
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


class ProfileLanguageMiddleware:
    """Without a cookie, a signed-in person's profile decides."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and settings.SESSION_COOKIE_NAME in request.COOKIES:
            user = request.user
            if user.is_authenticated and user.language in _LANGUAGES:
                translation.activate(user.language)
                request.LANGUAGE_CODE = user.language
        return self.get_response(request)


def answers_visitors(view: Callable) -> bool:
    """Whether `view` is marked `login_not_required`; every other address asks to sign in.

    The pages of allauth decide for themselves: they mark all but one, which tells that signing in has failed.
    """
    return not getattr(view, "login_required", True) or view.__module__.startswith("allauth.")


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Closed by default, as Django has it; htmx is sent to the page of signing in, a form back to where it stood."""

    def process_view(self, request: HttpRequest, view_func: Callable, *args: Any) -> HttpResponse | None:
        return None if answers_visitors(view_func) else super().process_view(request, view_func, *args)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        if getattr(request, "htmx", False) or request.headers.get("HX-Request"):
            response = HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            response["HX-Redirect"] = f"{resolve_url(settings.LOGIN_URL)}"
            return response
        return redirect_to_login(_page_behind(request))


def _page_behind(request: HttpRequest) -> str:
    """Where to go after signing in: the page asked for, or the one whose form was sent, since a form cannot be sent anew."""
    if request.method in SAFE_METHODS:
        return request.get_full_path()
    try:
        sent_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    except ValueError:  # "http://[" is what some robots send
        return request.get_full_path()
    if sent_from.netloc != request.get_host():
        return request.get_full_path()
    return urlunsplit(("", "", sent_from.path, sent_from.query, ""))


class WrongMethodMiddleware:
    """A page instead of an empty 405, which browsers fill with an error of their own in their own language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content and request.method != "HEAD":
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page["Allow"] = response["Allow"]
            return page
        return response


class DatabaseDownMiddleware:
    """PostgreSQL away: a page that says so (503) instead of an error, outermost of what needs the database."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: BaseException) -> HttpResponse | None:
        return unavailable(request) if isinstance(exception, OperationalError) else None


def unavailable(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(render_to_string("503.html"), status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "30"
    return response


class AuditContextMiddleware:
    """Names the person and the address in every audit event of a writing request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        user = request.user
        with pghistory.context(
            user=str(user.public_id) if user.is_authenticated else "",
            url=without_secrets(request.path),
            method=request.method,
        ):
            return self.get_response(request)


class PrivatePagesMiddleware:
    """What a signed-in reader gets is kept by nobody, neither a proxy nor the browser of a shared computer.

    An answer that says itself how long it may be kept is left alone: open data, and the files and feeds that a
    browser keeps but asks about each time (`private, no-cache`, answered by 304).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and _comes_with_a_session(request):
            response["Cache-Control"] = "private, no-store"
        return response


def _comes_with_a_session(request: HttpRequest) -> bool:
    """Read from the cookie: whether it still holds is not asked, since the database may be away."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class PermissionsPolicyMiddleware:
    """The portal uses nothing of the device; passkeys are asked for from its own pages alone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class HeadMiddleware:
    """HEAD is answered by whatever answers GET, without its body: so no view says what it thinks of HEAD."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        if response.streaming:
            file = getattr(response, "file_to_stream", None)
            response.streaming_content = []
            if file is not None:
                file.close()  # and not the response: what is done after it, the server does when it has answered
        else:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response
