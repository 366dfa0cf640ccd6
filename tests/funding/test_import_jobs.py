"""An import as a job: progress, called off, taken up after a kill, the right asked again, nothing written by halves."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from core.imports import jobs, reading, services
from core.imports.enums import ImportState
from core.imports.models import Import, ImportFile
from core.notifications.models import Notification
from funding.models import FundingLine, Initiative
from members.models import Position
from tests.funding import importing, rows
from tests.funding.test_imports import GOOD, HEAD, NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]


def table(number: int, *, wrong: tuple[int, ...] = ()) -> bytes:
    lines = [
        f"R-{at};Initiative {at};Association {at};Subvention;Conventionné;02/05/2024;"
        f"{'douze' if at in wrong else at + 1},50;2024-06-03"
        for at in range(number)
    ]
    return "\n".join([HEAD, *lines]).encode()


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def sent(client, funder, content: bytes, name: str = "t.csv") -> Import:
    data = {"funder": funder.pk, "kind": "lines", "file": SimpleUploadedFile(name, content)}
    assert client.post(importing.ADDRESS, data).status_code == 302
    return Import.objects.latest("pk")


def address(run: Import) -> str:
    return f"{importing.ADDRESS}{run.public_id}/"


def test_the_page_tells_how_far_it_is_with_and_without_script(client, funder):
    run = sent(client, funder, table(3))
    waiting = client.get(address(run))
    assert "En attente" in waiting.text
    claimed = jobs.claim(run.pk, now=timezone.now())
    Import.objects.filter(pk=run.pk).update(step="comparing", progress_done=2, progress_total=3)
    shown = client.get(address(run))
    assert "2 lignes sur 3" in shown.text.replace("\u00a0", " ")
    assert '<progress class="progress" id="import-progress" max="3" value="2"' in shown.text
    seen = shown.context["plan"].signature
    again = client.get(f"{address(run)}?vu={seen}", headers={"HX-Request": "true"})
    assert again.status_code == 204
    jobs.work(claimed)
    ended = client.get(f"{address(run)}?vu={seen}", headers={"HX-Request": "true"})
    assert (ended.status_code, ended.headers["HX-Redirect"]) == (204, address(run))
    assert client.get(address(run)).context["plan"].counts["created"] == 3


def test_written_once_told_and_a_second_run_adds_nothing(client, funder, officer):
    page = importing.send(client, funder, table(3))
    written = importing.write(client, page)
    assert written.context["plan"].is_written
    assert FundingLine.objects.count() == Initiative.objects.count() == 3
    [told] = Notification.objects.filter(recipient=officer, kind="imports.written")
    assert (told.values["created"], told.values["changed"]) == (3, 0)
    assert "3 lignes créées, 0 modifiées" in client.get("/notifications/").text
    assert importing.send(client, funder, table(3)).context["plan"].counts["unchanged"] == 3
    event = FundingLine.pgh_event_model.objects.first()
    assert event.pgh_context["user"] == str(officer.public_id)


def test_called_off_while_it_is_compared(client, funder):
    run = sent(client, funder, table(3))
    claimed = jobs.claim(run.pk, now=timezone.now())
    assert client.post(address(run), {"annuler": "1"}).status_code == 302
    with pytest.raises(jobs.lease.LeaseLostError):
        jobs.work(claimed)
    page = client.get(address(run))
    assert page.context["run"].state == ImportState.CANCELLED
    again = importing.after(client, client.post(address(run), {"relire": "1"}))
    assert again.context["plan"].counts["created"] == 3


def test_called_off_while_it_is_written_leaves_everything_as_it_was(client, funder):
    page = importing.send(client, funder, table(3))
    run = page.context["run"]
    client.post(address(run), {"fingerprint": page.context["plan"].fingerprint})
    claimed = jobs.claim(run.pk, now=timezone.now())
    client.post(address(run), {"annuler": "1"})
    with pytest.raises(jobs.lease.LeaseLostError):
        jobs.work(claimed)
    assert not FundingLine.objects.exists()
    assert client.get(address(run)).context["plan"].may_be_applied


def test_a_worker_that_died_is_followed_by_another(client, funder):
    """What it had read is not read again; what it had begun to write was never written."""
    run = sent(client, funder, table(3))
    assert jobs.claim(run.pk, now=timezone.now()) is not None
    assert jobs.requeue_stale(now=timezone.now()) == []
    later = timezone.now() + dt.timedelta(minutes=1)
    assert jobs.claim(run.pk, now=timezone.now()) is None
    assert [one.pk for one in jobs.requeue_stale(now=later)] == [run.pk]
    importing.work()
    run.refresh_from_db()
    assert (run.state, run.attempt) == (ImportState.CHECKED, 2)
    services.check_again(run=run, by=run.by, now=NOW)
    for _attempt in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(run.pk, now=timezone.now()) is not None
        jobs.requeue_stale(now=later)
    run.refresh_from_db()
    assert (run.state, run.error_code) == (ImportState.FAILED, "import_worker_lost")
    assert "interrompu plusieurs fois" in client.get(address(run)).text


def test_the_right_is_asked_again_by_the_worker(client, funder, officer):
    page = importing.send(client, funder, table(3))
    run = page.context["run"]
    client.post(address(run), {"fingerprint": page.context["plan"].fingerprint})
    Position.objects.filter(user=officer).update(period=(dt.date(2020, 1, 1), dt.date(2021, 1, 1)))
    importing.work()
    run.refresh_from_db()
    assert (run.state, run.error_code) == (ImportState.FAILED, "import_not_allowed")
    assert not FundingLine.objects.exists()


def test_two_imports_of_the_same_rows_at_once_add_them_once(client, funder):
    first, second = (importing.send(client, funder, table(3)) for _time in range(2))
    for page in (first, second):
        client.post(page.request["PATH_INFO"], {"fingerprint": page.context["plan"].fingerprint})
    importing.work()
    assert FundingLine.objects.count() == 3
    late = client.get(second.request["PATH_INFO"])
    assert late.context["changed_meanwhile"]
    assert late.context["plan"].counts["unchanged"] == 3


def test_the_file_to_be_corrected_comes_back_and_goes_in(client, funder):
    page = importing.send(client, funder, table(4, wrong=(1, 3)))
    assert page.context["plan"].counts["wrong"] == 2
    run = page.context["run"]
    answer = client.get(f"{address(run)}a-corriger/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    told = [row[0].value for row in sheet.iter_rows(min_row=1)]
    assert told[0] == "À corriger"
    assert [bool(text) for text in told[1:]] == [False, True, False, True]
    assert "Montant accordé" in told[2]
    for row in (3, 5):
        column = [cell.value for cell in sheet[1]].index("Montant accordé") + 1
        sheet.cell(row, column).value = 7
    corrected = io.BytesIO()
    book.save(corrected)
    again = importing.send(client, funder, corrected.getvalue(), "t-a-corriger.xlsx")
    assert again.context["plan"].counts["created"] == 4
    assert again.context["ignored"] == []


def test_rows_of_one_outcome_are_shown_page_by_page(client, funder):
    page = importing.send(client, funder, table(60, wrong=(5,)))
    assert [row.number for row in page.context["plan"].rows][:2] == [7, 2]  # what needs a hand comes first
    created = client.get(f"{page.request['PATH_INFO']}?effet=created&page=2")
    assert [row.number for row in created.context["plan"].rows] == list(range(28, 53))
    assert client.get(f"{page.request['PATH_INFO']}?page=9").status_code == 404


def test_more_rows_than_are_taken_are_told(client, funder, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    page = importing.send(client, funder, table(3))
    assert "Ce fichier a plus de 2 lignes." in page.text.replace("\u00a0", " ")


def test_what_was_sent_long_ago_is_forgotten_and_its_trace_stays(client, funder):
    written = importing.write(client, importing.send(client, funder, table(2))).context["run"]
    importing.send(client, funder, table(3))
    Import.objects.update(sent_at=NOW - dt.timedelta(days=31))
    services.forget_old(before=NOW - dt.timedelta(days=30))
    assert list(Import.objects.values_list("pk", flat=True)) == [written.pk]
    assert not ImportFile.objects.exists()
    assert client.get(address(written)).context["plan"].counts["created"] == 2


# --- which sheet, which column ----------------------------------------------------------------------------------------

OWN_WORDS = "Clef;Ce que c’est;Qui;Sorte;Où en est-on;Décision du;Combien;Signature\n" + GOOD


def test_heads_in_words_of_ones_own_are_laid_out_by_hand_and_remembered(client, funder):
    page = importing.send(client, funder, OWN_WORDS.encode())
    assert page.request["PATH_INFO"].endswith("/colonnes/")
    wrong = client.post(page.request["PATH_INFO"], {"sheet": "", "colonne_2": "title", "colonne_3": "title"})
    assert wrong.status_code == 422
    assert "c’est la clé des lignes" in wrong.text
    assert '<option value="title" selected>' in wrong.text  # what was chosen stays chosen
    fields = ["reference", "title", "bearer_name", "kind", "state", "decided_on", "amount_agreed", "signed_on"]
    said = {"sheet": "", **{f"colonne_{at}": name for at, name in enumerate(fields, start=1)}}
    shown = importing.after(client, client.post(page.request["PATH_INFO"], said))
    assert shown.context["plan"].counts["created"] == 1
    importing.write(client, shown)
    assert FundingLine.objects.get().initiative.title == "Tiers-lieu"
    again = importing.send(client, funder, OWN_WORDS.encode())
    assert [column.field.initial for column in again.context["form"].columns] == fields


def test_a_head_like_a_known_one_is_proposed(client, funder):
    page = importing.send(client, funder, "Référence.;Montant acordé;Signature\nA-1;5;x".encode())
    assert [column.field.initial for column in page.context["form"].columns] == ["reference", "amount_agreed", ""]


def test_of_several_sheets_that_hold_a_table_one_is_chosen(client, funder):
    from tests.funding.test_import_files import book

    rows.line(of=rows.initiative(), by=funder, due=(), reference="A-1", purpose="Lieu")
    tables = [[["Référence", "Objet"], ["A-1", text]] for text in ("De 2023", "De 2024")]
    page = importing.send(client, funder, book([["Lisez-moi"]], *tables, titles=("Notes", "2023", "2024")), "t.xlsx")
    assert page.request["PATH_INFO"].endswith("/colonnes/")
    form = page.context["sheets"]
    assert [value for value, _label in form.fields["feuille"].choices] == ["2023", "2024"]
    page = client.get(f"{page.request['PATH_INFO']}?feuille=2024")
    assert "De 2024" in page.text
    said = {"sheet": "2024", "colonne_1": "reference", "colonne_2": "purpose"}
    shown = importing.after(client, client.post(page.request["PATH_INFO"], said))
    assert [change.new for change in shown.context["plan"].rows[0].changes] == ["De 2024"]
    assert "Feuille « 2024 »" in shown.text.replace("\u00a0", " ")
