"""allauth's forms that take an address: each reads it in its one way of writing, none tells whose it is."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from core.accounts import addresses
from core.forms.base import CleanInputMixin

NOBODY = 0  # the number of no person


class NormalAddressMixin(CleanInputMixin):
    """Rewrites the address before allauth's own `clean_…` sees it."""

    def clean_email(self) -> str:
        self.cleaned_data["email"] = addresses.normal(self.cleaned_data["email"])
        return super().clean_email()


class LoginForm(CleanInputMixin, allauth.LoginForm):
    def clean_login(self) -> str:
        self.cleaned_data["login"] = addresses.normal(self.cleaned_data["login"])
        return super().clean_login()


class SameWorkMixin(NormalAddressMixin):
    """allauth looks a second time where the address is not a confirmed one; here it is looked for as often in any case."""

    def clean_email(self) -> str:
        address = super().clean_email()
        email = self.cleaned_data["email"]
        if EmailAddress.objects.filter(email=email, verified=True).exists():
            list(get_user_model().objects.filter(email=email).iterator(2000))
        return address


class RequestLoginCodeForm(SameWorkMixin, allauth.RequestLoginCodeForm):
    pass


class ResetPasswordForm(SameWorkMixin, allauth.ResetPasswordForm):
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """An unknown address costs a token, too, which nobody gets."""
        if not self.users:
            EmailAddress.objects.filter(user_id=NOBODY, email=self.cleaned_data["email"]).exists()
            allauth.default_token_generator.make_token(get_user_model()(pk=NOBODY))
        return super().save(request, **kwargs)


class AddEmailForm(NormalAddressMixin, allauth.AddEmailForm):
    """An address of somebody known cannot be claimed: its owner is told, and the page answers as for any other."""

    def save(self, request: HttpRequest) -> Any:
        email = self.cleaned_data["email"]
        if addresses.owner_id(email) in (None, self.user.pk):
            return super().save(request)
        state = EmailVerificationProcess.initial_state(self.user, email)
        process = EmailVerificationProcess(request, state | {"account_already_exists": True}, user=self.user)
        process.generate_code()  # never sent: no code typed in is the right one
        process.send()
        process.persist()
        return EmailAddress(email=email)
