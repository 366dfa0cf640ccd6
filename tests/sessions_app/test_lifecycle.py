"""From draft to closed: every move from every state by every role, what stands in the way, and who is told."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone, translation

from core import partial_dates
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification, OutboxMessage
from core.transitions import MoveRefused
from sessions_app.enums import SessionState
from sessions_app.minutes import publication
from sessions_app.models import Session
from sessions_app.sessions import transitions
from sessions_app.sessions.transitions import Move
from tests import factories
from tests.support.people import ROLES

pytestmark = pytest.mark.django_db

S = SessionState
# move → (states it leaves from, where it leads)
LEGAL = {
    Move.ANNOUNCE: ({S.DRAFT}, S.ANNOUNCED),
    Move.HOLD: ({S.ANNOUNCED}, S.HELD),
    Move.CLOSE: ({S.HELD}, S.CLOSED),
    Move.REOPEN: ({S.CLOSED}, S.HELD),
    Move.CANCEL: ({S.DRAFT, S.ANNOUNCED}, S.CANCELLED),
    Move.TAKE_UP: ({S.CANCELLED}, S.DRAFT),
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def session_in(state: SessionState) -> Session:
    """A session to which nothing but its state can stand in the way."""
    reason = "La salle n’est plus libre." if state == S.CANCELLED else ""
    session = factories.SessionFactory(state=state, reason=reason, items=1)
    factories.DecisionFactory(session=session)
    return session


def carry_out(session, move, by, reason="Un motif", now=None):
    return transitions.move(session=session, move=move, by=by, now=now or timezone.now(), reason=reason)


def test_the_table_is_what_the_code_says():
    assert {move: (set(row.sources), row.target) for move, row in transitions.TABLE.items()} == LEGAL


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", SessionState)
def test_every_move_from_every_state_by_every_role(people, state, move):
    sources, target = LEGAL[move]
    for role in ROLES:
        session = session_in(state)
        if role != "animator":
            with pytest.raises(PermissionRefused):
                carry_out(session, move, people.role(role))
        elif state in sources:
            assert carry_out(session, move, people.animator).state == target
        else:
            with pytest.raises(MoveRefused, match="state"):
                carry_out(session, move, people.animator)
        session.refresh_from_db()
        assert session.state == (target if role == "animator" and state in sources else state)


def test_the_docs_show_the_same_table():
    text = (Path(settings.BASE_DIR) / "docs" / "sessions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (\w+) \|", text, re.MULTILINE)
    told = {move: ({source.strip() for source in sources.split(",")}, target) for move, sources, target in rows}
    assert told == {
        str(move): ({str(state) for state in sources}, str(target)) for move, (sources, target) in LEGAL.items()
    }


def obstacles(session, move, now=None, reason=""):
    return [str(text) for text in transitions.TABLE.obstacles(session, move, now or timezone.now(), reason=reason)]


def test_announcing_needs_an_exact_day_and_an_agenda():
    session = factories.SessionFactory(draft=True, date=partial_dates.month(2031, 3))
    assert obstacles(session, Move.ANNOUNCE) == [
        "Announcing needs an exact day: complete the date.",
        "Announcing needs an agenda of at least one item.",
    ]
    factories.AgendaItemFactory(session=session)
    session.date = partial_dates.day(dt.date(2031, 3, 12))
    assert obstacles(session, Move.ANNOUNCE) == []


def test_a_session_is_held_once_it_has_begun_by_the_clock_of_paris():
    session = factories.SessionFactory(announced=True)
    assert obstacles(session, Move.HOLD, session.starts_at - dt.timedelta(seconds=1)) == [
        "The session has not begun yet."
    ]
    assert obstacles(session, Move.HOLD, session.starts_at) == []
    day = factories.SessionFactory(state=S.ANNOUNCED, date=partial_dates.day(dt.date(2026, 7, 14)))
    assert obstacles(day, Move.HOLD, dt.datetime(2026, 7, 13, 21, 59, tzinfo=dt.UTC)) != []
    assert obstacles(day, Move.HOLD, dt.datetime(2026, 7, 13, 22, 0, tzinfo=dt.UTC)) == []


NEEDS_RECORD = "Closing needs the attendance and published minutes, or a record of decisions, or a reason."


def test_closing_needs_a_record_or_a_reason(people):
    session = factories.SessionFactory(items=1)
    assert obstacles(session, Move.CLOSE) == [NEEDS_RECORD]
    assert obstacles(session, Move.CLOSE, reason="   ") == [NEEDS_RECORD]
    assert obstacles(session, Move.CLOSE, reason="Séance informelle") == []
    factories.MinutesFactory(session=session)
    factories.MinutesVersionFactory(session=session)
    assert obstacles(session, Move.CLOSE) == [NEEDS_RECORD]  # who came is missing
    factories.AttendanceFactory(session=session)
    assert obstacles(session, Move.CLOSE) == []
    publication.withdraw(session=session, by=people.animator, reason="Un nom", now=timezone.now())
    assert obstacles(session, Move.CLOSE) == [NEEDS_RECORD]
    decided = factories.SessionFactory()
    factories.DecisionFactory(session=decided)
    assert obstacles(decided, Move.CLOSE) == []


def test_cancelling_needs_a_reason_and_a_date(people):
    session = factories.SessionFactory(draft=True, date=None)
    with pytest.raises(MoveRefused) as refused:
        carry_out(session, Move.CANCEL, people.animator, reason=" ")
    assert [str(text) for text in refused.value.reasons] == [
        "Say why: the members will read this reason.",
        "Give the session a date first, at least the year.",
    ]


def test_the_reason_goes_with_the_state_it_explains(people):
    session = factories.SessionFactory(announced=True)
    cancelled = carry_out(session, Move.CANCEL, people.animator, reason="  Grève des trains ")
    assert cancelled.reason == "Grève des trains"
    assert carry_out(cancelled, Move.TAKE_UP, people.animator).reason == ""


def told(kind):
    rows = Notification.objects.filter(kind=f"sessions_app.{kind}")
    return sorted(rows.values_list("recipient__email", flat=True))


EVERYBODY_ELSE = ["former-animator@exemple.example", "funder@exemple.example", "member@exemple.example"]


def test_the_members_hear_of_an_announced_session_and_of_its_end(people):
    session = factories.SessionFactory(draft=True, items=1, date=partial_dates.day(dt.date(2031, 3, 12)))
    announced = carry_out(session, Move.ANNOUNCE, people.animator)
    assert told("announced") == EVERYBODY_ELSE  # neither who did it, nor observers, nor people without a position
    notification = Notification.objects.filter(kind="sessions_app.announced").first()
    assert notification.url == session.get_absolute_url()
    assert session.title in notification.title
    carry_out(announced, Move.CANCEL, people.animator)
    assert told("cancelled") == EVERYBODY_ELSE
    assert OutboxMessage.objects.count() == 6


def test_nobody_hears_of_a_draft(people):
    carry_out(factories.SessionFactory(draft=True, never_announced=True), Move.CANCEL, people.animator)
    assert not Notification.objects.exists()


def test_the_moves_page_offers_what_is_legal_and_says_what_is_in_the_way(people, signed_in):
    session = factories.SessionFactory(draft=True, date=partial_dates.month(2031, 3))
    page = signed_in(people.animator).get(f"/sessions/{session.number}/etat/").content.decode()
    assert 'name="move" value="annuler"' in page
    assert 'value="annoncer"' not in page
    assert page.count("#i-lock-simple") == 2


def test_what_a_reason_must_make_up_for_is_said_and_its_lack_told_at_the_field(people, signed_in):
    session = factories.SessionFactory()
    client, address = signed_in(people.animator), f"/sessions/{session.number}/etat/"
    client.cookies["django_language"] = "en"
    assert NEEDS_RECORD in client.get(address).content.decode()
    response = client.post(address, {"move": "clore", "reason": " "})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="reason-clore" name="reason" rows="2" aria-invalid="true" aria-describedby="reason-clore-error"' in page
    assert page.count(NEEDS_RECORD) == 2  # as a condition, and as what is wrong
    factories.DecisionFactory(session=session)
    assert NEEDS_RECORD not in client.get(address).content.decode()
    draft = factories.SessionFactory(draft=True)
    response = client.post(f"/sessions/{draft.number}/etat/", {"move": "annuler"})
    page = response.content.decode()
    assert 'id="reason-annuler" name="reason" rows="2" aria-invalid="true"' in page
    assert page.count("Say why: the members will read this reason.") == 2
    assert "alert-danger" not in page


def test_a_refused_move_keeps_what_was_typed(people, signed_in):
    session = factories.SessionFactory()
    client, address = signed_in(people.animator), f"/sessions/{session.number}/etat/"
    response = client.post(address, {"move": "annuler", "reason": "Trop tard"})
    assert response.status_code == 422
    response = client.post(address, {"move": "clore", "reason": "x" * 301})
    assert (response.status_code, "x" * 301 in response.content.decode()) == (422, True)
    assert client.post(address, {"move": "inconnu"}).status_code == 422
    session.refresh_from_db()
    assert session.state == S.HELD
    assert client.post(address, {"move": "clore", "reason": "Séance informelle"}).status_code == 302
    assert "Séance informelle" in client.get(session.get_absolute_url()).content.decode()
