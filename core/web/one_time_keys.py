"""A form that adds something bears a one-time key: sent twice, also at the same moment, it is carried out once.

The key is written by `{% one_time_key %}`, which `components/form.html` does for each form of `core.forms.base.AddsOnce`.
The middleware holds the key while the view runs, in the same transaction: whoever sends it a second time waits for the
first to end, and is led where that one was led. What the view refuses gives the key back. A known key with another
content was written on a page gone back to: that is neither done in silence nor lost, the person is asked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import SentForm

FIELD = "one_time_key"
KEPT = 30  # days, unless the space chose others: a page left open longer is sent as if it were new
_NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}


def new_key() -> str:
    return uuid.uuid4().hex


class OneTimeKeyMiddleware:
    """Innermost but for the second try of `core.web.collisions`, which belongs into the same transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(FIELD) or not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic():
            sent, is_new = SentForm.objects.get_or_create(
                digest=_digest(request.POST[FIELD], str(request.user.pk), request.get_full_path()),
                defaults={"content": _content(request), "sent_at": timezone.now()},
            )
            if not is_new:
                return _again(request, sent)
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
            elif _was_carried_out(request, response):
                sent.location = response.headers.get("Location", "")
                sent.save(update_fields=["location"])
            else:
                sent.delete()  # and not rolled back: a refusal may keep a text that would be lost
        return response


@transaction.atomic
def carry_out(request: HttpRequest, write: Callable[[], object], *, now: dt.datetime) -> bool:
    """For a form that visitors send: calls `write` unless the same was sent before; whether it did.

    Key and rows are one transaction: what `write` refuses or cannot do gives the key back. Other words under the same
    key, on a page gone back to, are another sending: a visitor has no page on which to be asked.
    """
    is_new = _is_new(request, now)
    if is_new:
        write()
    return is_new


def _is_new(request: HttpRequest, now: dt.datetime) -> bool:
    if request.user.is_authenticated or not request.POST.get(FIELD):
        return True  # of members the middleware asked it
    content = _content(request)
    digest = _digest(request.POST[FIELD], "", request.path, content)
    return SentForm.objects.get_or_create(digest=digest, defaults={"content": content, "sent_at": now})[1]


def forget_old(*, before: dt.datetime) -> int:
    """Removes the keys that nobody sends any more; how many."""
    return SentForm.objects.filter(sent_at__lt=before).delete()[0]


def _was_carried_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Views answer what they carried out with a redirect, or a fragment; what they refuse with a page or a status."""
    if location := response.headers.get("Location"):
        return not location.startswith(resolve_url("account_login"))
    return bool(request.headers.get("HX-Request")) and response.status_code < HTTPStatus.MULTIPLE_CHOICES


def _again(request: HttpRequest, sent: SentForm) -> HttpResponse:
    is_same = sent.content == _content(request)
    if request.headers.get("HX-Request"):  # a part of a page that holds more: it is told there, and gets its next key
        context = {"is_same": is_same, "former_key": request.POST[FIELD], "key": new_key()}
        status = HTTPStatus.OK if is_same else HTTPStatus.CONFLICT
        response = render(request, "_sent_already.html", context, status=status)
        response["HX-Reswap"] = "afterbegin"
        if is_same:
            response["HX-Trigger"] = "sent-already"
        return response
    if not is_same:
        return _ask(request, sent)
    messages.info(request, _("This form had already been sent: nothing was added a second time."))
    return redirect(sent.location or request.get_full_path())


def _ask(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """The same page sent again with other words: shows what it made, and offers to add this, too."""
    written = [(name, text) for name, texts in request.POST.lists() if name not in _NOT_CONTENT for text in texts]
    context = {"location": sent.location, "written": written, "holds_files": bool(request.FILES)}
    return render(request, "sent_already.html", context, status=HTTPStatus.CONFLICT)


def _content(request: HttpRequest) -> str:
    fields = sorted((name, texts) for name, texts in request.POST.lists() if name not in _NOT_CONTENT)
    files = sorted((name, [(file.name, file.size) for file in sent]) for name, sent in request.FILES.lists())
    return _digest(repr(fields), repr(files))


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()
