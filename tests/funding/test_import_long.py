"""What can be exported can be imported: as many rows as are taken, by a real worker, killed in the middle of writing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from core.imports import jobs
from core.imports.enums import ImportState
from core.imports.models import Import
from core.imports.queue import send_to_worker
from funding.models import FundingLine, Initiative
from tests.funding import importing
from tests.funding.test_import_jobs import address, sent, table
from tests.support.worker import Worker, empty_queues, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20_000
MAY_GROW = 1.35  # a worker that has compared 20,000 rows against one that has compared 2,000


def state_of(run: Import) -> str:
    run.refresh_from_db()
    return run.state


def wait_until(run: Import, state: ImportState, seconds: float = 600) -> None:
    ended = (state, ImportState.FAILED)
    wait_for(lambda: state_of(run) in ended, seconds=seconds, what=lambda: f"{run.state} {run.progress_done}")
    assert run.state == state, run.error_detail


def let_write(client: Client, run: Import) -> None:
    answer = client.post(address(run), {"fingerprint": client.get(address(run)).context["plan"].fingerprint})
    assert answer.status_code == 302


def most_memory(worker: Worker) -> int:
    """KiB that the worker's child has held at most."""
    children = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children").read_text().split()
    lines = [line for pid in children for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return max(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def test_a_worker_killed_while_it_writes_has_written_nothing_and_another_writes_all_once(
    start_worker, signed_in, funder, officer
):
    client, first = signed_in(officer), start_worker()
    run = sent(client, funder, table(1_500))
    wait_until(run, ImportState.CHECKED)
    let_write(client, run)
    wait_for(lambda: state_of(run) == ImportState.WRITING and run.progress_done > 0, what=lambda: run.state)
    first.kill()
    empty_queues()  # not even the broker remembers
    assert (state_of(run), FundingLine.objects.count()) == (ImportState.WRITING, 0)
    [taken] = jobs.requeue_stale(now=timezone.now() + jobs.lease.LEASE * 2)
    start_worker()
    send_to_worker(taken.pk)
    wait_until(run, ImportState.DONE)
    assert run.attempt == 2
    assert FundingLine.objects.count() == Initiative.objects.count() == 1_500


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_twenty_thousand_rows_go_in_come_out_as_a_workbook_and_change_nothing(start_worker, signed_in, funder, officer):
    client, worker = signed_in(officer), start_worker()
    few = sent(client, funder, table(2_000))
    wait_until(few, ImportState.CHECKED)
    before = most_memory(worker)
    run = sent(client, funder, table(MANY))
    wait_until(run, ImportState.CHECKED)
    assert most_memory(worker) <= before * MAY_GROW
    let_write(client, run)
    wait_until(run, ImportState.DONE)
    assert FundingLine.objects.count() == run.counts["created"] == MANY
    book = b"".join(client.get(f"{importing.ADDRESS}financements.xlsx").streaming_content)
    back = sent(client, funder, book, "t.xlsx")
    wait_until(back, ImportState.CHECKED)
    assert back.counts["unchanged"] == MANY
