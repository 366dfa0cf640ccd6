"""The dates around a programme, in their order: said at the field of whoever writes the later one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from core.partial_dates import day, month, year
from funding.enums import CommitmentUnit, Stage
from funding.models import Commitment, Funder, Programme
from members.models import Organisation
from tests.funding import rows

pytestmark = pytest.mark.django_db
HOME = "/programmes/reussir/"


@pytest.fixture
def programme(people):
    own = Organisation.objects.get(slug="fonds-odd-17")
    Funder.objects.create(organisation=own)
    return Programme.objects.create(name="Réussir", slug="reussir", lead=own, starts_on=year(2024), ends_on=year(2027))


def commitment(programme, **given):
    return Commitment.objects.create(
        programme=programme, text="Cinq territoires", unit=CommitmentUnit.TERRITORIES, target=5, **given
    )


def error_of(response, name):
    assert response.status_code in (200, 422)
    return [str(error) for error in response.context["form"].errors.get(name, [])]


def sent(**changes):
    return {"name": "Réussir", "starts_on": "2024", "ends_on": "2027", **changes}


def test_a_commitment_is_not_due_before_its_programme(programme, people, signed_in):
    client = signed_in(people.funder)
    given = {"text": "Dix territoires", "unit": "territories", "target": "10", "due": "décembre 2023"}
    refused = client.post(f"{HOME}engagements/nouveau/", given)
    assert error_of(refused, "due") == ["L’échéance d’un engagement ne précède pas le début de son programme."]
    assert client.post(f"{HOME}engagements/nouveau/", {**given, "due": "2024"}).status_code == 302


def test_nor_does_the_programme_start_after_it(programme, people, signed_in):
    commitment(programme, due=month(2024, 6))
    client = signed_in(people.funder)
    refused = client.post(f"{HOME}modifier/", sent(starts_on="juillet 2024"))
    assert error_of(refused, "starts_on") == ["Un engagement de ce programme a une échéance antérieure à ce début."]
    assert client.post(f"{HOME}modifier/", sent(starts_on="juin 2024")).status_code == 302


def test_what_a_programme_holds_starts_before_it_ends(programme, people, signed_in):
    rows.initiative(programme=programme, starts_on=month(2027, 2), prepared_by=programme.lead, slug="elle")
    client = signed_in(people.funder)
    refused = client.post(f"{HOME}modifier/", sent(ends_on="janvier 2027"))
    assert error_of(refused, "ends_on") == ["Des initiatives de ce programme commencent après cette fin."]
    assert client.post(f"{HOME}modifier/", sent(ends_on="février 2027")).status_code == 302
    with pytest.raises(ValidationError, match="commencer après la fin de son programme"):
        rows.initiative(programme=Programme.objects.get(), starts_on=month(2027, 3))


def test_a_programme_follows_what_came_before(programme, people, signed_in):
    later = Programme.objects.create(name="Suite", slug="suite", lead=programme.lead, starts_on=year(2026))
    later.follows = programme
    later.save()
    client = signed_in(people.funder)
    refused = client.post(
        "/programmes/suite/modifier/", {"name": "Suite", "follows": programme.pk, "starts_on": "2023"}
    )
    assert error_of(refused, "starts_on") == ["Un programme ne commence pas avant celui auquel il fait suite."]
    refused = client.post(f"{HOME}modifier/", sent(starts_on="2027", ends_on="2028"))
    assert error_of(refused, "starts_on") == ["Un programme ne commence pas avant celui auquel il fait suite."]


def test_an_initiative_is_not_completed_before_it_starts(programme, people, signed_in):
    made = rows.initiative(prepared_by=programme.lead, slug="elle", starts_on=day(dt.date(2026, 5, 4)))
    client = signed_in(people.funder)
    address = f"{made.get_absolute_url()}stade/"
    refused = client.post(address, {"target": "completed", "changed_on": "avril 2026"})
    assert "Une initiative n’est pas achevée avant d’avoir commencé." in refused.content.decode()
    client.post(address, {"target": "completed", "changed_on": "mai 2026"})
    made.refresh_from_db()
    assert made.stage == Stage.COMPLETED
