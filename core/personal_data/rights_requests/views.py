"""The page on which anybody exercises a right, the link that confirms it, and the pages on which it is answered."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from http import HTTPStatus

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.personal_data.models import Right, RightsRequest
from core.personal_data.rights_requests import querysets, services
from core.personal_data.rights_requests.forms import AnswerForm, AskForm
from core.personal_data.rights_requests.page import clock
from core.personal_data.rights_requests.services import MAY
from core.web import one_time_keys
from core.web.form_pages import form_page, written
from core.web.pagination import paginate

LIMITS = {"rights-request": "5/h/ip,20/d/ip"}  # of one network address, as allauth writes its limits
PATH = "personal_data/requests"


@login_not_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The answer is the same for a known address and an unknown one; sent twice it arrives once."""
    now = timezone.now()
    reader = request.user
    known = {"name": reader.get_full_name(), "email": reader.email} if reader.is_authenticated else None
    form = AskForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_bound and form.is_valid():
        if not ratelimit.consume(request, app="personal_data", action="rights-request", config=LIMITS):
            return respond_429(request)
        if _is_kept(request, form, now):
            messages.success(
                request, _("A mail with a link is on its way: your request counts once you confirm it there.")
            )
            return redirect("personal_data:request")
    return form_page(request, f"{PATH}/ask.html", {"form": form}, form)


def _is_kept(request: HttpRequest, form: AskForm, now: dt.datetime) -> bool:
    """False where the service refused, with its sentence on the form."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    ask = partial(services.ask, language=language, now=now, **form.cleaned_data)
    return written(form, lambda: one_time_keys.carry_out(request, ask, now=now)) is not None


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, since scanners of mail follow links; the button confirms."""
    now = timezone.now()
    found = services.by_token(token, now=now)
    if found is None:
        return render(request, f"{PATH}/ended.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        found = services.confirm(request=found, now=now)
    return render(request, f"{PATH}/confirm.html", {"found": found})


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits first, the longest first, with its clock; then what was answered, the latest first."""
    rights.check(request.user, MAY)
    now = timezone.now()
    rows = querysets.answered()
    context = {
        "here": "personal-data",
        "waiting": [clock(row, now) for row in querysets.waiting()],
        "page": paginate(request, rows, count=rows.count()),
    }
    return render(request, f"{PATH}/list.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The request, what the law gives, and the form of the answer; once answered, the answer."""
    rights.check(request.user, MAY)
    now = timezone.now()
    confirmed = RightsRequest.objects.filter(confirmed_at__isnull=False).select_related("answered_by", "person")
    found = get_object_or_404(confirmed, public_id=public_id)
    form = None if found.answer else AnswerForm(request.POST if request.method == "POST" else None)
    if form is None and request.method == "POST":
        messages.info(request, str(services.ANSWERED))
        return redirect("personal_data:requests")
    if form is not None and form.is_bound and form.is_valid():
        try:
            services.answer(request=found, by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The answer is on its way."))
            return redirect("personal_data:requests")
    context = {
        "here": "personal-data",
        "found": found,
        "clock": clock(found, now),
        "known": services.known_person(found),
        "asks_erasure": found.right == Right.ERASURE,
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.is_bound else HTTPStatus.OK
    return render(request, f"{PATH}/answer.html", context, status=status)
