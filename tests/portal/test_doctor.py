"""`manage.py doctor`: a line for each part, what it means, what to do; 1 where something must be done now."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core import tasks
from core.queue import QUEUES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def healthy() -> None:
    factories.SpaceFactory()
    for name in QUEUES:
        tasks.canary(queue=name)


def doctor(*options: str) -> tuple[int, str]:
    out, code = io.StringIO(), 0
    try:
        call_command("doctor", *options, stdout=out)
    except SystemExit as stop:
        code = int(stop.code)
    return code, out.getvalue()


def test_a_healthy_portal() -> None:
    code, told = doctor()
    assert code == 0, told
    for line in ("✓ Base de données : Répond", "✓ Horloge : Juste", "✓ Planificateur et files : Au travail"):
        assert line in told.replace("\u00a0", " ")
    assert "✓ Nom du portail : 127.0.0.1" in told.replace("\u00a0", " ")
    assert "! Serveur de courriel : Aucun" in told.replace("\u00a0", " ")


def test_what_must_be_done_ends_with_1(settings: Any) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/redis.sock"}}
    code, told = doctor("--inside")
    assert code == 1
    assert "✗ Redis : Ne sert plus" in told.replace("\u00a0", " ")
    assert "Nom du portail" not in told


def test_a_name_that_leads_nowhere_and_a_server_that_is_not_there(settings: Any) -> None:
    settings.BASE_URL = "https://portail.invalid"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.DEFAULT_FROM_EMAIL = "Portail <portail@exemple.example>"
    code, told = doctor()
    told = told.replace("\u00a0", " ")
    assert code == 1
    assert "✗ Nom du portail : Inconnu" in told
    assert "✗ Certificat : Refusé" in told
    assert "✗ Serveur de courriel : Refusé" in told
    assert "dig TXT _dmarc.exemple.example" in told


def test_a_test_mail_leaves_at_once(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    code, told = doctor("--inside", "--mail", "anne@exemple.example")
    assert (code, "✓ Courriel d’essai" in told) == (0, True)
    (mail,) = tmp_path.iterdir()
    assert "To: anne@exemple.example" in mail.read_text()
    with pytest.raises(CommandError):
        doctor("--inside", "--mail", "anne")


def test_without_a_database_it_says_so(database_away: None) -> None:
    with pytest.raises(CommandError, match="base de données ne répond pas"):
        doctor("--inside")
