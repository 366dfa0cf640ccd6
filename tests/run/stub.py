"""A portal of a few lines in a checkout of its own: the supervisor is tested without waiting for Django."""

import shutil
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]

_MANAGE = """
import os, pathlib, sys
import psycopg

with (pathlib.Path(os.environ["PORTAL_STATE_DIR"]) / "commands").open("a") as done:
    print(*sys.argv[1:], file=done)
if sys.argv[1] == "migrate":
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        connection.execute("create extension if not exists btree_gist")
        connection.execute("create table if not exists kept (at timestamptz default now())")
        connection.execute("grant select, insert on kept to portal_app")
if sys.argv[1] == "load_demo":
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("insert into kept default values")
state = pathlib.Path(os.environ["PORTAL_STATE_DIR"]) / "administrator"
if sys.argv[1:] == ["start_space", "--state"]:
    print(state.read_text() if state.exists() else "nothing")
if sys.argv[1:] == ["start_space", "--noinput"]:
    if "@" not in os.environ["PORTAL_ADMIN_EMAIL"]:
        sys.exit("not an address")
    state.write_text("waiting")
    print("http://first-link/ for", os.environ["PORTAL_ADMIN_EMAIL"], os.environ["PORTAL_ADMIN_LAST_NAME"])
if sys.argv[1:] == ["start_space", "--new-link"]:
    print("http://new-link/")
if "--print-accounts" in sys.argv:
    print("membre@portail.example")
if sys.argv[1] == "show":
    print(os.environ["PORTAL_PROFILE"], os.environ["DATABASE_URL"], os.environ["REDIS_URL"])
if sys.argv[1] == "show-key":
    print(os.environ["PORTAL_SECRET_KEY"], os.environ.get("PORTAL_SECRET_KEY_FILE"))
if sys.argv[1] == "show-address":
    print(os.environ.get("PORTAL_BASE_URL"), os.environ.get("PORTAL_BASE_URL_FILE"))
"""
_WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"stub"]
"""
_CELERY = """
import os
from celery import Celery

socket = os.environ["REDIS_URL"].removeprefix("unix://").partition("?")[0]
app = Celery("portal", broker=f"redis+socket://{socket}?virtual_host=0")
app.conf.broker_connection_retry_on_startup = True
"""


_TEST = """
import os
import pathlib

def test_tells_its_state():
    state = pathlib.Path(os.environ["PORTAL_STATE_DIR"])
    pathlib.Path("told").write_text(str(state))
    assert os.environ["PORTAL_PROFILE"] == "test"
"""


def make_checkout(folder: Path) -> Path:
    """Write the stub with a copy of bin/ into `folder` and return it."""
    shutil.copytree(_ROOT / "bin", folder / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    files = {
        "manage.py": _MANAGE,
        "portal/__init__.py": "",
        "portal/settings.py": "",
        "portal/wsgi.py": _WSGI,
        "portal/celery.py": _CELERY,
        "deploy/log.json": "{}",
        "requirements/run.lock": "",
        "core/__init__.py": "",
        "core/variables.py": (_ROOT / "core/variables.py").read_text(),
        "locale/fr/LC_MESSAGES/django.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
        "bin/checks": "print('checks')\n",
        "tests/test_stub.py": _TEST,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder
