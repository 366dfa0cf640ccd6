"""The job that reads a file: by the real worker, once, told where it fails, taken up where a worker died."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from core.file_texts import jobs, services, tasks
from core.file_texts.enums import Remark, TextState
from core.file_texts.models import FileText
from core.files import store, validate_upload
from core.models import StoredFile
from sessions_app.models import Material
from tests import factories
from tests.core.file_texts import makers
from tests.core.files import makers as files
from tests.support.worker import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def stored(content: bytes, name: str) -> StoredFile:
    checked = validate_upload(ContentFile(content, name=name))
    return store(file=checked, by=factories.UserFactory(), now=timezone.now())


def asked(content: bytes, name: str) -> FileText:
    text = services.ask(file=stored(content, name), now=timezone.now())
    assert text is not None
    return text


def ended(text: FileText) -> Any:
    text.refresh_from_db()
    return text if text.state in (TextState.READ, TextState.UNREADABLE) else None


@pytest.mark.usefixtures("worker")
def test_the_worker_reads_what_it_is_handed_and_goes_on_after_a_bad_file() -> None:
    bad = asked(makers.protected(makers.pdf("Un secret"), "sésame"), "a.pdf")
    good = asked(makers.docx("Une fougère"), "b.docx")
    for text in (bad, good):
        wait_for(lambda text=text: ended(text), seconds=60)
    assert (bad.state, bad.remark, bad.pages, bad.attempt) == (TextState.UNREADABLE, Remark.ENCRYPTED, [], 1)
    assert (good.state, good.remark, good.pages) == (TextState.READ, "", ["Une fougère Une cellule"])


class TestWithoutAWorker:
    def test_a_message_delivered_twice_reads_once(self) -> None:
        text = asked(makers.pdf("Une fougère"), "a.pdf")
        jobs.run(text.pk)
        first = FileText.objects.get()
        jobs.run(text.pk)
        second = FileText.objects.get()
        assert (first.pages, first.read_at) == (["Une fougère"], second.read_at)
        assert (first.is_paged, first.page_count, first.attempt) == (True, 1, 1)

    def test_pictures_have_no_text_to_ask_for(self) -> None:
        assert services.ask(file=stored(files.image("PNG"), "a.png"), now=timezone.now()) is None

    def test_bytes_that_are_gone_are_told(self) -> None:
        text = asked(makers.pdf("Une fougère"), "a.pdf")
        text.file.file.storage.delete(text.file.file.name)
        jobs.run(text.pk)
        text.refresh_from_db()
        assert (text.state, text.remark) == (TextState.UNREADABLE, Remark.MISSING)

    def test_a_reading_whose_worker_died_is_taken_up_and_given_up_after_three(self) -> None:
        text = asked(makers.pdf("Une fougère"), "a.pdf")
        now = timezone.now()
        for attempt in (1, 2, 3):
            assert jobs._claim(text.pk, now=now).attempt == attempt
            assert jobs._claim(text.pk, now=now) is None
            assert jobs.requeue_stale(now=now) == []
            now += jobs.LEASE + dt.timedelta(seconds=1)
            assert jobs.requeue_stale(now=now) == ([text.pk] if attempt < 3 else [])
        text.refresh_from_db()
        assert (text.state, text.remark) == (TextState.UNREADABLE, Remark.TOO_HEAVY)

    def test_who_was_given_up_writes_nothing(self) -> None:
        text = asked(makers.pdf("Une fougère"), "a.pdf")
        now = timezone.now()
        lost = jobs._claim(text.pk, now=now)
        jobs.requeue_stale(now=now + jobs.LEASE + dt.timedelta(seconds=1))
        jobs._keep(lost, jobs._read(lost), now=now)
        text.refresh_from_db()
        assert (text.state, text.pages) == (TextState.WAITING, [])

    def test_a_file_that_goes_while_it_is_read_leaves_no_text(self) -> None:
        text = asked(makers.pdf("Une fougère"), "a.pdf")
        claimed = jobs._claim(text.pk, now=timezone.now())
        services.forget(files=[text.file_id])
        jobs._keep(claimed, jobs._read(claimed), now=timezone.now())
        assert not FileText.objects.exists()

    def test_the_sweep_asks_for_what_nobody_asked_and_drops_what_nobody_names(self) -> None:
        named = Material.objects.create(
            session=factories.SessionFactory(), title="Note", file=stored(makers.pdf("Une fougère"), "a.pdf")
        )
        dropped = asked(makers.pdf("Un lierre"), "b.pdf")
        tasks.take_up()
        assert [text.file_id for text in FileText.objects.all()] == [named.file_id]
        assert not FileText.objects.filter(pk=dropped.pk).exists()
        named.delete()
        tasks.take_up()
        assert not FileText.objects.exists()
