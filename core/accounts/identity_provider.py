"""Signing in by the identity provider of an organisation (OpenID Connect): it is left for, come back from, and listed.

People are matched by the provider's own identifier (`sub`), which each binds in his or her account; see docs/security.md.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount import forms as allauth
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect.views import login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

from core.forms.base import CleanInputMixin


def callback_address() -> str:
    """What the provider must know as the address to come back to; "" where none is configured."""
    for app in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", []):
        return settings.BASE_URL + reverse("openid_connect_callback", args=[app["provider_id"]])
    return ""


@login_not_required
def leave_for_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads on by a page of its own: the policy of the portal lets no form end on another host."""
    try:
        response = login(request, provider_id)
    except (RequestException, KeyError) as error:  # away, or not what it says it is
        provider = get_adapter().get_provider(request, provider_id)
        return render_authentication_error(request, provider, exception=error)
    target = response.headers.get("Location", "")
    if not target.startswith(("https://", "http://")):
        return response
    return render(request, "socialaccount/login_redirect.html", {"redirect_to": target})


def refuse_stranger(request: HttpRequest, provider: Any) -> HttpResponse:
    """Known to the provider, bound to no account: no address is compared, so nobody comes in by one."""
    return render(request, "socialaccount/unknown.html", {"provider": provider}, status=HTTPStatus.FORBIDDEN)


class DisconnectForm(CleanInputMixin, allauth.DisconnectForm):
    """Without allauth's wish for a password: a code by mail always signs in."""

    def clean(self) -> dict[str, Any] | None:
        return super(allauth.DisconnectForm, self).clean()
