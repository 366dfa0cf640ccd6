"""A table on its way through the pages and the worker: sent, compared, written."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.imports.models import Import
from core.imports.tasks import run_import

ADDRESS = "/financements/import/"


def work() -> None:
    """What the worker does with all that waits."""
    while waiting := Import.objects.active().order_by("pk").first():
        run_import.apply(kwargs={"import_id": waiting.pk}, throw=True)


def send(client: Client, funder: Any, content: bytes, name: str = "t.csv", kind: str = "lines") -> Any:
    """The page after the file was sent and compared; the form where it was refused."""
    data = {"funder": funder.pk, "kind": kind, "file": SimpleUploadedFile(name, content)}
    return after(client, client.post(ADDRESS, data, follow=True))


def after(client: Client, answer: Any) -> Any:
    """The page an answer leads to, once the worker has done its part."""
    while answer.status_code == 302:
        answer = client.get(answer.url)
    plan = answer.context.get("plan") if answer.context else None
    if plan is None or not plan.is_active:
        return answer
    work()
    return client.get(answer.request["PATH_INFO"])


def write(client: Client, answer: Any) -> Any:
    """Lets be written what the page shows; the page of the result."""
    address = answer.request["PATH_INFO"]
    return after(client, client.post(address, {"fingerprint": answer.context["plan"].fingerprint}))
