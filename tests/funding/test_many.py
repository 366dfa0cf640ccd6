"""Many initiatives at once: looked at first, right asked for each, what cannot be done left out and told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from core.models import Region
from core.partial_dates import day
from funding.enums import Stage
from funding.initiatives import many
from funding.models import Funder, Initiative, Programme, StageChange
from members.models import Organisation
from tests.funding import rows

pytestmark = pytest.mark.django_db
ADDRESS = "/initiatives/plusieurs/"


@pytest.fixture
def own(people):
    Region.objects.get_or_create(code="53", defaults={"name": "Bretagne"})
    found = Organisation.objects.get(positions__user=people.funder)
    Funder.objects.create(organisation=found)
    return found


def ids(*initiatives: Initiative) -> list[str]:
    return [str(row.public_id) for row in initiatives]


def looked_at(client, data, query=""):
    """The preview, and what its page sends to confirm it."""
    answer = client.post(ADDRESS + query, data | {"etape": "apercu"})
    hidden = {"vu": answer.context["form"].digest} if answer.context["form"].is_valid() else {}
    sent = [str(row.public_id) for row in answer.context["chosen"]]
    return answer, data | hidden | {"initiative": sent, "etape": "confirmer"}


def test_drafts_are_shared_together_and_what_cannot_be_is_told(own, people, signed_in):
    client = signed_in(people.funder)
    drafts = [rows.initiative(draft_of=own) for _ in range(3)]
    shared = rows.initiative(prepared_by=own)
    foreign = rows.initiative()
    secret = rows.initiative(draft_of=rows.funder(siret=""))
    data = {"act": "partager", "initiative": ids(*drafts, shared, foreign, secret)}
    answer, confirm = looked_at(client, data)
    assert {outcome.initiative for outcome in answer.context["able"]} == set(drafts)
    assert {outcome.initiative for outcome in answer.context["left_out"]} == {shared, foreign}
    assert secret.title not in answer.text
    assert "déjà partagée" in answer.text
    assert Initiative.objects.filter(draft_of=own).count() == 3  # a preview writes nothing
    assert not StageChange.objects.exists()
    done = client.post(ADDRESS, confirm)
    assert done.context["is_done"]
    assert not Initiative.objects.filter(draft_of=own).exists()
    assert StageChange.objects.count() == 3
    again = client.post(ADDRESS, confirm)
    assert again.context["able"] == []
    assert StageChange.objects.count() == 3


def test_all_of_the_filter_is_all_of_the_filter(own, people, signed_in):
    client = signed_in(people.funder)
    here = [rows.initiative(draft_of=own, regions=["53"]) for _ in range(2)]
    rows.initiative(draft_of=own, regions=["84"])
    answer, confirm = looked_at(client, {"act": "partager", "tout": "on"}, "?region=53")
    assert {row.pk for row in answer.context["chosen"]} == {row.pk for row in here}
    confirm.pop("tout")
    client.post(ADDRESS, confirm)
    assert set(Initiative.objects.filter(draft_of=None)) == set(here)
    assert client.post(ADDRESS + "?region=zz", {"tout": "on"}).status_code == 400


def test_stages_and_programmes(own, people, signed_in):
    client = signed_in(people.funder)
    running, reviewed = rows.initiative(prepared_by=own), rows.initiative(prepared_by=own, stage=Stage.REVIEWED)
    data = {"act": "stade", "stage": "completed", "day": "2025", "initiative": ids(running, reviewed)}
    answer, confirm = looked_at(client, data)
    assert [outcome.initiative for outcome in answer.context["able"]] == [running]
    client.post(ADDRESS, confirm)
    running.refresh_from_db()
    reviewed.refresh_from_db()
    assert (running.stage, reviewed.stage) == (Stage.COMPLETED, Stage.REVIEWED)

    programme = Programme.objects.create(name="Réussir", slug="reussir", lead=own, starts_on=day(dt.date(2025, 1, 1)))
    early = rows.initiative(prepared_by=own, starts_on=day(dt.date(2024, 1, 1)))
    data = {"act": "programme", "programme": programme.pk, "initiative": ids(running, early)}
    answer, confirm = looked_at(client, data)
    assert [outcome.initiative for outcome in answer.context["left_out"]] == [early]
    client.post(ADDRESS, confirm)
    assert list(programme.initiatives.all()) == [running]


def test_what_was_not_looked_at_is_not_done(own, people, signed_in):
    client = signed_in(people.funder)
    draft = rows.initiative(draft_of=own)
    _answer, confirm = looked_at(client, {"act": "partager", "initiative": ids(draft)})
    other = client.post(ADDRESS, confirm | {"day": "2020"})
    assert not other.context["is_done"]
    draft.refresh_from_db()
    assert draft.draft_of == own
    for wrong in ({"act": "stade"}, {"act": "autre"}, {}):
        assert client.post(ADDRESS, {"initiative": ids(draft), "etape": "apercu"} | wrong).status_code == 422
    assert client.post(ADDRESS, {}).status_code == 422
    assert client.post(ADDRESS, {"initiative": ["pas-un-numero"]}).status_code == 400


def test_too_many_are_refused(own, people, signed_in, monkeypatch):
    monkeypatch.setattr(many, "MOST", 2)
    drafts = [rows.initiative(draft_of=own) for _ in range(3)]
    answer = signed_in(people.funder).post(ADDRESS, {"act": "partager", "initiative": ids(*drafts), "etape": "apercu"})
    assert (answer.status_code, answer.context["outcomes"]) == (422, [])


def test_the_table_offers_it_to_who_keeps_something(own, people, signed_in):
    mine, foreign = rows.initiative(prepared_by=own), rows.initiative()
    page = signed_in(people.funder).get("/initiatives/", {"vue": "tableau"})
    assert f'value="{mine.public_id}"' in page.text
    assert f'value="{foreign.public_id}"' not in page.text
    assert reverse("funding:many") in page.text
    assert reverse("funding:many") not in signed_in(people.member).get("/initiatives/", {"vue": "tableau"}).text
