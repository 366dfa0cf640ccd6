"""All states × moves × roles of minutes: what each role's step does to minutes in each state, and to nothing else.

The table of the session itself stands in `test_lifecycle.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from core.accounts.rights import PermissionRefused
from members.models import Organisation
from sessions_app.follow_up import services as follow_up
from sessions_app.minutes import publication, services
from sessions_app.minutes.review import services as circulation
from sessions_app.models import Circulation, Decision, Minutes, MinutesVersion, Session
from tests import factories
from tests.support.people import ROLES

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)

# state → how minutes get there; each from a draft with a text, of a session that was held
STATES = ("draft", "under review", "review over", "left to the next", "published", "public", "withdrawn", "amended")


def minutes_in(state: str, people: Any) -> Session:
    session = factories.SessionFactory(number=22, items=1)
    ahead = factories.SessionFactory(announced=True, number=23, items=1)
    factories.MinutesFactory(session=session, entries="<p>Un texte.</p>")
    factories.AttendanceFactory(session=session, organisation=Organisation.objects.get(positions__user=people.member))
    animator = {"session": session, "by": people.animator, "now": NOW}
    if state in ("under review", "review over", "left to the next"):
        review = circulation.circulate(**animator, days=8)
        if state == "review over":
            Circulation.objects.update(opened_at=NOW - dt.timedelta(days=9), closes_at=NOW - dt.timedelta(days=1))
        elif state == "left to the next":
            circulation.defer(circulation=review, by=people.animator, now=NOW)
            Session.objects.filter(pk=ahead.pk).update(state="held")
    elif state != "draft":
        services.publish(**animator, based_on=0)
        if state == "public":
            publication.make_public(**animator)
        elif state == "withdrawn":
            publication.withdraw(**animator, reason="Une erreur")
        elif state == "amended":
            services.open_amendment(**animator)
    return session


def current(session: Session) -> Circulation:
    return Circulation.objects.filter(session=session).order_by("-opened_at").first() or Circulation(session=session)


Step = Callable[[Session, Any], Any]
STEPS: dict[str, Step] = {
    "write": lambda session, by: services.save_entry(
        item=session.agenda.get(), by=by, body="<p>Un autre texte.</p>", based_on=1, now=NOW
    ),
    "publish": lambda session, by: services.publish(
        session=session, by=by, based_on=session.versions.count(), reason="Une précision", now=NOW
    ),
    "circulate": lambda session, by: circulation.circulate(session=session, by=by, days=8, now=NOW),
    "adopt": lambda session, by: circulation.adopt(circulation=current(session), by=by, now=NOW),
    "leave to the next": lambda session, by: circulation.defer(circulation=current(session), by=by, now=NOW),
    "approve": lambda session, by: circulation.approve(circulation=current(session), by=by, now=NOW),
    "stop": lambda session, by: circulation.stop(circulation=current(session), by=by, reason="Erreur", now=NOW),
    "amend": lambda session, by: services.open_amendment(session=session, by=by, now=NOW),
    "make public": lambda session, by: publication.make_public(session=session, by=by, now=NOW),
    "withdraw": lambda session, by: publication.withdraw(session=session, by=by, reason="Une erreur", now=NOW),
    "restore": lambda session, by: publication.restore(
        document=session.versions.first() or MinutesVersion(session=session), by=by, reason="Vérifié", now=NOW
    ),
    "add a decision": lambda session, by: follow_up.save(
        row=Decision(session=session, text="On essaie."), by=by, now=NOW
    ),
}
DRAFT, REVIEW, OUT = "draft", "circulated", "published"
REVIEWS = ("under review", "review over", "left to the next")
# step → state → what it leads to: (state of the draft, versions, who reads). Every other pair is refused.
LEGAL: dict[str, dict[str, tuple[str, int, str]]] = {
    "write": {"draft": (DRAFT, 0, "members"), "amended": (DRAFT, 1, "members")},
    "publish": {"draft": (OUT, 1, "members"), "amended": (OUT, 2, "members")},
    "circulate": {"draft": (REVIEW, 0, "members"), "amended": (REVIEW, 1, "members")},
    "adopt": {"review over": (OUT, 1, "members")},
    "leave to the next": {"under review": (REVIEW, 0, "members"), "review over": (REVIEW, 0, "members")},
    "approve": {"left to the next": (OUT, 1, "members")},
    "stop": dict.fromkeys(REVIEWS, (DRAFT, 0, "members")),
    "amend": {
        "published": (DRAFT, 1, "members"),
        "public": (DRAFT, 1, "public"),
        "withdrawn": (DRAFT, 1, "withdrawn"),
    },
    "make public": {"published": (OUT, 1, "public"), "amended": (DRAFT, 1, "public")},
    "withdraw": {
        "published": (OUT, 1, "withdrawn"),
        "public": (OUT, 1, "withdrawn"),
        "amended": (DRAFT, 1, "withdrawn"),
    },
    "restore": {"withdrawn": (OUT, 1, "members")},
    "add a decision": {
        "draft": (DRAFT, 0, "members"),
        **dict.fromkeys(REVIEWS, (REVIEW, 0, "members")),
        "amended": (DRAFT, 1, "members"),
    },
}
# Asked for again, or for nothing: neither refused nor is anything changed.
IDLE = {
    "make public": {"public"},
    "withdraw": {"withdrawn"},
    "restore": {"published", "public", "amended"},
    "amend": {"draft", *REVIEWS, "amended"},
}


def standing(session: Session) -> tuple[str, int, str]:
    minutes = Minutes.objects.get(session=session)
    return minutes.state, session.versions.count(), publication.state_of(session)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_every_step_in_every_state_by_every_role(people, state, step):
    session = minutes_in(state, people)
    before = standing(session)
    for role in ROLES:
        if role != "animator":
            with pytest.raises(PermissionRefused):
                STEPS[step](session, people.role(role))
    assert standing(session) == before
    if state in LEGAL[step]:
        STEPS[step](session, people.animator)
        assert standing(session) == LEGAL[step][state]
        return
    if state in IDLE.get(step, set()):
        STEPS[step](session, people.animator)
    else:
        with pytest.raises((services.MinutesError, Circulation.DoesNotExist)):
            STEPS[step](session, people.animator)
    assert standing(session) == before
