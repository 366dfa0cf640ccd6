"""Saved views: kept per person, shared within an organisation, honest about filters that no longer make sense."""

from __future__ import annotations

import pytest
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.models import Region
from funding.enums import ListPage
from funding.models import Programme, SavedView
from funding.saved_views import services
from members.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db

NEW = "/financements/vues/nouvelle/"
LIST = "/financements/vues/"


@pytest.fixture
def place(people):
    Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    return people


def keep(user, **options):
    given = {"page": ListPage.INITIATIVES, "query": "region=84&page=3", "name": "Rhône", "by": user} | options
    return services.save_view(**given, now=timezone.now())


def test_a_filter_is_kept_from_its_page_and_opens_it_again(place, signed_in):
    client = signed_in(place.member)
    page = client.get("/initiatives/?region=84&tri=titre&vue=tableau&page=1")
    address = page.context["keep_view"]
    assert client.get(address).status_code == 200
    answer = client.post(address, {"name": "Rhône"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/initiatives/?region=84&tri=titre&vue=tableau"
    assert answer.context["views"] == [("Rhône", "/initiatives/?region=84&tri=titre&vue=tableau")]
    assert not client.get("/financements/").context["views"]


def test_a_page_without_a_filter_or_with_a_wrong_one_offers_nothing_to_keep(place, signed_in):
    client = signed_in(place.member)
    assert client.get("/initiatives/").context["keep_view"] == ""
    assert client.get("/initiatives/?region=1").context["keep_view"] == ""
    refused = client.post(f"{NEW}?page_filtree=initiatives&region=1", {"name": "Rhône"})
    assert refused.status_code == 422
    assert client.post(f"{NEW}?page_filtree=initiatives", {"name": "Tout"}).status_code == 422
    assert not SavedView.objects.exists()


def test_a_name_stands_once_a_person_and_nothing_typed_is_lost(place, signed_in):
    keep(place.member)
    answer = signed_in(place.member).post(f"{NEW}?page_filtree=initiatives&region=84", {"name": "Rhône"})
    assert answer.status_code == 422
    assert 'value="Rhône"' in answer.text
    assert keep(place.animator).name == "Rhône"


def test_a_view_is_seen_by_colleagues_where_it_is_shared_and_changed_by_its_owner_alone(place, signed_in):
    organisation = Organisation.objects.get(positions__user=place.member)
    colleague = factories.PositionFactory(organisation=organisation).user
    view = keep(place.member, shared_with=organisation)
    shown = signed_in(colleague).get(LIST)
    assert [row.view for row in shown.context["of_colleagues"]] == [view]
    assert signed_in(colleague).post(f"{LIST}{view.public_id}/supprimer/").status_code == 404
    assert not signed_in(place.funder).get(LIST).context["of_colleagues"]
    client = signed_in(place.member)
    assert client.post(f"{LIST}{view.public_id}/modifier/", {"name": "Ailleurs", "shared_with": ""}).status_code == 302
    assert not signed_in(colleague).get(LIST).context["of_colleagues"]
    assert client.post(f"{LIST}{view.public_id}/supprimer/").status_code == 302
    assert not SavedView.objects.exists()


def test_it_is_shared_with_no_organisation_of_others(place):
    with pytest.raises(PermissionRefused):
        keep(place.member, shared_with=factories.OrganisationFactory())


def test_a_view_whose_filter_no_longer_makes_sense_says_so_and_never_shows_all(place, signed_in):
    programme = Programme.objects.create(name="P", slug="p", lead=factories.OrganisationFactory())
    keep(place.member, query="programme=p&region=84", name="Du programme")
    programme.delete()
    client = signed_in(place.member)
    (row,) = client.get(LIST).context["own"]
    assert row.unknown == ["p"]
    opened = client.get(row.url)
    assert opened.status_code == 400
    assert not opened.context["page"].object_list


def test_many_views_ask_no_more_than_few(place, signed_in, assert_constant_queries):
    numbers = iter(range(10))
    assert_constant_queries(
        signed_in(place.member), LIST, lambda: keep(place.member, name=f"Vue {next(numbers)}"), most=20
    )
