"""The condition in SQL and the answer for one row agree, for every role and every state."""

from __future__ import annotations

import pytest

from core.accounts import rights
from tests.support.people import ROLES
from tests.watch.rows import item
from watch.enums import ItemState
from watch.models import WatchItem
from watch.visibility import visibility_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(people):
    return [
        item(state=state, contributor=contributor)
        for state in ItemState
        for contributor in (None, people.member, people.animator, people.funder)
    ]


@pytest.mark.parametrize("role", ROLES)
def test_both_agree_with_the_right(people, entries, role):
    user = people.role(role)
    visibility = visibility_of(user)
    listed = set(WatchItem.objects.seen_by(visibility))
    assert listed == {entry for entry in entries if visibility.sees(entry)}
    assert listed == {entry for entry in entries if rights.allows(user, "watch.view_item", entry)}


def test_how_much_each_sees(people, entries):
    seen = {role: WatchItem.objects.seen_by(visibility_of(people.role(role))).count() for role in ROLES}
    assert seen == {
        "visitor": 0,
        "outsider": 0,
        "observer": 8,
        "member": 11,
        "former_animator": 8,
        "funder": 11,
        "animator": 17,
        "administrator": 8,
    }
