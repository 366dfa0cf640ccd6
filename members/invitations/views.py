"""The page that an invitation opens, and inviting many people at once."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from core.imports.models import Import
from core.web.form_pages import form_page
from core.web.pagination import paginate
from members.invitations import bulk, chosen, services
from members.invitations.forms import ChosenForm, ManyForm, OfImportForm
from members.invitations.services import Refused, State
from members.people.services import MANAGE


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows for whom the link is and changes nothing, since scanners of mail follow links.

    The button signs in by a link that came to the person's own mailbox, in place of who was signed in here; a link
    that was handed over leads to a code, which that mailbox receives.
    """
    now = timezone.now()
    if request.method == "GET":
        state, invitation = services.state_of(token, now=now)
        if state is not State.VALID:
            return _ended(request, state)
        signed_in = request.user.is_authenticated
        other = request.user if signed_in and request.user != invitation.user else None
        return render(request, "members/invitations/accept.html", {"invitation": invitation, "other": other})
    try:
        invitation = services.accept(token=token, now=now)
    except Refused as refused:
        return _ended(request, refused.state)
    user = invitation.user
    if not invitation.by_mail and not ratelimit.consume(request, action="request_login_code", key=user.email):
        return respond_429(request)
    if request.user.is_authenticated:
        logout(request)
    if not invitation.by_mail:
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
        return redirect("account_confirm_login_code")
    user.backend = "core.accounts.backends.SignInBackend"
    record_authentication(request, user, method="invitation", email=user.email)
    get_adapter().login(request, user)
    return redirect("account_first_access")


def _ended(request: HttpRequest, state: State) -> HttpResponse:
    status = HTTPStatus.NOT_FOUND if state is State.UNKNOWN else HTTPStatus.GONE
    return render(request, "members/invitations/ended.html", {"state": state.value}, status=status)


@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Lines are first shown with what each would become, then carried out by a second button, all or none."""
    rights.check(request.user, MANAGE)
    now = timezone.now()
    form = ManyForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "rows": []}
    if not (form.is_bound and form.is_valid()):
        return form_page(request, "members/invitations/many.html", context, form)
    text = form.cleaned_data["lines"]
    if form.cleaned_data["send"]:
        try:
            done = bulk.carry_out(text=text, by=request.user, now=now)
        except bulk.NotAllGood:
            pass  # what changed since the preview is told below
        except ValidationError as error:
            form.add_error(None, error)
        else:
            acted = sum(row.fate is not bulk.Fate.NOTHING for row in done)
            sentence = ngettext("%(count)d person is taken up.", "%(count)d people are taken up.", acted)
            messages.success(request, sentence % {"count": acted})
            return redirect("members:people")
    rows = bulk.read(text, now=now)
    wrong = sum(row.fate is bulk.Fate.WRONG for row in rows)
    context |= {"rows": rows, "wrong": wrong, "good": len(rows) - wrong}
    refused = wrong or form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "members/invitations/many.html", context, status=status)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Who is known and was never invited, to be ticked; `?table=` narrows it to those whom an import added."""
    rights.check(request.user, MANAGE)
    now = timezone.now()
    asked = OfImportForm(request.GET)
    table = asked.cleaned_data["table"] if asked.is_valid() else None
    run = get_object_or_404(Import.objects.written(), public_id=table) if table else None
    form = ChosenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            invited = chosen.invite_chosen(chosen=form.cleaned_data["person"], by=request.user, now=now)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            sentence = ngettext(
                "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", invited
            )
            messages.success(request, sentence % {"count": invited})
            return redirect(request.get_full_path())
    people = chosen.never_invited(now, run=run)
    context = {"form": form, "run": run, "page": paginate(request, people, count=people.count(), per_page=chosen.MOST)}
    return form_page(request, "members/invitations/chosen.html", context, form)
