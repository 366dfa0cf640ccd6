"""A page links to what its reader may open: materials kept for those who took part, on the session's and the cycle's page."""

from __future__ import annotations

from typing import Any

import pytest

from members.models import Organisation
from sessions_app.enums import Audience
from sessions_app.models import Material, Session
from tests import factories
from tests.core.files import makers
from tests.sessions_app.test_materials import add, pdf
from tests.support.people import People

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://exemple.example/reserve"


@pytest.fixture
def session(people: People) -> Session:
    factories.SpaceFactory()
    session = factories.SessionFactory(number=22)
    attended = Organisation.objects.get(positions__user=people.member)
    factories.AttendanceFactory(session=session, organisation=attended)
    add(session, people, title="Le fichier", upload=pdf(), audience=Audience.PARTICIPANTS)
    add(session, people, title="Le lien", link=ELSEWHERE, audience=Audience.PARTICIPANTS)
    return session


@pytest.mark.parametrize(
    ("role", "opens"),
    [("administrator", False), ("funder", False), ("observer", False), ("member", True), ("animator", True)],
)
def test_links_follow_the_right(session: Session, people: People, signed_in: Any, role: str, opens: bool) -> None:
    client = signed_in(people.role(role))
    file = Material.objects.get(title="Le fichier")
    address = f"/sessions/22/supports/{file.public_id}/"
    for page in (session.get_absolute_url(), session.cycle.get_absolute_url()):
        content = client.get(page).content.decode()
        assert "Le fichier" in content, page
        assert (address in content, ELSEWHERE in content) == (opens, opens), page
        assert ("Réservé aux participants" in content) is not opens, page
    found = [
        part for part in client.get(session.get_absolute_url()).content.decode().split('"') if address[-37:] in part
    ]
    assert bool(found) is opens
    for link in found:
        response = client.get(link)
        assert (response.status_code, response.getvalue()) == (200, makers.PDF)


def test_more_of_them_cost_no_more(
    session: Session, people: People, signed_in: Any, assert_constant_queries: Any
) -> None:
    client = signed_in(people.member)
    page = session.get_absolute_url()
    assert_constant_queries(
        client, page, lambda: add(session, people, link=ELSEWHERE, audience=Audience.PARTICIPANTS), most=30
    )
