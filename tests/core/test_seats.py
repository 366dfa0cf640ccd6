"""The round of seats: geometry and figure."""

from __future__ import annotations

import math

import pytest

from core.charts import seating, seating_figure as round_of_seats


def test_the_space_of_the_founders():
    inner, outer = seating.layout(21, 30)
    assert (len(inner), len(outer)) == (21, 30)
    assert (outer[0], outer[-1]) == ((102.5, 356.0), (297.5, 356.0))
    assert (inner[0], inner[-1]) == ((122.6, 323.8), (277.4, 323.8))


@pytest.mark.parametrize("count", [0, 1, 2, 5, 30, 400])
def test_seats_stay_in_the_box_on_their_arc_and_apart_from_the_opening(count):
    for points, radius in zip(seating.layout(count, count), (seating.INNER_RADIUS, seating.OUTER_RADIUS), strict=True):
        assert len(points) == count
        for x, y in points:
            assert 0 <= x <= seating.WIDTH
            assert 0 <= y <= seating.HEIGHT
            assert math.hypot(x - 200, y - 200) == pytest.approx(radius, abs=0.1)


def test_a_single_seat_is_at_the_head():
    assert seating.layout(1, 0) == ([(200.0, 54.0)], [])


def test_dots_shrink_only_where_they_would_touch():
    assert seating.dot_scale(21, 30) == 1.0
    assert seating.dot_scale(0, 0) == 1.0
    assert seating.dot_scale(21, 300) < 0.2


def test_figure_keeps_every_seat_and_explains_the_states_that_occur():
    figure = round_of_seats.draw(
        ["present", "mine"], ["absent", "ring", "ring"], number=2, lines=["a"], alternative="b"
    )
    assert [seat.css for seat in figure.seats] == ["s-a", "s-r", "s-r", "s-p", "s-m"]
    assert [mark for mark, _word in figure.legend] == ["ochre", "disc", "ring", "point"]
    plain = round_of_seats.draw(["ring"], [], number=1, lines=[], alternative="", words={})
    assert plain.legend == []
