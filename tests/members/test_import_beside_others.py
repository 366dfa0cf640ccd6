"""A table of people beside what others write: nobody waits while it is compared, and what moved is compared anew."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from core.accounts import rights
from core.db import locks
from core.imports.enums import ImportState
from core.imports.models import Import
from members.models import Organisation
from tests.factories import OrganisationFactory
from tests.funding.importing import work
from tests.members.test_imports import send
from tests.support.people import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]
SECONDS = 20


def let_write(client: Client, shown: Any) -> Import:
    address, fingerprint = shown.request["PATH_INFO"], shown.context["plan"].fingerprint
    assert client.post(address, {"fingerprint": fingerprint}).status_code == 302
    return Import.objects.get(state=ImportState.TO_WRITE)


def working() -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_for(run: Import, progress: int) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        run.refresh_from_db()
        if run.progress_done == progress and run.state == ImportState.WRITING:
            return
        time.sleep(0.1)
    pytest.fail(f"{run.state}: {run.progress_done} of {progress} rows were compared.")


def test_rights_are_free_while_a_table_is_compared(people: People, signed_in: Any) -> None:
    """Somebody writes meanwhile: the table waits with all its rows compared, and goes in afterwards."""
    OrganisationFactory(name="Maison des communs")
    client = signed_in(people.animator)
    shown = send(client, "Maison des communs;maison.example", head="Organisme;Site internet")
    run = let_write(client, shown)
    with transaction.atomic():
        locks.hold_shared(rights.RIGHTS_LOCK)
        thread = working()
        wait_for(run, 1)
    thread.join(SECONDS)
    run.refresh_from_db()
    assert (run.state, Organisation.objects.get(name="Maison des communs").website) == (
        ImportState.DONE,
        "https://maison.example",
    )


@pytest.mark.parametrize(
    ("moved", "state", "website"),
    [
        ({"summary": "Un lieu."}, ImportState.DONE, "https://maison.example"),
        ({"website": "https://autre.example"}, ImportState.CHECKED, "https://autre.example"),
    ],
)
def test_what_moved_meanwhile_stays_and_what_was_shown_is_written_or_nothing(
    people: People, signed_in: Any, moved: dict[str, str], state: str, website: str
) -> None:
    made = OrganisationFactory(name="Maison des communs")
    shown = send(signed_in(people.animator), "Maison des communs;maison.example", head="Organisme;Site internet")
    run = let_write(signed_in(people.animator), shown)
    with transaction.atomic():
        locks.hold_shared(rights.RIGHTS_LOCK)
        thread = working()
        wait_for(run, 1)
        Organisation.objects.filter(pk=made.pk).update(**moved)
    thread.join(SECONDS)
    run.refresh_from_db()
    made.refresh_from_db()
    assert (run.state, run.changed_meanwhile) == (state, state == ImportState.CHECKED)
    assert (made.website, made.summary) == (website, moved.get("summary", made.summary))
