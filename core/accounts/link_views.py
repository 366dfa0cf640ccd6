"""Coming in by a link that signs in once, and choosing how to come in from then on."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights, second_factor, sign_in_links
from core.accounts.sign_in_links import LinkState, SignInLinkRefused


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows for whom the link is and changes nothing; the button signs in, in place of who was signed in here."""
    now = timezone.now()
    if request.method == "POST":
        try:
            user = sign_in_links.redeem(token=token, now=now)
        except SignInLinkRefused as refused:
            return _ended(request, refused.state)
        if request.user.is_authenticated:
            logout(request)
        user.backend = "core.accounts.backends.SignInBackend"
        record_authentication(request, user, method="link", email=user.email)
        get_adapter().login(request, user)
        return redirect("account_first_access")
    state, user = sign_in_links.state_of(token, now=now)
    if state is not LinkState.VALID:
        return _ended(request, state)
    other = request.user if request.user.is_authenticated and request.user != user else None
    return render(request, "account/sign_in_link.html", {"person": user, "other": other})


def _ended(request: HttpRequest, state: LinkState) -> HttpResponse:
    status = HTTPStatus.NOT_FOUND if state is LinkState.UNKNOWN else HTTPStatus.GONE
    return render(request, "account/sign_in_link_ended.html", {"state": state.value}, status=status)


@require_GET
def first_access(request: HttpRequest) -> HttpResponse:
    """How to come in from now on: a password, a passkey, or a code by mail each time."""
    rights.check(request.user, "accounts.use_account")
    keys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).count()
    context = {"has_password": request.user.has_usable_password(), "keys": keys}
    return render(request, "account/first_access.html", context)


@require_GET
def add_second_factor(request: HttpRequest) -> HttpResponse:
    """Where who lacks the second factor that the space asks for adds one; afterwards the way on."""
    rights.check(request.user, "accounts.use_account")
    context = {
        "adds_second_factor": True,  # the notice that leads here is not needed
        "owed": second_factor.owed_by(request.user),
        "wanted": get_next_redirect_url(request) or reverse("home"),
    }
    return render(request, "account/second_factor.html", context)
