"""The second factor that a space asks of those who animate and administer it.

While the space asks for it, a role that needs one gives nothing to whoever has none (`backends.RightsBackend`): pages,
interfaces, feeds and jobs alike fall back to what the person may do as a member, and adding a factor stays open.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import auth
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import Denied
from core.models import Space

FACT = "owes_second_factor"  # of a User: read with the reader of each request
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none
MISSING = Denied(
    _("This space asks a second factor of those who animate or administer it, and your account has none yet."),
    _("Add an application or a passkey in your account: what is yours opens at once."),
    weight=9,
)


def held() -> Exists:
    """Of a query of people: whether a second factor protects the account."""
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS))


def owing() -> Q:
    """Of a query of people: the space asks for a second factor, and the account has none; whatever its roles."""
    return Exists(Space.objects.filter(second_factor_required=True)) & ~held()


def fact() -> ExpressionWrapper:
    return ExpressionWrapper(owing(), output_field=BooleanField())


def is_missing(user: Any) -> bool:
    """Whether roles that need a second factor give `user` nothing; costs nothing for the reader of a request."""
    known = getattr(user, FACT, None)
    if known is not None:
        return known
    memory = rights.memory(user)
    if FACT not in memory:
        memory[FACT] = type(user).objects.filter(owing(), pk=user.pk).exists()
    return memory[FACT]


def owed_by(user: Any) -> bool:
    """Whether `user` holds a role that gives nothing until a second factor is added."""
    if not user.is_authenticated or not user.may_enter or not is_missing(user):
        return False
    backends = (backend for backend in auth.get_backends() if getattr(backend, "needs_second_factor", False))
    return any(isinstance(backend.held_by(user), rights.Allowed) for backend in backends)
