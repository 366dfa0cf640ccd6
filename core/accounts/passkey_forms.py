"""allauth's forms of passkeys, whose JSON is read so that no text of it is a fault of ours (`MFA_FORMS`)."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError

from core.forms.base import CleanInputMixin


class CredentialField(forms.JSONField):
    """Python refuses a number of five thousand digits and a list a thousand deep in ways Django's field does not expect."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from None


class AddPasskeyForm(CleanInputMixin, AddWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)


class LoginPasskeyForm(CleanInputMixin, LoginWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)


class ReauthenticatePasskeyForm(CleanInputMixin, ReauthenticateWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)
