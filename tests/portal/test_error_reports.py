"""A fault is reported where an address is given, by a real process to a real server, and nobody's data goes along."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import brotli
import pytest

from tests.support.worker import database_url

PERSONAL = ("Camille Durand", "camille@exemple.org", "Xq7Zw9kLmN3pRtVb", "geheim-cookie", "mot-cherche")
UNPACK: dict[str | None, Any] = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
SCRIPT = """
import io, logging, os
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
import django
from django.conf import settings
django.setup()
settings.ROOT_URLCONF = "tests.support.trial_urls"
from django.core.wsgi import get_wsgi_application
environ = {
    "REQUEST_METHOD": "POST", "PATH_INFO": "/fault/Xq7Zw9kLmN3pRtVb/", "QUERY_STRING": "q=mot-cherche",
    "SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_COOKIE": "sessionid=geheim-cookie",
    "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "30",
    "wsgi.input": io.BytesIO(b"name=Camille+Durand&mail=camille"), "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
}
status = []
list(get_wsgi_application()(environ, lambda *arguments: status.append(arguments[0])))
logging.getLogger("core.trial").error("A job failed for %s", "Camille Durand")
import sentry_sdk
sentry_sdk.flush(10)
print(status[0])
"""


@pytest.fixture
def reports() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The DSN of a server that keeps the events it is sent, and these."""
    events: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            body = UNPACK[self.headers.get("Content-Encoding")](body)
            lines = body.decode().splitlines()
            events.extend(
                json.loads(payload)
                for head, payload in zip(lines[1::2], lines[2::2], strict=False)
                if json.loads(head)["type"] == "event"
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://public@127.0.0.1:{server.server_port}/1", events
    server.shutdown()
    server.server_close()


def run(dsn: str) -> str:
    environment = {**os.environ, "DATABASE_URL": database_url(), "PORTAL_SENTRY_DSN": dsn}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_fault_is_reported_without_anything_of_anybody(
    transactional_db: None, reports: tuple[str, list[dict[str, Any]]]
) -> None:
    dsn, events = reports
    assert run(dsn) == "500 Internal Server Error"
    fault = next(event for event in events if "exception" in event)
    assert {each["value"] for each in fault["exception"]["values"]} == {""}
    raised = next(each for each in fault["exception"]["values"] if each["type"] == "ValueError")
    assert raised["stacktrace"]["frames"][-1]["function"] == "fault"
    assert fault["request"] == {"method": "POST"}
    assert len(fault["tags"]["request"]) == 12  # the number that leads to the log
    logged = next(event for event in events if event.get("logger") == "core.trial")
    assert logged["logentry"]["message"] == "A job failed for %s"
    everything = json.dumps(events, ensure_ascii=False)
    assert [secret for secret in PERSONAL if secret in everything] == []


def test_a_dsn_that_is_none_stops_the_start(reports: tuple[str, list[dict[str, Any]]]) -> None:
    environment = {**os.environ, "PORTAL_SENTRY_DSN": "sentry.example.org"}
    done = subprocess.run(
        [sys.executable, "-c", "import portal.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "PORTAL_SENTRY_DSN: must be the DSN of a Sentry project." in done.stderr
