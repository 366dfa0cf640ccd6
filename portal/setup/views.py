"""Pages by which administrators start a space and keep its settings."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.accounts import rights
from core.files import serve
from core.models import Region, Space
from core.notifications.enums import MailState
from core.space import current_space
from governance.lookup import sent, status_of
from portal import machine
from portal.models import MarkKind
from portal.setup import services, steps
from portal.setup.forms import SpaceForm
from portal.setup.space import FIELDS, save_space
from portal.views.administration import MAIL_BADGES

MAY = "accounts.administer"
_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def space_settings(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    standing = Space.objects.filter(pk=1).select_related("logo").first()
    form = SpaceForm(*sent(request), instance=standing or Space(pk=1))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            save_space(
                by=request.user,
                values={name: given[name] for name in FIELDS},
                logo=given["logo"],
                remove_logo=given.get("remove_logo", False),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The settings of the space are saved. Other pages follow within a minute."))
            return redirect("setup:space")
    context = {"here": "space", "form": form, "standing": standing, "regions": Region.objects.count()}
    return render(request, "administration/space.html", context, status=status_of(form))


@login_not_required
@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponseBase:
    """The logo in force, under a name that changes with it."""
    space = current_space()
    if space.logo is None or space.logo_name != name:
        raise Http404
    response = serve(space.logo, request=request, filename=name, inline=True)
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The steps from nothing to a first session, as the data have them."""
    rights.check(request.user, MAY)
    context = {"here": "start", "start": steps.start(request.user, timezone.now())}
    return render(request, "administration/start.html", context)


@require_POST
def postpone(request: HttpRequest, step: str) -> HttpResponse:
    """A step waits, or is taken up again; what it leads to can be done all the same."""
    rights.check(request.user, MAY)
    if step not in steps.KEYS:
        raise Http404
    if "again" in request.POST:
        services.unmark(step=step, kind=MarkKind.LATER, by=request.user)
    else:
        services.mark(step=step, kind=MarkKind.LATER, by=request.user, now=timezone.now())
    return redirect("setup:start")


@require_http_methods(["GET", "POST"])
def test_mail(request: HttpRequest) -> HttpResponse:
    """A mail by the way of all mails: what the transport answered, and whether it arrived, which only its reader knows."""
    rights.check(request.user, MAY)
    now = timezone.now()
    if request.method == "POST" and "arrived" in request.POST:
        services.mark(step=steps.MAIL, kind=MarkKind.CONFIRMED, by=request.user, now=now)
        messages.success(request, _("Mails of the portal arrive: codes and invitations can be sent."))
        return redirect("setup:start")
    if request.method == "POST":
        try:
            services.send_test_mail(by=request.user, now=now)
        except services.TooSoonError:
            messages.warning(request, _("A test mail was written a moment ago: see first what becomes of it."))
        return redirect("setup:test-mail")
    mail = services.last_test_mail(request.user)
    context = {
        "here": "start",
        "mail": mail,
        "badge": MAIL_BADGES[MailState(mail.state)] if mail else "",
        "mail_folder": machine.mail_folder(),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "administration/test_mail.html", context)
