"""The page on which visitors ask for access, and those on which they are answered."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.web import one_time_keys
from core.web.form_pages import form_page, written
from core.web.pagination import paginate
from members.access_requests import services
from members.access_requests.forms import AcceptForm, AskForm, RefuseForm
from members.models import AccessRequest, RequestState
from members.people.services import MANAGE, known_as

LIMITS = {"access-request": "5/h/ip,20/d/ip"}  # of one network address, as allauth writes its limits


@login_not_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The answer is the same for a known address and an unknown one; sent twice it arrives once."""
    now = timezone.now()
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not ratelimit.consume(request, app="members", action="access-request", config=LIMITS):
            return respond_429(request)
        if _is_kept(request, form, now):
            messages.success(request, _("Your request is on its way. The answer comes by e-mail."))
            return redirect("members:access-request")
    return form_page(request, "members/access_requests/ask.html", {"form": form}, form)


def _is_kept(request: HttpRequest, form: AskForm, now: dt.datetime) -> bool:
    """False where the service refused, with its sentence on the form."""
    language = "en" if (get_language() or "fr").startswith("en") else "fr"
    ask = partial(services.ask, language=language, now=now, **form.cleaned_data)
    return written(form, lambda: one_time_keys.carry_out(request, ask, now=now)) is not None


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits first, the longest first; then what was answered, the latest first."""
    rights.check(request.user, MANAGE)
    waiting = AccessRequest.objects.filter(state=RequestState.OPEN).order_by("asked_at", "pk")
    answered = AccessRequest.objects.exclude(state=RequestState.OPEN)
    rows = answered.select_related("answered_by").order_by("-answered_at", "-pk")
    context = {"waiting": list(waiting), "page": paginate(request, rows, count=answered.count())}
    return render(request, "members/access_requests/list.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Two forms: accept, which names, places and invites; or refuse, with a reason."""
    rights.check(request.user, MANAGE)
    found = get_object_or_404(AccessRequest, public_id=public_id)
    if found.state != RequestState.OPEN:
        messages.info(request, str(services.ANSWERED))
        return redirect("members:access-requests")
    refuses = "refuse-reason" in request.POST
    sent = request.POST if request.method == "POST" else None
    accept = AcceptForm(None if refuses else sent, request=found)
    refuse = RefuseForm(sent if refuses else None)
    form = refuse if refuses else accept
    if form.is_bound and form.is_valid():
        now = timezone.now()
        try:
            if refuses:
                services.refuse(request=found, by=request.user, now=now, **refuse.cleaned_data)
            else:
                person = services.accept(request=found, by=request.user, now=now, **accept.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            done = _("The refusal is on its way.") if refuses else _("The request is accepted.")
            messages.success(request, done)
            return redirect("members:access-requests") if refuses else redirect("members:person", person.public_id)
    context = {"found": found, "known": known_as(found.email), "accept": accept, "refuse": refuse}
    return form_page(request, "members/access_requests/answer.html", context, form)
