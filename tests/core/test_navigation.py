"""Navigation by what the reader may open, and what waits for him or her."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from core import waiting
from core.accounts import rights
from core.accounts.models import User
from core.web import navigation
from tests import factories

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


@pytest.fixture
def own_entries(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(rights, "allows", lambda user, name: user == "member")


def test_entries_come_in_order_and_by_right(own_entries):
    navigation.register("Legal", "legal-notice", order=30)
    navigation.register("Home", "home", order=0)
    navigation.register("Account", "account_email", permission="app.use", order=10)
    assert [link.label for link in navigation.links("member", "/")["main"]] == ["Home", "Account", "Legal"]
    assert [link.label for link in navigation.links("visitor", "/")["main"]] == ["Home", "Legal"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "Home"),
        ("/mentions-legales/", "Legal"),
        ("/mentions-legales/plus/", "Legal"),
        ("/accessibilite/", "Legal"),
        ("/autre/", ""),
    ],
)
def test_the_entry_that_holds_the_page_is_current(own_entries, path, current):
    navigation.register("Home", "home")
    navigation.register("Legal", "legal-notice", also=("accessibility",))
    links = navigation.links("member", path)["main"]
    assert "".join(link.label for link in links if link.current) == current


def test_badges_are_asked_of_the_reader(own_entries):
    navigation.register("Bell", "home", place="tools", icon="bell", badge=len)
    assert navigation.links("member", "/")["tools"][0].count == 6


def test_an_entry_stands_once_and_in_a_known_place(own_entries):
    navigation.register("Home", "home")
    with pytest.raises(ValueError, match="twice"):
        navigation.register("Home", "home")
    with pytest.raises(ValueError, match="nowhere"):
        navigation.register("Home", "legal-notice", place="nowhere")


def test_registered_entries_lead_somewhere_and_name_known_permissions():
    for entry in navigation.registered():
        assert reverse(entry.url_name)
        assert not entry.permission or rights.permission(entry.permission)
    names = {entry.url_name for entry in navigation.registered()}
    assert {"home", "legal-notice", "privacy", "accessibility", "account_email"} <= names


def test_the_most_pressing_task_comes_first(monkeypatch):
    monkeypatch.setattr(waiting, "_providers", [])

    def task(title, days, **more):
        return waiting.Task(title, "", "/", "do", due=NOW + dt.timedelta(days=days), **more)

    waiting.register(lambda user, now: [task("waits since", -30, is_deadline=False), task("later", 9)])
    waiting.register(lambda user, now: [task("late", -2), task("latest", -9)] if user == "member" else [])
    found = waiting.tasks("member", NOW)
    assert [(task.title, task.is_overdue) for task in found] == [
        ("latest", True), ("late", True), ("waits since", False), ("later", False),
    ]  # fmt: skip
    assert [task.title for task in waiting.tasks("other", NOW)] == ["waits since", "later"]


def test_a_task_without_a_day_cannot_be_made():
    with pytest.raises(TypeError, match="due"):
        waiting.Task("undated", "", "/", "do")


@pytest.mark.django_db
def test_piles_are_told_in_one_query(monkeypatch, django_assert_num_queries):
    """A pile of nothing tells nothing; the others since when their oldest row waits."""
    monkeypatch.setattr(waiting, "_providers", [])
    one, two = (factories.UserFactory(created_at=NOW - dt.timedelta(days=days)) for days in (3, 8))

    def pile(title, *keys):
        def told(since):
            return waiting.Task(f"{len(since)} {title}", "", "/", "do", due=since[0], is_deadline=False)

        return waiting.Pile(tuple((User.objects.filter(pk=key), "created_at") for key in keys), told)

    waiting.register(lambda user, now: [pile("in one", one.pk), pile("in none", 0)])
    with django_assert_num_queries(1):
        assert [task.title for task in waiting.tasks("member", NOW)] == ["1 in one"]
    waiting.register(lambda user, now: [pile("in two", one.pk, two.pk)])
    with django_assert_num_queries(1):
        found = waiting.tasks("member", NOW)
    assert [(task.title, task.due) for task in found] == [("2 in two", two.created_at), ("1 in one", one.created_at)]


def test_a_provider_is_asked_once(monkeypatch):
    monkeypatch.setattr(waiting, "_providers", [])

    def provider(user, now):
        return [waiting.Task("once", "", "/", "do", NOW)]

    waiting.register(provider)
    waiting.register(provider)
    assert len(waiting.tasks("member", NOW)) == 1
