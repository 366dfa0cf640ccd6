"""What the portal changes in allauth: nobody registers alone, one owner of an address, mails go through the outbox."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts import addresses, second_factor
from core.accounts.identity_provider import refuse_stranger
from core.space import current_space


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_from_email(self) -> str:
        from django.conf import settings

        return settings.DEFAULT_FROM_EMAIL

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None) -> Any:
        """Names what lets its reader act, so that the outbox forgets it once the mail is sent."""
        message = super().render_mail(template_prefix, email, context, headers)
        message.secrets = [str(context[name]) for name in ("code", "key") if context.get(name)]
        return message

    def clean_email(self, email: str) -> str:
        return addresses.normal(email)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A limit that is reached is answered by 429 and its own page, not by a form that looks like a wrong password."""
        if code in ("too_many_login_attempts", "rate_limited"):
            raise ImmediateHttpResponse(respond_429(context.request))
        return super().validation_error(code, *args)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """False where another account was faster by an instant: the index of the database knows one owner."""
        added = email_address.pk is None
        try:
            with transaction.atomic():
                confirmed = super().confirm_email(request, email_address)
        except IntegrityError:
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        if confirmed and added:
            told = {"added_email": email_address.email}
            self.send_notification_mail("account/email/email_added", email_address.user, told)
        return confirmed

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """As allauth, and to an address that was taken out too: it may have been its owner's only one."""
        super().send_notification_mail(template_prefix, user, context, email)
        removed = (context or {}).get("deleted_email")
        if removed:
            super().send_notification_mail(template_prefix, user, context, removed)

    def pre_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse | None:
        """Every way in passes here: password, code, passkey, link of an identity provider."""
        if not user.may_enter:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **options)

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        """Whoever lacks the second factor that the space asks for is led to add one, before the page that was wanted."""
        response = super().post_login(request, user, **options)
        if second_factor.owed_by(user):
            response["Location"] = f"{reverse('account_second_factor')}?{urlencode({'next': response['Location']})}"
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """A code by mail for whoever has neither password nor second factor, as most people who were invited."""
        methods = super().get_reauthentication_methods(user)
        if methods or not user.is_authenticated:
            return methods
        address = reverse("account_reauthenticate_by_code")
        return [{"id": "code", "description": _("Get a code by e-mail"), "url": address}]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Allauth takes who has no password for confirmed for ever; here a correct code counts as long as a password."""
        required = super().is_reauthentication_required(app=app, **kwargs)
        user = context.request.user
        if required and user.is_authenticated and not get_reauthentication_flows(user) and not _came_lately():
            raise ReauthenticationRequired
        return required


def _came_lately() -> bool:
    records = get_authentication_records(context.request, context.request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


class MFAAdapter(DefaultMFAAdapter):
    """Code applications and passkeys are kept under the name of the space, in whatever device keeps them."""

    def get_totp_issuer(self) -> str:
        return current_space().short_name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": current_space().short_name}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An identity provider signs in people who are known already, matched by its own identifier (`sub`)."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing and sociallogin.state.get("process") != AuthProcess.CONNECT:
            raise ImmediateHttpResponse(refuse_stranger(request, sociallogin.provider))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
