"""Who reads: the demonstration's member, signed in."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from core.accounts.models import User

EMAIL = "membre@portail.example"


def reader() -> User:
    return User.objects.get(email=EMAIL)


def member_cookies() -> dict[str, str]:
    """The cookies of a session that is signed in, written without the sign-in page."""
    user = reader()
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "core.accounts.backends.SignInBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return {settings.SESSION_COOKIE_NAME: store.session_key}
