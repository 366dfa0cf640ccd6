"""Cached figures are those of the raw rows: a commit raises the revision, and nothing older is ever shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from funding.figures import cached, compute
from funding.models import FundingLine, FundingRevision, Payment
from funding.tasks import keep_figures
from tests.funding import rows


def beats() -> int:
    return FundingRevision.objects.get().number


@pytest.fixture
def always(monkeypatch, transactional_db):
    """Everything is kept, however quick; the pulse stands as after a fresh installation."""
    monkeypatch.setattr(cached, "LONG", -1)
    cache.clear()


def agreed() -> Decimal:
    return compute.compute(FundingLine.objects.all(), ("agreed",))["agreed"]


def test_each_transaction_moves_the_beat_once(always):
    before = beats()
    with transaction.atomic():
        made = rows.initiative()
        line = rows.line(of=made, by=rows.funder())
    assert beats() == before + 1
    FundingLine.objects.filter(pk=line.pk).update(purpose="Autre")
    assert beats() == before + 2
    Payment.objects.create(line=line, paid_on="2024-07-01", amount=Decimal(10))
    assert beats() == before + 3


def test_a_write_that_is_undone_moves_nothing(always):
    line = rows.line(of=rows.initiative(), by=rows.funder())
    before = beats()
    with transaction.atomic():
        FundingLine.objects.filter(pk=line.pk).update(purpose="Autre")
        transaction.set_rollback(True)
    assert beats() == before


def test_a_figure_is_asked_once_and_anew_after_a_change(always, django_assert_num_queries):
    funder = rows.funder()
    line = rows.line(of=rows.initiative(), by=funder)
    assert agreed() == 10_000
    with django_assert_num_queries(1):  # the revision alone
        assert agreed() == 10_000
    FundingLine.objects.filter(pk=line.pk).update(amount_agreed=Decimal(12_000))
    assert agreed() == 12_000
    rows.line(of=line.initiative, by=funder)
    assert agreed() == 22_000


def test_inside_a_transaction_nothing_is_kept(always):
    line = rows.line(of=rows.initiative(), by=rows.funder())
    assert agreed() == 10_000
    with transaction.atomic():
        FundingLine.objects.filter(pk=line.pk).update(amount_agreed=Decimal(11_000))
        assert agreed() == 11_000
    assert agreed() == 11_000


def test_two_readers_never_share_an_answer(always):
    rows.line(of=rows.initiative(), by=rows.funder(), audience="funder")
    every, public = FundingLine.objects.all(), FundingLine.objects.filter(audience="public")
    assert compute.compute(every, ("agreed",)) == {"agreed": 10_000}
    assert compute.compute(public, ("agreed",)) == {"agreed": 0}


def test_the_application_cannot_move_the_pulse(always):
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE funding_fundingrevision SET number = 0")


def test_a_page_asks_for_the_beat_once(always, people, signed_in):
    rows.line(of=rows.initiative(), by=rows.funder())
    browser = signed_in(people.member)
    browser.get("/financements/")
    asked: list[str] = []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert browser.get("/financements/").status_code == 200
    assert sum("funding_fundingrevision" in sql for sql in asked) == 1


def test_the_first_view_is_made_before_somebody_asks(always, people, signed_in):
    rows.line(of=rows.initiative(), by=rows.funder())
    keep_figures()
    figures_asked: list[str] = []

    def note(execute, sql, params, many, context):
        if "SUM(" in sql:
            figures_asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert signed_in(people.member).get("/financements/").status_code == 200
    assert figures_asked == []
