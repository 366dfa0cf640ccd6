"""The register of processing is made of the lines that the privacy page prints, whatever the space chose."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from core.lifecycle import retention
from core.personal_data.models import RetentionPeriod
from core.personal_data.retention import page
from tests.support.people import People

pytestmark = pytest.mark.django_db
ADDRESS = "/administration/donnees-personnelles/registre/"


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_every_line_of_the_privacy_page_stands_in_the_register(people: People, signed_in: Any) -> None:
    RetentionPeriod.objects.create(key="mails", days=45)
    register, privacy = text(signed_in(people.administrator), ADDRESS), text(Client(), "/donnees-personnelles/")

    assert len(page.lines()) == len(retention.holdings()) > 20
    for line in page.lines():
        for part in (line.what, line.why, line.basis, line.readers, line.until):
            assert escape(str(part)) in register
            assert escape(str(part)) in privacy
        assert f"<dd>{escape(str(line.whose))}</dd>" in register
    assert "45 jours" in register


def test_it_is_for_the_administrators(people: People, signed_in: Any) -> None:
    assert signed_in(people.animator).get(ADDRESS).status_code == 403
    assert f'href="{ADDRESS}"' in text(signed_in(people.administrator), "/administration/donnees-personnelles/durees/")
