"""What one was told, newest first, and how one wants to be told."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.notifications import services, unsubscribing
from core.notifications.forms import PreferencesForm
from core.notifications.models import Notification, Preference
from core.web.pagination import paginate


@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "accounts.use_account")
    return _page(request, PreferencesForm(chosen=_chosen(request)))


@require_POST
def read_one(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rights.check(request.user, "accounts.use_account")
    services.mark_read(user=request.user, public_id=public_id, now=timezone.now())
    return redirect("notifications:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "accounts.use_account")
    number = services.mark_read(user=request.user, now=timezone.now())
    messages.success(
        request,
        ngettext("%(number)s notification marked as read.", "%(number)s notifications marked as read.", number)
        % {"number": number},
    )
    return redirect("notifications:list")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "accounts.use_account")
    form = PreferencesForm(request.POST, chosen=_chosen(request))
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    for kind, delivery in form.deliveries().items():
        services.prefer(user=request.user, kind=kind, delivery=delivery)
    messages.success(request, _("Your choices are kept."))
    return redirect("notifications:list")


@csrf_exempt  # a mail program sends it, without page or cookie: the signed address is what counts
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing, since scanners follow links; its button, or the one of the mail program, does."""
    asked = unsubscribing.find(token)
    if asked is None:
        raise Http404(_("This link is unknown. Was it copied whole?"))
    done = request.method == "POST"
    if done:
        unsubscribing.carry_out(asked)
    return render(request, "notifications/unsubscribe.html", {"asked": asked, "done": done})


def _chosen(request: HttpRequest) -> dict[str, str]:
    return dict(Preference.objects.filter(user=request.user).values_list("kind", "delivery"))


def _page(request: HttpRequest, form: PreferencesForm, *, status: int = 200) -> HttpResponse:
    mine = Notification.objects.of(request.user)
    context = {
        "page": paginate(request, mine.newest_first(), count=mine.count()),
        "unread": services.unread_count(request.user),
        "form": form,
    }
    return render(request, "notifications/list.html", context, status=status)
