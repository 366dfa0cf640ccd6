"""What the verifier says of each kind of document, and that its link opens for whom it is shown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from funding.models import FrozenFigures
from sessions_app.models import MinutesVersion
from tests.matrix.scene import build
from tests.support.people import ROLES

pytestmark = pytest.mark.django_db


def fingerprints() -> dict[str, str]:
    """Fingerprint of every document of the scene that has one → words that name its kind."""
    minutes = {version.content_sha256: "compte rendu en vigueur" for version in MinutesVersion.objects.all()}
    frozen = {figures.content_sha256: "chiffres arrêtés" for figures in FrozenFigures.objects.all()}
    return minutes | frozen


def test_the_link_is_shown_to_who_may_open_it_and_the_kind_is_named(people):
    build(people)
    found = fingerprints()
    assert len(set(found.values())) == 2
    shown: dict[str, set[str]] = {}
    for role in ROLES:
        client = Client()
        if role != "visitor":
            client.force_login(people.role(role), backend="core.accounts.backends.SignInBackend")
        for sha, words in found.items():
            answer = client.get(reverse("reports:verify-code", args=[sha]))
            if answer.context["verdict"] == "authentic":
                assert words in answer.text
                assert [other for other in set(found.values()) - {words} if other in answer.text] == []
            url = answer.context["found"].url
            opens = client.get(url).status_code == 200
            assert (role, url, f'href="{url}"' in answer.text) == (role, url, opens)
            if opens:
                shown.setdefault(words, set()).add(role)
    assert "visitor" not in shown["chiffres arrêtés"]
    assert {"funder", "member"} <= shown["chiffres arrêtés"]
