"""The dashboard: its figures are those of the list behind, its dimensions add up, hidden amounts stay hidden."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from django.test import override_settings
from django.utils import timezone

from core import charts
from core.accounts.models import User
from core.db.periods import today
from funding import figures
from funding.dashboard import matrix
from funding.dashboard.board import board
from funding.dashboard.filters import DashboardFilter, countable
from funding.dashboard.territories import shapes, step
from funding.visibility import sight_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The demonstration data, loaded once for this module in a transaction that is undone."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        call_command("load_demo", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> dict[str, User]:
    return {name: User.objects.get(email=f"{name}@portail.example") for name in ("membre", "financeur")}


def board_for(user, query=""):
    sight = sight_of(user)
    filterset = DashboardFilter(QueryDict(query), countable(sight))
    assert filterset.is_valid(), filterset.messages
    return board(filterset, sight, today(timezone.now()))


@pytest.mark.parametrize("query", ["", "annee=2024", "financeur=fonds-odd-17", "region=84&stade=en-cours", "odd=11"])
def test_every_dimension_adds_up_to_the_whole(demo, query):
    shown = board_for(demo["membre"], query)
    assert sum(row.agreed for row in shown.territories) == shown.total_agreed
    for part in shown.slices:
        if part.key != "sdg":
            assert sum(row.agreed for row in part.rows) == shown.total_agreed, part.key


@pytest.mark.parametrize("query", ["", "?annee=2024", "?financeur=fonds-odd-17&region=84"])
def test_the_list_behind_has_the_same_total(demo, signed_in, query):
    client = signed_in(demo["membre"])
    shown = board_for(demo["membre"], query.removeprefix("?"))
    page = client.get(f"/financements/detail/{query}")
    assert page.status_code == 200
    assert page.context["totals"]["agreed"] == shown.total_agreed
    assert page.context["totals"]["backed"] == shown.total_backed


def test_amounts_that_are_not_shared_are_in_no_figure_and_are_said(demo):
    member, funder = board_for(demo["membre"]), board_for(demo["financeur"])
    assert member.untold > 0
    assert funder.total_agreed >= member.total_agreed


def test_a_value_that_makes_no_sense_shows_no_figure(demo, signed_in):
    response = signed_in(demo["membre"]).get("/financements/", {"region": "zz"})
    assert response.status_code == 400
    assert "kpi" not in re.sub(r"<link[^>]*>", "", response.text)


def test_leverage_is_what_the_others_add_for_one_euro(demo):
    sight = sight_of(demo["membre"])
    lines = countable(sight).filter(funder__slug="fonds-odd-17")
    own = figures.compute(lines, ("agreed",))["agreed"]
    together = countable(sight).filter(initiative__in=lines.values("initiative"))
    others = figures.compute(together, ("agreed",))["agreed"] - own
    assert board_for(demo["membre"], "financeur=fonds-odd-17").leverage == round(others / own, 1)


def test_the_matrix_is_symmetric_and_its_diagonal_is_each_funders_number(demo):
    lines = countable(sight_of(demo["membre"]))
    built = matrix.build(lines)
    cells = [[cell.number for cell in row.cells] for row in built.rows]
    assert cells == [list(column) for column in zip(*cells, strict=True)]
    for index, row in enumerate(built.rows):
        assert cells[index][index] == lines.filter(funder=row.funder).values("initiative").distinct().count()


def test_the_map_knows_every_metropolitan_region():
    assert sorted(shapes()) == ["11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]


@pytest.mark.parametrize(("number", "css"), [(0, "white"), (1, "m1"), (2, "m2"), (4, "m3"), (7, "m4"), (50, "m5")])
def test_classes_of_the_map_are_fixed(number, css):
    assert step(number) == css


def test_bars_start_at_zero_and_keep_their_proportion():
    marks = [("2023", [charts.Mark(Decimal(500), "", "", "")]), ("2024", [charts.Mark(Decimal(1000), "", "", "")])]
    chart = charts.columns(marks)
    low, high = (group.bars[0] for group in chart.groups)
    assert (low.height, high.height) == (100.0, 200.0)
    assert low.y + low.height == high.y + high.height == chart.base


def test_the_pages_ask_as_often_whatever_is_shown(demo, signed_in, django_assert_max_num_queries):
    client = signed_in(demo["membre"])
    client.get("/financements/")
    with django_assert_max_num_queries(26):
        client.get("/financements/")
    with django_assert_max_num_queries(14):
        client.get("/financements/detail/")
    assert client.get("/regions/84/").status_code == 200
    assert client.get("/regions/1/").status_code == 404
