"""A view asks for the right before it answers with anything stored, in every branch: read from its source."""

from __future__ import annotations

import inspect

import pytest

from core.accounts import rights
from core.web.middleware import answers_visitors
from tests.support.addresses import all_addresses
from tests.support.rights_first import answers_unasked

OWN_ACCOUNT = "account_"  # allauth's names: such a page acts on nothing but the account of who is signed in
VIEWS = {
    address.name: address.view
    for address in all_addresses()
    if not address.name.startswith(OWN_ACCOUNT)
    and inspect.unwrap(address.view).__module__.startswith(
        ("core.", "members.", "sessions_app.", "governance.", "funding.", "watch.")
    )
}


@pytest.mark.parametrize("name", sorted(name for name, view in VIEWS.items() if not answers_visitors(view)))
def test_a_view_asks_before_it_answers(name):
    assert answers_unasked(VIEWS[name]) == []


# --- the reader itself ------------------------------------------------------------------------------------------------


def asking_late(request, item):
    if request.POST.get("settle") == "both":
        return item.body
    rights.check(request.user, "sessions_app.write_minutes", item)
    return item.body


def asking_in_one_branch(request, item):
    try:
        if request.method == "POST":
            rights.check(request.user, "sessions_app.write_minutes", item)
    except ValueError:
        return item.title
    return item.body


def asking_first(request, item):
    writes = rights.allows(request.user, "sessions_app.write_minutes", item)
    if not writes:
        rights.check(request.user, "sessions_app.view_session", item)
    return item.body


@pytest.mark.parametrize(
    ("view", "lines"),
    [(asking_late, [2]), (asking_in_one_branch, [5, 6]), (asking_first, [])],
    ids=["late", "in one branch", "first"],
)
def test_each_branch_is_read(view, lines):
    first = inspect.getsourcelines(view)[1]
    assert answers_unasked(view) == [f"{__name__}:{first + line}" for line in lines]
