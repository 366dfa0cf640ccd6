"""A drill: the demonstration is backed up, brought back into a second database of the cluster, and compared."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from psycopg import sql

from core.accounts.models import User
from core.backups import archive, database, history
from core.backups.errors import BackupRefused
from core.models import StoredFile
from core.notifications import outbox
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.reports import jobs, services as reports
from core.reports.models import Report
from portal.demo import loader
from sessions_app.documents import SESSION_REPORT
from sessions_app.models import MinutesVersion
from tests import factories
from tests.support.database import owner_connection
from tests.support.worker import database_url

pytestmark = [pytest.mark.django_db(transaction=True)]
SECOND = f"restored_{os.getpid()}"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "state" / "media"
    settings.STATE_DIR = tmp_path / "state"
    settings.BACKUP_FOLDER = tmp_path / "backups"
    return settings.BACKUP_FOLDER


@pytest.fixture
def second(transactional_db: None) -> Iterator[str]:
    """An empty database beside that of the tests."""
    with owner_connection() as owner:
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(SECOND)))
        yield SECOND
        owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(SECOND)))


def back_up(**options: Any) -> tuple[Path, str]:
    out = io.StringIO()
    call_command("backup", stdout=out, **options)
    return history.archives(configured.BACKUP_FOLDER)[0][1], out.getvalue()


def manage(name: str, state: Path, *words: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """manage.py as whoever restores calls it: the second database, a state directory of its own."""
    application = urlsplit(database_url())
    addresses = {"DATABASE_URL": urlunsplit(application._replace(path=f"/{name}"))}
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        addresses["DATABASE_OWNER_URL"] = urlunsplit(urlsplit(owner)._replace(path=f"/{name}"))
    environment = os.environ | addresses | {"PORTAL_STATE_DIR": str(state)} | variables
    command = [sys.executable, "manage.py", *map(str, words)]
    return subprocess.run(
        command, cwd=configured.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


def rows_of(name: str) -> dict[str, database.Table]:
    with database.own_connection() as here:
        parameters = here.info.get_parameters() | {"dbname": name}
        with psycopg.connect(**parameters, password=here.info.password, autocommit=True) as own:
            own.execute(database._ALIKE)
            return database.measured(own)


def hashes(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): archive.hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def a_report(version: MinutesVersion, by: User) -> Report:
    asked = reports.request_report(kind=SESSION_REPORT, subject_id=version.public_id, by=by, now=timezone.now())
    claimed = jobs.claim(asked.pk, now=timezone.now())
    assert claimed is not None
    jobs.make(claimed)
    asked.refresh_from_db()
    return asked


def signs_in_and_reads(path: str) -> bytes:
    client = Client()
    sent = {"login": "membre@portail.example", "password": "demo-portail-2026"}
    assert client.post("/compte/login/", sent).status_code == 302
    response = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_demonstration_comes_back_as_it_was(
    folder: Path, second: str, tmp_path: Path, settings: Any, dead_broker: None
) -> None:
    loader.load_all(today=timezone.localdate())
    version = MinutesVersion.objects.get(session__number=21)
    report = a_report(version, User.objects.get(email="membre@portail.example"))
    pdf = signs_in_and_reads("/sessions/21/rapport.pdf")
    assert pdf.startswith(b"%PDF-")
    waiting = OutboxMessage.objects.filter(state=MailState.QUEUED).count()
    before, media = rows_of(connections["default"].settings_dict["NAME"]), Path(settings.MEDIA_ROOT)

    path, said = back_up()
    assert f"lignes : {sum(table.rows for table in before.values())}" in said.replace("\u00a0", " ")

    state = tmp_path / "other"
    done = manage(second, state, "restore", path)
    assert done.returncode == 0, done.stderr
    assert "Restauré" in done.stdout
    assert "une connexion a été essayée" in done.stdout
    assert hashes(state / "media") == hashes(media)

    after = rows_of(second)
    changed = {name for name in before if before[name] != after[name]}
    # what a restore changes itself: browsers are signed out; mails that waited wait for a decision
    assert changed <= {"django_session", "notifications_outboxmessage"}
    assert after["django_session"].rows == 0
    assert {name: table.rows for name, table in after.items() if name != "django_session"} == {
        name: table.rows for name, table in before.items() if name != "django_session"
    }

    connections.close_all()
    here = connections["default"].settings_dict["NAME"]
    connections["default"].settings_dict["NAME"] = second
    settings.MEDIA_ROOT = state / "media"
    try:
        assert signs_in_and_reads("/sessions/21/rapport.pdf") == pdf
        assert Report.objects.get(pk=report.pk).file_sha256 == report.file_sha256
        assert OutboxMessage.objects.filter(state=MailState.UNCERTAIN, problem=outbox.RESTORED).count() == waiting
        assert not OutboxMessage.objects.filter(state=MailState.QUEUED).exists()
    finally:
        connections.close_all()
        connections["default"].settings_dict["NAME"] = here

    again = manage(second, tmp_path / "third", "restore", path)
    assert again.returncode == 1
    assert re.search(r"La base de données «\W+restored_\d+\W+» n’est pas vide", again.stderr)
    assert history.status().restored is not None


@pytest.fixture
def small(folder: Path, settings: Any) -> Path:
    """An archive of little: a space, a person, one file."""
    factories.SpaceFactory()
    factories.UserFactory(email="anne@exemple.example")
    kept = Path(settings.MEDIA_ROOT) / "files" / "ab" / "abcdef"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"one file" * 5_000)
    return back_up()[0]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_its_end(path: Path) -> None:
    with tarfile.open(path) as whole:
        end = whole.getmember(archive.MANIFEST).offset
    path.write_bytes(path.read_bytes()[:end] + bytes(10_240))


def flip(name: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with tarfile.open(path) as whole:
            place = whole.getmember(name).offset_data + 10
        body = bytearray(path.read_bytes())
        body[place] ^= 1
        path.write_bytes(bytes(body))

    return change


def without_its_database(path: Path) -> None:
    with path.open("wb") as output:
        writer = archive.Writer(output)
        writer.add_text(archive.SETTINGS, "")
        writer.finish({"tables": {}})


def lead_outside(path: Path) -> None:
    with tarfile.open(path) as whole:
        entries = [(entry, whole.extractfile(entry).read()) for entry in whole]
    with tarfile.open(path, "w") as changed:
        for entry, body in entries:
            entry.name = entry.name.replace("media/files/", "media/../../")
            changed.addfile(entry, io.BytesIO(body))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (cut, "coupée ou modifiée"),
        (without_its_end, "n’a pas de fin"),
        (flip(archive.DATABASE), r"modifiée depuis sa création.*database\.dump"),
        (flip("media/files/ab/abcdef"), r"modifiée depuis sa création.*media/files/ab/abcdef"),
        (flip(archive.MANIFEST), "liste de son contenu a été modifiée"),
        (without_its_database, "ne contient aucune base de données"),
        (lead_outside, r"n’est pas une archive du portail.*media/\.\./\.\./ab"),
    ],
)
def test_an_archive_that_was_cut_or_changed_is_refused(
    small: Path, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(small)
    (tmp_path / "unpacked").mkdir()
    with pytest.raises(BackupRefused, match=told):
        archive.unpack(small, tmp_path / "unpacked", None)


def test_a_refused_archive_leaves_everything_as_it_was(small: Path, second: str, tmp_path: Path) -> None:
    flip(archive.DATABASE)(small)
    state = tmp_path / "other"
    done = manage(second, state, "restore", small)
    assert done.returncode == 1
    assert "a été modifiée depuis sa création" in done.stderr
    assert "Traceback" not in done.stderr
    assert rows_of(second) == {}
    assert list(state.iterdir()) == []
    assert not history.note_of(small).exists()


def test_what_would_be_overwritten_is_refused(small: Path, second: str, tmp_path: Path) -> None:
    state = tmp_path / "other"
    (state / "media").mkdir(parents=True)
    (state / "media" / "mine").touch()
    done = manage(second, state, "restore", small)
    assert (done.returncode, "n’est pas vide" in done.stderr) == (1, True)
    assert rows_of(second) == {}


def test_an_archive_of_a_later_release_is_refused(folder: Path, second: str, tmp_path: Path) -> None:
    with owner_connection() as owner:
        owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_later', now())")
        try:
            path, _said = back_up()
        finally:
            owner.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    done = manage(second, tmp_path / "other", "restore", path)
    assert (done.returncode, "core.9999_later" in done.stderr) == (1, True)
    assert rows_of(second) == {}


def test_an_archive_is_tried_without_touching_anything(small: Path, settings: Any, tmp_path: Path) -> None:
    name = connections["default"].settings_dict["NAME"]
    before = rows_of(name)
    done = manage(name, tmp_path / "state", "restore", "--try", PORTAL_BACKUP_FOLDER=str(small.parent))
    assert done.returncode == 0, done.stderr
    assert "L’archive tient" in done.stdout
    assert rows_of(name) == before
    assert history.status().restored is not None
    assert left_by_trials() == set()
    assert not list((tmp_path / "state").glob(".trial-*"))
    assert (tmp_path / "state" / "media" / "files" / "ab" / "abcdef").exists()


def left_by_trials(*, at_work: bool = False) -> set[str]:
    """The server is shared with tests that run beside this one: what a trial still works in is not left."""
    with owner_connection() as owner:
        found = owner.execute(
            """
            SELECT d.datname FROM pg_database d WHERE d.datname LIKE 'portail_trial_%%'
            AND (%(at_work)s OR NOT EXISTS (SELECT FROM pg_stat_activity a WHERE d.datname IN (a.datname, a.application_name)))
            """,
            {"at_work": at_work},
        ).fetchall()
    return {name for (name,) in found}


def test_what_a_killed_trial_left_goes_at_the_next_and_no_other_trial_is_disturbed(
    small: Path, tmp_path: Path, transactional_db: None
) -> None:
    name, state = connections["default"].settings_dict["NAME"], tmp_path / "state"
    (state / ".trial-killed" / "media").mkdir(parents=True)
    with owner_connection() as owner:
        owner.execute("SET application_name = 'portail_trial_goes_on'")
        owner.execute("CREATE DATABASE portail_trial_goes_on TEMPLATE template0")
        owner.execute("CREATE DATABASE portail_trial_killed TEMPLATE template0")
        try:
            done = manage(name, state, "restore", "--try", small)
            assert done.returncode == 0, done.stderr
            assert left_by_trials() == set()
            assert "portail_trial_goes_on" in left_by_trials(at_work=True)
        finally:
            for left in ("portail_trial_killed", "portail_trial_goes_on"):
                owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(left)))
    assert not (state / ".trial-killed").exists()


def test_addresses_that_stand_in_files_lead_a_trial_to_its_own_database(
    small: Path, second: str, tmp_path: Path
) -> None:
    """The database they name is empty, so nothing but the address keeps the trial out of it."""
    url = urlunsplit(urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{second}"))
    (tmp_path / "address").write_text(url + "\n")
    done = manage(
        second,
        tmp_path / "other",
        "restore",
        "--try",
        small,
        DATABASE_URL="",
        DATABASE_OWNER_URL="",
        DATABASE_URL_FILE=str(tmp_path / "address"),
    )
    assert done.returncode == 0, done.stderr
    assert "L’archive tient" in done.stdout
    assert rows_of(second) == {}


def test_the_role_that_runs_the_portal_is_not_told_to_make_databases(small: Path, tmp_path: Path) -> None:
    name = connections["default"].settings_dict["NAME"]
    done = manage(name, tmp_path / "other", "restore", "--try", small, DATABASE_OWNER_URL="")
    assert done.returncode == 1
    assert "DATABASE_OWNER_URL" in done.stderr
    assert "CREATEDB" not in done.stderr


def test_what_apps_do_after_a_restore_is_done_even_where_the_running_role_cannot_work(
    small: Path, second: str, tmp_path: Path
) -> None:
    with owner_connection() as owner:
        owner.execute("INSERT INTO django_session VALUES ('of-a-browser', '', now() + interval '1 day')")
    path, _said = back_up()
    away = f"postgresql://portal_app@127.0.0.1:1/{second}"
    done = manage(second, tmp_path / "other", "restore", path, DATABASE_URL=away)
    assert done.returncode == 1
    assert "Tout est restauré" in done.stderr
    assert rows_of(second)["django_session"].rows == 0


def test_the_running_role_is_made_with_its_password(small: Path, second: str, tmp_path: Path) -> None:
    """By a role that may make roles, as a managed server's first one: here that of the tests' own cluster."""
    host = urlsplit(os.environ["DATABASE_OWNER_URL"]).netloc.rpartition("@")[2]
    root = f"postgresql://postgres@{host}/{second}"
    role = f"portal_app_{os.getpid()}"
    variables = {"DATABASE_OWNER_URL": root, "DATABASE_URL": f"postgresql://{role}:pass-of-it@{host}/{second}"}
    done = manage(second, tmp_path / "other", "restore", small, PORTAL_APP_ROLE=role, **variables)
    with psycopg.connect(root, autocommit=True) as own:
        try:
            assert done.returncode == 0, done.stderr
            kept = own.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [role]).fetchone()[0]
            assert kept.startswith("SCRAM-SHA-256$")
        finally:
            own.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
            own.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@pytest.mark.parametrize("end", [False, True])
def test_what_stands_behind_a_refusal_is_not_read_into_memory(small: Path, tmp_path: Path, *, end: bool) -> None:
    """64 MB behind a file that is not the portal's, or behind the end of the tar, in an encrypted archive."""
    plain, key, path = tmp_path / "plain.tar", tmp_path / "key", tmp_path / "portail-20261101-033000.tar.age"
    subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
    with plain.open("wb") as output:
        if end:
            output.write(small.read_bytes())
        else:
            entry = tarfile.TarInfo("foreign")
            entry.size = 64 * 1024 * 1024
            output.write(entry.tobuf())
        output.truncate(output.tell() + 64 * 1024 * 1024)
    recipient = re.search("age1[0-9a-z]+", key.read_text())[0]
    subprocess.run(["age", "--recipient", recipient, "--output", path, plain], check=True)
    (tmp_path / "unpacked").mkdir()
    tracemalloc.start()
    try:
        with nullcontext() if end else pytest.raises(BackupRefused, match="foreign"):
            archive.unpack(path, tmp_path / "unpacked", key)
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_encrypted_it_opens_with_the_key_alone(
    small: Path, second: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {}
    for name in ("right", "wrong"):
        keys[name] = tmp_path / f"{name}.key"
        subprocess.run(["age-keygen", "-o", keys[name]], check=True, capture_output=True)
    settings.BACKUP_RECIPIENT = re.search("age1[0-9a-z]+", keys["right"].read_text())[0]
    monkeypatch.setenv("PORTAL_SECRET_KEY", "a-secret-of-this-portal")
    assert b"a-secret-of-this-portal" not in small.read_bytes()
    small.unlink()
    path, said = back_up()
    assert path.suffix == ".age"
    assert "n’est pas chiffrée" not in said
    body = path.read_bytes()
    assert b"one file" not in body
    assert b"a-secret-of-this-portal" not in body

    for options, told in (
        ([], "--identity"),
        (["--identity", keys["wrong"]], "mauvaise clé"),
        (["--identity", tmp_path / "nowhere"], "mauvaise clé"),
    ):
        done = manage(second, tmp_path / "other", "restore", path, *options)
        assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr
    done = manage(second, tmp_path / "other", "restore", path, "--identity", keys["right"])
    assert done.returncode == 0, done.stderr
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    archive.unpack(path, unpacked, keys["right"])
    assert "PORTAL_SECRET_KEY=a-secret-of-this-portal\n" in (unpacked / archive.SETTINGS).read_text()

    cut(path)
    done = manage(second, tmp_path / "third", "restore", path, "--identity", keys["right"])
    assert done.returncode == 1


def test_a_folder_that_takes_nothing_is_told(folder: Path, tmp_path: Path) -> None:
    folder.write_text("a file")
    with pytest.raises(CommandError, match="ne peut pas être écrite"):
        call_command("backup")


def test_a_file_that_is_gone_is_told(folder: Path) -> None:
    stored = StoredFile(original_name="note.txt", content_type="text/plain", size=4, sha256="0" * 64)
    stored.file.save("note.txt", ContentFile(b"note"))
    Path(stored.file.path).unlink()
    errors = io.StringIO()
    call_command("backup", stdout=io.StringIO(), stderr=errors)
    assert stored.file.name in errors.getvalue()
