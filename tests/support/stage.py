"""The scene of the matrix with its secrets and each role's cookies, built once for many tests and taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.matrix.scene import Scene, build
from tests.support.people import ROLES, make_people
from tests.support.secrets import plant

Cookies = dict[str, dict[str, str]]  # role → the cookies it sends


@contextmanager
def staged(django_db_blocker: Any) -> Iterator[tuple[Scene, Cookies]]:
    """For a fixture that outlives a test; the caller's fixture must ask for `django_db_setup`."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = build(make_people())
        plant(scene)
        cookies: Cookies = {"visitor": {}}
        for role in ROLES[1:]:
            client = Client()
            client.force_login(scene.people.role(role), backend="core.accounts.backends.SignInBackend")
            cookies[role] = {settings.SESSION_COOKIE_NAME: client.session.session_key}
        yield scene, cookies
        transaction.set_rollback(True)
