"""A lease is renewed while its holder works, and is lost at once when somebody else has the row."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import DatabaseError

from core.db.lease import Heartbeat, LeaseLostError


def beating(answers: Any) -> tuple[Heartbeat, list[dict[str, Any]]]:
    beats: list[dict[str, Any]] = []

    def renew(values: dict[str, Any]) -> bool:
        beats.append(values)
        return answers(len(beats))

    return Heartbeat(renew, every=0.01), beats


def test_it_beats_and_carries_the_newest_progress() -> None:
    heartbeat, beats = beating(lambda number: True)
    heartbeat.tell(step="layout", progress_done=1)
    heartbeat.tell(progress_done=2)
    heartbeat.start()
    time.sleep(0.1)
    heartbeat.stop()
    count = len(beats)
    time.sleep(0.05)

    assert beats[0] == {"step": "layout", "progress_done": 2}
    assert beats[1] == {}
    assert count > 2
    assert len(beats) == count


def test_a_lost_lease_stops_the_work() -> None:
    heartbeat, beats = beating(lambda number: number < 2)
    heartbeat.start()
    time.sleep(0.1)

    with pytest.raises(LeaseLostError):
        heartbeat.check()
    heartbeat.stop()
    assert len(beats) == 2


def test_a_database_that_is_away_costs_a_beat_only() -> None:
    def answer(number: int) -> bool:
        if number == 1:
            raise DatabaseError("away")
        return True

    heartbeat, beats = beating(answer)
    heartbeat.start()
    time.sleep(0.1)
    heartbeat.stop()

    heartbeat.check()
    assert len(beats) > 2
