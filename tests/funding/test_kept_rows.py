"""What triggers keep beside initiatives and fundings equals what the rows themselves say, whatever is done to them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F, ProtectedError
from django.utils import timezone
from hypothesis import given

from funding.enums import GRANTED_STATES, OWN_STATES, LineState, Stage
from funding.models import FundingLine, FundingLineFact, Initiative, InitiativeSearchIndex, Payment, Programme
from members.models import Organisation
from tests.funding import rows
from tests.funding.test_whole import enter, ground, slow, worlds
from tests.support.races import together

pytestmark = pytest.mark.django_db
__all__ = ["ground"]  # a fixture
AT_LINE = (
    "pk", "initiative", "funder", "initiative__programme", "initiative__draft_of", "amount_agreed", "amount_amended",
    "amount_paid", "amount_returned", "decided_year", "initiative__main_sdg", "initiative__region_group",
    "initiative__stage", "state", "audience", "signed_on",
)  # fmt: skip


def kept_is_raw() -> None:
    raw = FundingLine.objects.filter(state__in=GRANTED_STATES).order_by("pk").values_list(*AT_LINE)
    kept = FundingLineFact.objects.order_by("pk").values_list(*map(FundingLineFact.path, AT_LINE))
    assert list(kept) == list(raw)
    for row in Initiative.objects.select_related("found_by", "bearer"):
        known = row.lines.exclude(state__in=OWN_STATES)
        assert row.found_by.funders == sorted(set(known.values_list("funder", flat=True)))
        decided = known.filter(decided_on__isnull=False)
        assert row.found_by.years == sorted({day.year for day in decided.values_list("decided_on", flat=True)})
    assert InitiativeSearchIndex.objects.count() == Initiative.objects.count()


@slow
@given(world=worlds)
def test_kept_rows_equal_the_raw_ones(ground, world):
    enter(ground, world)
    kept_is_raw()
    # and after everything moved: places, goals, stages, the initiative of a funding, states, a funding taken away
    Initiative.objects.update(stage=Stage.COMPLETED, sdgs=[7, 3], regions=["11"], is_national=False, programme=None)
    kept_is_raw()
    FundingLine.objects.update(initiative=Initiative.objects.first(), funder=ground[0][0])
    kept_is_raw()
    FundingLine.objects.filter(state=LineState.AGREED).update(
        state=LineState.CANCELLED, reason="Motif", closed_on=F("decided_on")
    )
    kept_is_raw()
    Payment.objects.all().delete()
    FundingLine.objects.first() and FundingLine.objects.first().delete()
    kept_is_raw()


def test_the_words_hold_what_is_searched_and_follow_the_name_of_the_bearer():
    bearer = rows.factories.OrganisationFactory(name="Coopérative du Côté")
    made = rows.initiative(title="L’Épicerie", place="Évry", bearer=bearer, bearer_name="", bearer_siren="")
    assert {"l'epicerie", "evry", "cooperative du cote"} <= set(made.found_by.words.split("\n"))
    Organisation.objects.filter(pk=bearer.pk).update(name="Fabrique de l’Œuf")
    assert "fabrique de l'oeuf" in InitiativeSearchIndex.objects.get(pk=made.pk).words
    found = [Initiative.objects.matching(text) for text in ("l’epicerie OEUF", "épicerie évry", "100%", "cote")]
    assert [list(rows) for rows in found] == [[made], [made], [], []]


def test_an_initiative_that_goes_takes_its_words_along():
    made = rows.initiative()
    made.delete()
    assert not InitiativeSearchIndex.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_funds_and_who_moves_the_initiative_at_once_leave_the_rows_right():
    made, funders = rows.initiative(stage=Stage.FUNDED), [rows.funder(siret="") for _number in range(3)]

    def fund(funder):
        return lambda: rows.line(of=made, by=funder, due=(), amount_agreed=Decimal(5), decided_on=dt.date(2024, 5, 2))

    def move() -> None:
        row = Initiative.objects.get(pk=made.pk)
        row.stage = Stage.RUNNING
        row.save()

    together(fund(funders[0]), move, fund(funders[1]), fund(funders[2]))
    kept_is_raw()
    assert set(FundingLineFact.objects.values_list("stage", flat=True)) == {Stage.RUNNING}


def test_a_programme_that_is_left_is_left_in_the_rows_too(ground):
    funders, programme = ground
    made = rows.initiative(programme=programme)
    rows.line(of=made, by=funders[0])
    assert FundingLineFact.objects.get().programme_id == programme.pk
    Initiative.objects.filter(pk=made.pk).update(programme=Programme.objects.exclude(pk=programme.pk).first())
    kept_is_raw()


def test_a_funder_that_leaves_the_space_is_still_counted_and_cannot_be_deleted(people, signed_in):
    funder = rows.funder(siret="", name="Fonds parti", slug="fonds-parti")
    rows.line(of=rows.initiative(), by=funder)
    funder.memberships.all().delete()
    with pytest.raises(ProtectedError):
        funder.delete()
    reader = signed_in(people.member)
    assert reader.get("/financeurs/fonds-parti/").status_code == 200
    listed = reader.get("/financements/detail/?financeur=fonds-parti")
    assert listed.context["totals"]["agreed"] == Decimal(10_000)
    kept_is_raw()


def test_the_references_of_fundings_are_searched_by_their_index():
    """Of many fundings the few of a reference, a contract or a decision are found without reading the others."""
    funder, of = rows.funder(), rows.initiative(title="Ailleurs")
    FundingLine.objects.bulk_create(
        FundingLine(
            initiative=of,
            funder=funder,
            reference=f"AP-{number}",
            contract_number=f"CV/{number}",
            changed_at=timezone.now(),
        )
        for number in range(4_000)
    )
    rows.line(of=of, by=funder, reference="X", decision_reference="Délibération 2024-117", due=())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE funding_fundingline")
        cursor.execute("SET LOCAL enable_seqscan = off")  # as a million rows would have it
    for text, found in (("ap-3999", "AP-3999"), ("cv/2718", "AP-2718"), ("délibération 117", "X")):
        query = FundingLine.objects.order_by().matching(text)
        assert [line.reference for line in query] == [found]
        assert "line_called" in query.explain()
