"""A known and an unknown address cost the portal the same work, so the time of an answer tells nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal import settings as settings_module
from tests import factories

pytestmark = pytest.mark.django_db
FORMS = {
    "password": ("/compte/login/", "login", {"password": "ce-n-est-pas-lui"}),
    "code": ("/compte/login/code/", "email", {}),
    "reset": ("/compte/password/reset/", "email", {}),
}


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = settings_module.EMAIL_BACKEND
    factories.SpaceFactory()


def ask(form: str, address: str) -> tuple[int, list[str]]:
    """Status, and the statements that were run."""
    path, name, more = FORMS[form]
    cache.clear()
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as run:
        response = client.post(path, {name: address, **more})
    words = [re.match(r'\W*(\w+)(?:.*? (?:FROM|INTO) "?(\w+))?', query["sql"], re.DOTALL) for query in run]
    return response.status_code, sorted(" ".join(filter(None, word.groups())) for word in words)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("invited", [False, True], ids=["has a password", "was invited"])
def test_the_same_statements_are_run(form: str, invited: bool) -> None:
    known = factories.UserFactory(email="connue@exemple.example", signs_in=not invited)
    ask(form, "chaude@exemple.example")
    first, second = ask(form, known.email), ask(form, "absente@exemple.example")
    assert first == second
