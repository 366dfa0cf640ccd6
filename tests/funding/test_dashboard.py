"""The dashboard: its figures are those of the list behind, its dimensions add up, hidden amounts stay hidden."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from django.test import override_settings
from django.utils import timezone

from core.accounts.models import User
from core.charts import geometry
from core.charts.outlines import shapes
from core.charts.region_map import step
from core.db.periods import today
from funding.dashboard.filters import DashboardFilter, countable, dashboard_filter
from funding.dashboard.numbers import SHOWN
from funding.dashboard.page import dashboard_page
from funding.figures import compute, rollup
from funding.visibility import visibility_of

pytestmark = pytest.mark.django_db
DIMENSIONS = ("region", "sdg", "stage", "programme")  # of the initiative: one value each


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
    visibility = visibility_of(user)
    filterset = dashboard_filter(QueryDict(query), visibility)
    assert filterset.is_valid(), filterset.messages
    return dashboard_page(filterset, visibility, today(timezone.now()))


@pytest.mark.parametrize("query", ["", "annee=2024", "financeur=fonds-odd-17", "region=84&stade=en-cours", "odd=11"])
def test_every_dimension_adds_up_to_the_whole(demo, query):
    shown = board_for(demo["membre"], query)
    assert sum(row.agreed for row in shown.territories) == shown.total_agreed
    for part in shown.slices:
        if part.key != "sdg":
            assert sum(row.agreed for row in part.rows) == shown.total_agreed, part.key


def test_a_row_of_another_region_than_the_chosen_one_is_not_shown_as_nothing(demo):
    """The list behind it would hold that region's fundings, not nothing."""
    [row] = board_for(demo["membre"], "region=84&stade=en-cours").territories
    assert row.url.endswith("?region=84&stade=en-cours")
    assert len(board_for(demo["membre"], "stade=en-cours").territories) >= 18


def test_a_long_label_takes_two_lines():
    assert geometry.in_two_lines("14. Vie aquatique") == ("14. Vie aquatique", "")
    assert geometry.in_two_lines("3. Bonne santé et bien-être") == ("3. Bonne santé et", "bien-être")
    first, second = geometry.in_two_lines("13. Mesures relatives à la lutte contre les changements climatiques")
    assert (first, second) == ("13. Mesures relatives", "à la lutte contre les…")


@pytest.mark.parametrize("bits", [60, 2])
@pytest.mark.parametrize("query", ["", "annee=2024", "region=84&etat=solde", "odd=17&annee=2020"])
def test_what_is_gathered_is_what_each_part_alone_would_be(demo, monkeypatch, query, bits):
    monkeypatch.setattr(rollup, "BITS", bits)  # two funders a mask, so that several masks are needed
    visibility = visibility_of(demo["membre"])
    filterset = DashboardFilter(QueryDict(query), countable(visibility), visibility=visibility)
    lines, keys = filterset.qs, (*compute.SUMS, "backed")
    found = rollup.rollup(lines, keys, list(DIMENSIONS), [row.pk for row in filterset.organisations])
    assert found.values == compute.compute(lines, keys)
    assert found.rows == {name: compute.breakdown(lines, name, keys) for name in DIMENSIONS}
    givers: dict[int, set[int]] = {}
    for initiative, funder in lines.order_by().values_list("initiative", "funder"):
        givers.setdefault(initiative, set()).add(funder)
    raw = Counter(frozenset(some) for some in givers.values())
    assert {frozenset(some): values["backed"] for some, values in found.together.items()} == raw
    assert sum(values["agreed"] for values in found.together.values()) == found.values["agreed"]


@pytest.mark.parametrize(
    "query", ["", "annee=2024", "region=84&etat=solde", "odd=17&financeur=fonds-odd-17", "avec=fdva", "verse=2024"]
)
def test_the_counts_beside_the_filters_are_those_of_the_raw_rows(demo, monkeypatch, query):
    visibility = visibility_of(demo["membre"])
    shown = dashboard_filter(QueryDict(query), visibility)._counted
    monkeypatch.setattr(DashboardFilter, "_known_counts", lambda self: {})  # as every other list counts
    raw = DashboardFilter(
        QueryDict(query), countable(visibility), visibility=visibility
    )._counted  # over the fundings themselves
    assert {key: number for key, number in shown.items() if key[1] != "None"} == {
        key: number for key, number in raw.items() if key[1] not in ("None", "")
    }


@pytest.mark.parametrize("who", ["membre", "financeur"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "annee=2024",
        "annee=2024&annee=2023&etat=conventionne",
        "financeur=fonds-odd-17",
        "financeur=fdva&region=84&annee=2024",
        "programme=reussir-ensemble&odd=11",
        "avec=fdva&avec=fonds-odd-17&annee=2024",
        "verse=2024&stade=en-cours",
    ],
)
def test_the_board_over_the_rows_kept_is_the_board_over_the_fundings(demo, query, who):
    visibility, day = visibility_of(demo[who]), today(timezone.now())
    kept = dashboard_filter(QueryDict(query), visibility)
    raw = DashboardFilter(QueryDict(query), countable(visibility), visibility=visibility)
    assert (kept.is_valid(), raw.is_valid()) == (True, True)
    assert dashboard_page(kept, visibility, day) == dashboard_page(raw, visibility, day)
    assert kept.numbers.rows().count() == raw.qs.count() > 0


def test_a_figure_that_does_not_add_up_cannot_be_gathered(demo):
    with pytest.raises(ValueError, match="median"):
        rollup.rollup(countable(visibility_of(demo["membre"])), ("median",), (), ())


@pytest.mark.parametrize("query", ["", "?annee=2024", "?financeur=fonds-odd-17&region=84"])
def test_the_list_behind_has_the_same_total(demo, signed_in, query):
    client = signed_in(demo["membre"])
    shown = board_for(demo["membre"], query.removeprefix("?"))
    page = client.get(f"/financements/detail/{query}")
    assert page.status_code == 200
    assert page.context["totals"]["agreed"] == shown.total_agreed
    assert page.context["totals"]["backed"] == shown.total_backed
    assert page.context["totals"] == compute.compute(page.context["filterset"].qs, SHOWN)


def test_amounts_that_are_not_shared_are_in_no_figure_and_are_said(demo):
    member, funder = board_for(demo["membre"]), board_for(demo["financeur"])
    assert member.undisclosed > 0
    assert funder.total_agreed >= member.total_agreed


def test_a_value_that_makes_no_sense_shows_no_figure(demo, signed_in):
    response = signed_in(demo["membre"]).get("/financements/", {"region": "zz"})
    assert response.status_code == 400
    assert "kpi" not in re.sub(r"<link[^>]*>", "", response.text)


def test_leverage_is_what_the_others_add_for_one_euro(demo):
    visibility = visibility_of(demo["membre"])
    lines = countable(visibility).filter(funder__slug="fonds-odd-17")
    own = compute.compute(lines, ("agreed",))["agreed"]
    together = countable(visibility).filter(initiative__in=lines.values("initiative"))
    others = compute.compute(together, ("agreed",))["agreed"] - own
    shown = board_for(demo["membre"], "financeur=fonds-odd-17").leverage
    assert shown.ratio == round(others / own, 2)
    listed = client_list(demo["membre"], shown.url)
    assert listed == (own + others, together.values("initiative").distinct().count())


def client_list(user, url):
    """(agreed, initiatives) of the list at `url`."""
    visibility = visibility_of(user)
    filterset = DashboardFilter(QueryDict(url.partition("?")[2]), countable(visibility), visibility=visibility)
    assert filterset.is_valid(), filterset.messages
    found = compute.compute(filterset.qs, ("agreed", "backed"))
    return found["agreed"], found["backed"]


def test_the_matrix_is_symmetric_and_its_diagonal_is_each_funders_number(demo):
    lines = countable(visibility_of(demo["membre"]))
    built = board_for(demo["membre"]).matrix
    cells = [[cell.number for cell in row.cells] for row in built.rows]
    assert cells == [list(column) for column in zip(*cells, strict=True)]
    for index, row in enumerate(built.rows):
        assert cells[index][index] == lines.filter(funder=row.funder).values("initiative").distinct().count()


@pytest.mark.parametrize("query", ["", "annee=2024"])
def test_a_cell_of_the_matrix_opens_the_fundings_of_as_many_initiatives(demo, query):
    cells = [cell for row in board_for(demo["membre"], query).matrix.rows for cell in row.cells if cell.number]
    assert len(cells) > 8
    assert [client_list(demo["membre"], cell.url)[1] for cell in cells] == [cell.number for cell in cells]


def test_the_map_knows_every_metropolitan_region():
    assert sorted(shapes()) == ["11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]


@pytest.mark.parametrize(("number", "css"), [(0, "white"), (1, "m1"), (2, "m2"), (4, "m3"), (7, "m4"), (50, "m5")])
def test_classes_of_the_map_are_fixed(number, css):
    assert step(number) == css


def test_bars_start_at_zero_and_keep_their_proportion():
    marks = [("2023", [geometry.Mark(Decimal(500), "", "", "")]), ("2024", [geometry.Mark(Decimal(1000), "", "", "")])]
    chart = geometry.columns(marks)
    low, high = (group.bars[0] for group in chart.groups)
    assert (low.height, high.height) == (100.0, 200.0)
    assert low.y + low.height == high.y + high.height == chart.base


def test_the_pages_ask_as_often_whatever_is_shown(demo, signed_in, django_assert_max_num_queries):
    client = signed_in(demo["membre"])
    client.get("/financements/")
    with django_assert_max_num_queries(16):
        client.get("/financements/")
    with django_assert_max_num_queries(20):  # the years before and the leverage are two more
        client.get("/financements/?annee=2024&financeur=fonds-odd-17")
    with django_assert_max_num_queries(14):
        client.get("/financements/detail/")
    assert client.get("/regions/84/").status_code == 200
    assert client.get("/regions/1/").status_code == 404
