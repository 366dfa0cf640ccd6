"""Which archives stay, what is said of the last one, and the backup by the clock."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from core import tasks
from core.backups import archive, history, keeping, scratch, services
from core.backups.errors import BackupRefused
from portal import machine

NOW = dt.datetime(2026, 11, 29, 3, 30, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.STATE_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_FOLDER = tmp_path / "backups"
    settings.BACKUP_FOLDER.mkdir()
    return settings.BACKUP_FOLDER


def archive_of(folder: Path, moment: dt.datetime) -> Path:
    path = folder / history.file_name(moment, encrypted=False)
    path.touch()
    return path


def test_of_a_year_of_nights_days_weeks_and_months_stay(folder: Path) -> None:
    for days in range(400):
        archive_of(folder, NOW - dt.timedelta(days=days))
    other = folder / "portail-notes.tar"
    other.touch()
    removed, stuck = keeping.forget_old(folder, keeping.Rule(days=7, weeks=4, months=12))
    kept = [moment.date().isoformat() for moment, _path in history.archives(folder)]
    week = [f"2026-11-{day}" for day in (29, 28, 27, 26, 25, 24, 23)]
    # the 29th is a Sunday: the newest of each week before it, then the last night of each month before
    months = ["2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31"]
    months += ["2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31"]
    assert kept == [*week, "2026-11-22", "2026-11-15", "2026-11-08", *months]
    assert (len(removed), stuck) == (400 - len(kept), [])
    assert other.exists()


def test_the_newest_stays_whatever_the_rule(folder: Path) -> None:
    newest = archive_of(folder, NOW)
    archive_of(folder, NOW - dt.timedelta(minutes=1))
    keeping.forget_old(folder, keeping.Rule(0, 0, 0))
    assert [path for _moment, path in history.archives(folder)] == [newest]


def test_the_note_of_a_restored_archive_outlives_it(folder: Path) -> None:
    old = archive_of(folder, NOW - dt.timedelta(days=30))
    assert history.note_restored(old, now=NOW, rows=1, files=1)
    archive_of(folder, NOW)
    keeping.forget_old(folder, keeping.Rule(1, 0, 0))
    assert not old.exists()
    assert history.status() == history.Status(folder, last=NOW, restored=NOW)


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_removed_is_told_and_the_others_go(folder: Path, settings: Any) -> None:
    stuck = folder / history.file_name(NOW - dt.timedelta(days=3), encrypted=False)
    stuck.mkdir()  # no unlink takes a folder away, whoever runs this
    old = [archive_of(folder, NOW - dt.timedelta(days=days)) for days in (2, 4)]
    settings.BACKUP_KEEP = (1, 0, 0)
    errors = io.StringIO()
    call_command("backup", stdout=io.StringIO(), stderr=errors)
    assert f"n’a pas pu être supprimée\u00a0: {stuck.name}" in errors.getvalue()
    assert [path.exists() for path in old] == [False, False]


def told(client: Client) -> tuple[list[str], dict[str, Any]]:
    answer = client.get("/health/ready").json()
    return answer["warnings"], answer


def lines() -> list[tuple[str, str]]:
    found = [(str(check.label), check.state) for check in machine.checks(timezone.now())]
    return [line for line in found if line[0].startswith("Sauvegarde")]


@pytest.mark.django_db
def test_readiness_and_administration_say_how_it_stands(folder: Path, client: Client, settings: Any) -> None:
    now = timezone.now().replace(microsecond=0)
    warnings, answer = told(client)
    assert (warnings, answer["backup"], answer["status"]) == (["there is no backup yet"], None, "ok")
    assert lines() == [("Sauvegarde", "no"), ("Sauvegarde restaurée pour essai", "wait")]

    old = archive_of(folder, now - dt.timedelta(hours=37))
    assert told(client)[0] == ["the last backup is more than 36 hours old"]

    archive_of(folder, now - dt.timedelta(hours=35))
    warnings, answer = told(client)
    assert warnings == ["no backup was restored for three months to see whether it holds"]
    assert answer["backup"] == (now - dt.timedelta(hours=35)).isoformat()
    assert lines() == [("Sauvegarde", "ok"), ("Sauvegarde restaurée pour essai", "wait")]

    history.note_restored(old, now=now, rows=1, files=1)
    warnings, answer = told(client)
    assert (warnings, answer["backup_restored"]) == ([], now.isoformat())
    assert lines() == [("Sauvegarde", "ok"), ("Sauvegarde restaurée pour essai", "ok")]

    settings.BACKUP_FOLDER = folder / "nowhere"
    assert told(client)[0] == ["the folder of backups cannot be read"]
    assert lines()[-1] == ("Sauvegarde", "no")

    settings.BACKUP_FOLDER, settings.PRODUCTION = None, True
    assert "no backup: PORTAL_BACKUP_FOLDER is not set" in told(client)[0]
    assert lines()[-1] == ("Sauvegarde", "no")


@pytest.mark.django_db(transaction=True)
def test_by_the_clock_one_archive_is_made_however_often_it_is_told(folder: Path) -> None:
    tasks.back_up()
    tasks.back_up()
    assert len(history.archives(folder)) == 1


@pytest.mark.django_db(transaction=True)
def test_what_keeps_the_clock_from_it_is_logged(folder: Path, settings: Any, caplog: Any) -> None:
    settings.BACKUP_FOLDER = Path("/proc/nowhere")
    tasks.back_up()
    settings.BACKUP_FOLDER = folder
    settings.BACKUP_RECIPIENT = "age1" + "q" * 58  # the right form, and no key
    tasks.back_up()
    assert history.archives(folder) == []
    assert [path.name for path in folder.iterdir()] == [".lock"]
    assert [record.levelname for record in caplog.records if record.name == "core.tasks"] == ["ERROR", "ERROR"]


@pytest.mark.django_db(transaction=True)
def test_one_into_another_folder_disturbs_no_other(folder: Path, settings: Any) -> None:
    with scratch.held(settings.STATE_DIR, services._SCRATCH) as work:
        (work / archive.DATABASE).write_bytes(b"of the first")
        made = services.make(folder=folder, recipient="", rule=None, now=NOW)
        assert (work / archive.DATABASE).read_bytes() == b"of the first"
    with tarfile.open(made.path) as whole:
        assert archive.DATABASE in whole.getnames()
    assert [path.name for path in settings.STATE_DIR.iterdir()] == ["backups"]


@pytest.mark.django_db(transaction=True)
def test_without_a_dump_there_is_no_backup(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "programs" / "pg_dump"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    with pytest.raises(BackupRefused, match="n’a écrit aucun fichier"):
        services.make(folder=folder, recipient="", rule=None, now=NOW)
    assert history.archives(folder) == []


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_one_left_is_removed(folder: Path, settings: Any) -> None:
    left = [folder / ".portail-20261101-033000.tar.unfinished", settings.STATE_DIR / f"{services._SCRATCH}killed"]
    left[0].write_bytes(b"half")
    left[1].mkdir()
    (left[1] / archive.DATABASE).write_bytes(b"half")
    services.make(folder=folder, recipient="", rule=None, now=NOW)
    assert [path.exists() for path in left] == [False, False]


def test_a_database_that_does_not_answer_is_told(folder: Path) -> None:
    away = {"DATABASE_URL": "postgresql://portal_app@127.0.0.1:1/portal", "PORTAL_BACKUP_FOLDER": str(folder)}
    done = subprocess.run(
        [sys.executable, "manage.py", "backup"],
        cwd=configured.BASE_DIR,
        env=os.environ | away,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "PostgreSQL refuse\u00a0: connection failed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(folder: Path) -> None:
    with (
        services._alone_in(folder),
        pytest.raises(BackupRefused, match="Une autre sauvegarde"),
    ):
        services.make(folder=folder, recipient="", rule=None, now=NOW)


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"PORTAL_BACKUP_FOLDER": "here"}, "PORTAL_BACKUP_FOLDER='here': must be a whole path"),
        ({"PORTAL_BACKUP_AT": "25:00"}, "PORTAL_BACKUP_AT='25:00': must be a time of day"),
        ({"PORTAL_BACKUP_AT": "03:30"}, "PORTAL_BACKUP_AT: needs PORTAL_BACKUP_FOLDER"),
        ({"PORTAL_BACKUP_KEEP": "7"}, "PORTAL_BACKUP_KEEP='7': must be 3 numbers"),
        ({"PORTAL_BACKUP_RECIPIENT": "--output"}, "PORTAL_BACKUP_RECIPIENT: must be an age key"),
        ({"PORTAL_BACKUP_FOLDER": "/tmp/b", "PORTAL_BACKUP_AT": "03:30"}, ""),
    ],
)
def test_wrong_variables_are_told_at_start(variables: dict[str, str], problem: str) -> None:
    code = "from django.conf import settings; print('back-up' in settings.CELERY_BEAT_SCHEDULE)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=configured.BASE_DIR,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if problem:
        assert problem in done.stderr
    else:
        assert done.stdout == "True\n", done.stderr
