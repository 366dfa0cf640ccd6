"""The file, to who may read it: whole, as an attachment, inert in a browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from core.accounts.rights import PermissionRefused
from core.reports import files
from core.reports.models import Report
from core.reports.serving import serve
from sessions_app.models import MinutesVersion
from tests.core.reports.conftest import ask, make
from tests.support.people import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]


@pytest.fixture
def report(version: MinutesVersion, people: People) -> Report:
    return make(ask(version, people.member))


def request(user: Any, method: str = "get", **headers: str) -> HttpRequest:
    made = getattr(RequestFactory(), method)("/", headers=headers)
    made.user = user
    return made


def test_an_attachment_with_a_french_name(report: Report, people: People) -> None:
    response = serve(request(people.member), report)

    body = b"".join(response)
    response.close()
    assert files.sha256(body) == report.file_sha256
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(report.file_size)
    assert response["Content-Disposition"] == 'attachment; filename="Rapport de la 21e session, version 1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-cache"


def test_names_beyond_ascii_survive(report: Report, people: People) -> None:
    report.file_name = "Séance d’été.pdf"
    response = serve(request(people.member), report)
    response.close()

    assert f"filename*=utf-8''{quote('Séance d’été.pdf')}" in response["Content-Disposition"]


def test_head_says_all_but_the_body(report: Report, people: People) -> None:
    response = serve(request(people.member, "head"), report)

    assert response.content == b""
    assert response["Content-Length"] == str(report.file_size)


def test_what_the_browser_has_is_not_sent_again(report: Report, people: People) -> None:
    response = serve(request(people.member, if_none_match=f'"{report.file_sha256}"'), report)

    assert response.status_code == 304
    assert response["ETag"] == f'"{report.file_sha256}"'


def test_the_right_of_this_moment_counts(report: Report, people: People) -> None:
    with pytest.raises(PermissionRefused):
        serve(request(people.outsider), report)


def test_a_file_that_is_gone_is_told(report: Report, people: People) -> None:
    files.absolute_path(report.file).unlink()
    with pytest.raises(Http404):
        serve(request(people.member), report)
