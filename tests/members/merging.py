"""The page that merges a double into the organisation "atelier", sent as people send it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from members.models import Organisation
from tests.support.forms import form_to

PAGE = "/membres/atelier/fusionner/"


def bury(double: Organisation, kept: Organisation) -> None:
    """Makes `double`, on which nothing hangs, the tombstone that a merge leaves."""
    Organisation.with_doubles.filter(pk=double.pk).update(merged_into=kept, merged_at=timezone.now())


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def address(double: Organisation) -> str:
    return f"{PAGE}?double={double.slug}"


def send(client: Client, double: Organisation, **typed: Any) -> Any:
    """The page's own form, as it stands or with another choice."""
    shown = client.get(address(double))
    assert shown.status_code == 200
    return client.post(address(double), {**form_to(shown, address(double)).data, **typed})


def told(client: Client, double: Organisation) -> list[str]:
    return [plain(str(line.text)) for line in client.get(address(double)).context["preview"].lines]


def obstacles(client: Client, double: Organisation) -> list[str]:
    """What the page says stands in the way; a POST that comes all the same writes nothing."""
    page = client.get(address(double))
    found = [plain(str(text)) for text in page.context["preview"].obstacles]
    assert found
    fields = dict.fromkeys(page.context["form"].fields, "kept")
    assert client.post(address(double), fields).status_code == 422
    assert Organisation.objects.filter(pk=double.pk).exists()
    return found
