"""The ground itself: what ought to fail a test does."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection
from django.template import engines
from django.urls import reverse

from core.accounts import rights
from core.models import Region
from members.models import Organisation
from portal.celery import app
from tests import factories
from tests.support import strictness
from tests.support.people import ROLES


def test_tests_run_as_the_application(db):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match=r"permission denied"):
        cursor.execute("TRUNCATE sessions_app_session CASCADE")


@pytest.mark.parametrize("_time", [1, 2])
def test_a_committed_test_leaves_nothing(transactional_db, _time):
    assert not Organisation.objects.exists()
    factories.OrganisationFactory(member=True, with_scheme=True)


def test_reference_data_survives(transactional_db):
    assert Region.objects.count() == 18


@pytest.mark.parametrize(
    ("name", "granted"),
    [
        ("sessions_app.view_session", {"observer", "member", "former_animator", "funder", "animator", "administrator"}),
        ("sessions_app.prepare_session", {"animator"}),
        ("accounts.administer", {"administrator"}),
    ],
)
def test_people_have_their_roles(people, name, granted):
    assert {role for role in ROLES if rights.allows(people.role(role), name)} == granted


@pytest.fixture
def own_template(settings, tmp_path):
    """Renders text as if it stood in `templates/`."""
    settings.BASE_DIR = tmp_path
    place = tmp_path / "templates/page.html"
    place.parent.mkdir()

    def render(text, **context):
        template = engines["django"].from_string(text)
        template.template.origin.name = str(place)
        return template.render(context)

    return render


@pytest.mark.parametrize("text", ["{{ x }}", "{{ x.y }}", "{{ known.y|upper }}", "{% for y in x %}{% endfor %}"])
def test_undefined_variables_fail(own_template, text):
    with pytest.raises(strictness.UndefinedVariableError):
        own_template(text, known={})


@pytest.mark.parametrize("text", ["{% if x %}{% endif %}", '{{ x|default:"" }}', "{{ known.y|upper }}"])
def test_optional_variables_pass(own_template, text):
    assert own_template(text, known={"y": ""}) == ""


def test_undefined_variables_of_libraries_pass():
    assert engines["django"].from_string("{{ x }}{% for y in x %}{% endfor %}").render({}) == ""


@pytest.mark.urls("tests.support.trial_urls")
def test_a_get_that_writes_is_seen(client, db):
    factories.SpaceFactory()
    assert client.get("/write/").status_code == 200
    assert len(strictness.written_by_reading) == 1
    strictness.written_by_reading.clear()
    client.head("/write/")
    strictness.written_by_reading.clear()
    client.post("/write/")
    assert strictness.written_by_reading == []


@pytest.mark.urls("tests.support.trial_urls")
def test_the_browser_reports_what_goes_wrong(browsing):
    browsing.open().goto("/broken/")
    found = "\n".join(browsing.problems)
    assert "script-src" in found
    assert "absente.png" in found
    browsing.problems.clear()


@pytest.mark.urls("tests.support.trial_urls")
def test_the_browser_finds_nothing_on_a_good_page(browsing, assert_accessible):
    page = browsing.open(width=360)
    page.goto("/good/")
    assert_accessible(page)


def test_a_worker_answers(worker):
    assert app.control.ping(destination=[worker.name], timeout=2)


def test_sign_in_of_the_client_holds(people, signed_in):
    client = signed_in(people.member)
    assert client.get(reverse("account_change_password")).status_code == 200
