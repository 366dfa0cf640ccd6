"""Clock times of an agenda, over the change of clocks too."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions_app.sessions.agenda import PARIS, end_time, start_times


def clocks(starts_at: dt.datetime, durations: list[int]) -> list[str]:
    return [f"{time:%H:%M}" for time in start_times(starts_at, durations) if time]


def test_each_item_begins_when_the_one_before_ends() -> None:
    start = dt.datetime(2024, 11, 20, 14, tzinfo=PARIS)

    assert clocks(start, [10, 35, 50]) == ["14:00", "14:10", "14:45"]
    assert end_time(start, [10, 35, 50]) == dt.datetime(2024, 11, 20, 15, 35, tzinfo=PARIS)


def test_a_start_in_utc_is_shown_in_paris() -> None:
    assert clocks(dt.datetime(2024, 7, 1, 12, tzinfo=dt.UTC), [10]) == ["14:00"]


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        (dt.datetime(2024, 3, 31, 1, 30, tzinfo=PARIS), ["01:30", "03:00", "03:30"]),  # 2:00 becomes 3:00
        (dt.datetime(2024, 10, 27, 1, 30, tzinfo=PARIS), ["01:30", "02:00", "02:30"]),
    ],
)
def test_the_change_of_clocks(start: dt.datetime, shown: list[str]) -> None:
    assert clocks(start, [30, 30, 30]) == shown


def test_in_autumn_an_hour_comes_twice() -> None:
    times = start_times(dt.datetime(2024, 10, 27, 2, 30, tzinfo=PARIS), [30, 30])

    assert [time.utcoffset() for time in times if time] == [dt.timedelta(hours=2), dt.timedelta(hours=1)]
    assert [f"{time:%H:%M}" for time in times if time] == ["02:30", "02:00"]


def test_without_a_start_nothing_is_invented() -> None:
    assert start_times(None, [10, 20]) == [None, None]
    assert end_time(None, [10]) is None


def test_a_start_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        start_times(dt.datetime(2024, 1, 1), [10])  # noqa: DTZ001  (what is tested)
