"""Calendars and feeds: signed in, or by the key of a person (whose rights are asked)."""

from __future__ import annotations

from tests.matrix.vocabulary import READERS, Row, answers, signed_in

FEEDS = {"get": READERS, "post": answers(405), "file": True}

ROWS = [
    Row("sessions:calendar", get=READERS, post=READERS),
    Row("sessions:calendar-feed", **FEEDS),
    Row("sessions:atom", **FEEDS),
    Row("sessions:calendar-one", "announced", lambda scene: scene.number("announced"), **FEEDS),
    Row(
        "sessions:calendar-one",
        "draft",
        lambda scene: scene.number("draft"),
        get=signed_in(404),
        post=None,
        file=True,
    ),
    Row(
        "sessions:calendar-one",
        "known to the month",
        lambda scene: scene.number("published"),
        get=signed_in(404, outsider=403),
        post=None,
        file=True,
    ),
]
