"""What publishing freezes: the session as it stood, and no name of anybody."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import canonical
from core.partial_dates import day, month
from core.partial_dates.values import as_json
from sessions_app.enums import FollowUp, Presence
from sessions_app.minutes import snapshot
from sessions_app.minutes.snapshot import Json, PersonRef
from sessions_app.models import Session
from tests import factories
from tests.support.people import People

pytestmark = pytest.mark.django_db
AT = dt.datetime(2024, 11, 24, 8, 12, 30, 999, tzinfo=dt.UTC)


@pytest.fixture
def session(people: People) -> Session:
    return factories.SessionFactory(
        number=21, title="Cofinancer", date=month(2024, 11), video_link="https://v.example/k"
    )


def build(session: Session, people: People, **more: Any) -> Json:
    values = {"number": 1, "procedure": "direct", "reason": "", "published_at": AT, "author": people.animator}
    return snapshot.build(session, **{**values, "organisation": people.animating, **more})


def ref(user: Any) -> PersonRef:
    return PersonRef("user", str(user.public_id))


def test_the_session_itself(session: Session, people: People) -> None:
    built = build(session, people)

    assert built["schema"] == snapshot.SCHEMA
    assert built["session"]["number"] == 21
    assert built["session"]["date"] == as_json(month(2024, 11))
    assert built["session"]["starts_at"] is None
    assert built["cycle"] == {"year": 2024, "theme": session.cycle.theme}
    assert built["version"]["published_at"] == "2024-11-24T08:12:30Z"
    assert built["organisation"] == {
        "public_id": str(people.animating.public_id),
        "name": "Fondation des Territoires",
    }


def test_it_is_canonical_and_survives_the_database(session: Session, people: People) -> None:
    built = build(session, people)

    assert canonical.sha256(json.loads(json.dumps(built))) == canonical.sha256(built)
    assert build(session, people) == built


def test_no_name_of_a_person_and_no_key_to_the_room(session: Session, people: People) -> None:
    item = factories.AgendaItemFactory(session=session)
    factories.SpeakerFactory(item=item, guest_name="Dominique Invitée")
    factories.SpeakerFactory(item=item, guest_name="", user=people.member)
    row = factories.AttendanceFactory(session=session)
    factories.AttendeeFactory(attendance=row, user=None, name="Camille Présente")
    factories.ActionItemFactory(session=session, person=people.member)
    text = json.dumps(build(session, people), ensure_ascii=False)

    for secret in ("Invitée", "Présente", people.member.last_name, people.animator.last_name, "v.example"):
        assert secret not in text


def test_names_are_found_when_shown(session: Session, people: People) -> None:
    item = factories.AgendaItemFactory(session=session)
    guest = factories.SpeakerFactory(item=item, guest_name="Dominique Invitée")
    row = factories.AttendanceFactory(session=session)
    typed = factories.AttendeeFactory(attendance=row, user=None, name="Camille Présente")
    factories.AttendeeFactory(attendance=row, user=people.member)
    people_in = snapshot.people_in(build(session, people))

    with CaptureQueriesContext(connection) as queries:
        names = snapshot.resolve_names(people_in)
    assert len(queries) == 3
    assert names == {
        ref(people.animator): people.animator.get_full_name(),
        ref(people.member): people.member.get_full_name(),
        PersonRef("attendee", str(typed.public_id)): "Camille Présente",
        PersonRef("speaker", str(guest.public_id)): "Dominique Invitée",
    }


def test_who_is_no_longer_known_is_left_out() -> None:
    gone = {"kind": "user", "id": "00000000-0000-0000-0000-000000000000"}

    assert snapshot.resolve_names({PersonRef(**gone)}) == {}
    assert snapshot.name_of(gone, {}) == ""
    assert snapshot.name_of(None, {}) == ""


def test_clock_times_are_computed(people: People) -> None:
    session = factories.SessionFactory(
        items=2, date=day(dt.date(2024, 7, 1)), starts_at=dt.datetime(2024, 7, 1, 12, tzinfo=dt.UTC)
    )

    assert [item["starts_at"] for item in build(session, people)["agenda"]] == [
        "2024-07-01T12:00:00Z",
        "2024-07-01T12:15:00Z",
    ]


def test_every_member_of_that_day_has_a_place(session: Session, people: People) -> None:
    later = factories.OrganisationFactory(name="Arrivée depuis")
    factories.MembershipFactory(organisation=later, period=factories.since(dt.date(2024, 12, 1)))
    guest = factories.OrganisationFactory(name="École invitée")
    factories.AttendanceFactory(session=session, organisation=guest, presence=Presence.REMOTE)
    scheme = factories.OrganisationFactory(name="Zeste", member=True, with_scheme=True)
    entries = {entry["organisation"]["name"]: entry for entry in build(session, people)["attendance"]}

    assert "Arrivée depuis" not in entries
    assert entries["École invitée"]["presence"] == "remote"
    assert entries["Zeste"]["presence"] is None
    assert entries["Zeste"]["runs_scheme"] is True
    assert list(entries).index("École invitée") < list(entries).index("Fondation des Territoires")
    assert scheme.name == list(entries)[-1]


def test_actions_as_they_stood(session: Session, people: People) -> None:
    decision = factories.DecisionFactory(session=session)
    action = factories.ActionItemFactory(session=session, decision=decision, due=month(2025, 1))
    frozen = build(session, people)
    action.status = FollowUp.DONE
    action.save()

    assert frozen["actions"][0]["status"] == "open"
    assert frozen["actions"][0]["decision"] == str(decision.public_id)
    assert frozen["actions"][0]["reference"] == "A-21-01"
    assert build(session, people)["actions"][0]["status"] == "done"


def test_only_the_newest_version_of_a_material(session: Session, people: People) -> None:
    first = factories.MaterialFactory(session=session, title="Support")
    factories.MaterialFactory(session=session, title="Support corrigé", series=first.series, version=2)

    assert [material["title"] for material in build(session, people)["materials"]] == ["Support corrigé"]


def test_a_draft_has_the_same_shape(session: Session, people: People) -> None:
    draft = snapshot.build_draft(session, on=dt.date(2024, 11, 20))

    assert draft.keys() == build(session, people).keys()
    assert (draft["version"], draft["organisation"]) == (None, None)
    assert snapshot.people_in(draft) == set()


def test_queries_do_not_grow(people: People) -> None:
    def queries(items: int) -> int:
        session = factories.SessionFactory()
        for _number in range(items):
            item = factories.AgendaItemFactory(session=session)
            factories.SpeakerFactory(item=item)
            factories.AttendeeFactory(attendance=factories.AttendanceFactory(session=session))
            factories.ActionItemFactory(session=session, decision=factories.DecisionFactory(session=session))
            factories.MaterialFactory(session=session)
        with CaptureQueriesContext(connection) as captured:
            build(session, people)
        return len(captured)

    assert queries(1) == queries(3) <= 16
