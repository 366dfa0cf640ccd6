"""The things the rows are about: one space with its people, and sessions in every state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core import partial_dates
from sessions_app.models import Session
from tests import factories
from tests.support.people import People


@dataclass
class Scene:
    people: People
    sessions: dict[str, Session] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)  # what the tables of other apps need, by name

    def number(self, state: str) -> list[int]:
        return [self.sessions[state].number]


def build(people: People) -> Scene:
    scene = Scene(people)
    factories.SpaceFactory()
    sessions = scene.sessions
    sessions["draft"] = factories.SessionFactory(draft=True, number=101)
    sessions["announced"] = factories.SessionFactory(announced=True, number=102)
    sessions["cancelled"] = factories.SessionFactory(cancelled=True, number=103)
    sessions["unwritten"] = factories.SessionFactory(number=104, items=1)
    sessions["written"] = factories.SessionFactory(number=105, items=2)
    factories.MinutesFactory(session=sessions["written"])
    sessions["published"] = factories.SessionFactory(number=106, items=2, date=partial_dates.month(2024, 11))
    factories.MinutesFactory(session=sessions["published"])
    scene.other["version"] = factories.MinutesVersionFactory(
        session=sessions["published"], author=people.animator, organisation=people.animating
    )
    scene.other["link"] = factories.MaterialFactory(session=sessions["published"])
    item = sessions["written"].agenda.first()
    scene.other["proposal"] = factories.MinutesProposalFactory(item=item, author=people.former_animator)
    return scene
