"""Named slots: what higher apps register is drawn in order, for who may see it."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from core import slots
from core.accounts import rights


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    """An empty registry, and templates that say where they stand."""
    monkeypatch.setattr(slots, "_fillings", defaultdict(list))
    monkeypatch.setattr("core.templatetags.slots.get_template", FakeTemplate)


class FakeTemplate:
    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context, request):
        return Template("<i>{{ name }} {{ subject }} {{ extra }}</i>").render(
            Context({"name": self.name, "extra": context.get("extra", "-"), **context})
        )


def draw(name, subject, user):
    request = SimpleNamespace(user=user)
    template = Template('{% load slots %}{% slot "' + name + '" subject %}')
    return template.render(Context({"request": request, "subject": subject}))


def test_pieces_come_in_their_order_with_their_own_context():
    slots.register("page", order=20, template="late.html", fetch=lambda subject, user: {"extra": "later"})
    slots.register("page", order=10, template="early.html", fetch=lambda subject, user: {"extra": subject})
    assert draw("page", "thing", None) == "<i>early.html thing thing</i>\n<i>late.html thing later</i>"


def test_none_shows_nothing():
    slots.register("page", order=1, template="a.html", fetch=lambda subject, user: None)
    assert draw("page", "thing", None) == ""


def test_an_unfilled_slot_is_empty():
    assert draw("unknown", "thing", None) == ""


def test_the_permission_is_asked_of_the_subject_before_anything_is_fetched(monkeypatch):
    asked = []

    def allows(user, name, obj):
        asked.append((user, name, obj))
        return user == "member"

    monkeypatch.setattr(rights, "allows", allows)
    fetched = []
    slots.register(
        "page", order=1, permission="app.see", template="a.html", fetch=lambda subject, user: fetched.append(user) or {}
    )
    assert draw("page", "thing", "visitor") == ""
    assert not fetched
    assert draw("page", "thing", "member") == "<i>a.html thing -</i>"
    assert asked == [("visitor", "app.see", "thing"), ("member", "app.see", "thing")]


def test_a_template_stands_once_in_a_slot():
    slots.register("page", order=1, template="a.html", fetch=lambda subject, user: {})
    slots.register("other", order=1, template="a.html", fetch=lambda subject, user: {})
    with pytest.raises(ValueError, match="twice"):
        slots.register("page", order=2, template="a.html", fetch=lambda subject, user: {})


def test_what_a_piece_holds_is_escaped():
    slots.register("page", order=1, template="a.html", fetch=lambda subject, user: {"extra": "<script>"})
    assert "<script>" not in draw("page", "thing", None)
