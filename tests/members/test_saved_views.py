"""Saved views: kept per person, shared within an organisation, honest about filters that no longer make sense, and what is new told once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.models import Region
from core.notifications.models import Notification, OutboxMessage
from funding.enums import ListPage
from funding.models import Programme
from members.models import Organisation, SavedView
from members.saved_views import services
from members.tasks import tell_news_of_views
from tests import factories
from tests.support.forms import form_to
from tests.watch.rows import item
from watch.items import revisions
from watch.models import WatchItem

pytestmark = pytest.mark.django_db

NEW = "/vues/nouvelle/"
LIST = "/vues/"


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


# --- what is new ------------------------------------------------------------------------------------------------------


@pytest.fixture
def watch(people):
    factories.SpaceFactory()
    return item(title="Ancienne", themes=["Logement"])


def told(user):
    found = Notification.objects.filter(recipient=user, kind__startswith="members.view_news").order_by("pk")
    return [(row.title.replace("\u00a0", " "), row.lines, row.url) for row in found]


def follow(client, query="theme=Logement", **given):
    page = client.get(f"/veille/?{query}")
    return client.post(page.context["keep_view"], {"name": "Logement", "alert": "at_once"} | given)


def publish(**options):
    return item(published_at=timezone.now() + dt.timedelta(minutes=1), themes=["Logement"], **options)


def test_what_is_published_after_a_filter_was_saved_is_told_once(people, watch, signed_in):
    assert follow(signed_in(people.member)).status_code == 302
    tell_news_of_views()
    assert told(people.member) == [], "what stood there before is no news"
    new = publish(title="Avance de trésorerie")
    publish(title="D’un autre thème").__class__.objects.filter(title="D’un autre thème").update(themes=["Culture"])
    tell_news_of_views()
    tell_news_of_views()
    line = ("1 nouveauté dans « Logement ».", ["Avance de trésorerie"], f"/veille/{new.slug}/")
    assert told(people.member) == [line]
    mail = OutboxMessage.objects.get(recipient=people.member)
    assert "Avance de trésorerie" in mail.text
    assert mail.headers["List-Unsubscribe"]
    # withdrawn and published again: it was told
    WatchItem.objects.filter(pk=new.pk).update(published_at=timezone.now() + dt.timedelta(minutes=2))
    tell_news_of_views()
    assert told(people.member) == [line]


def test_nobody_is_told_what_he_or_she_did(people, watch, signed_in):
    follow(signed_in(people.member))
    follow(signed_in(people.animator))
    mine = publish(title="La mienne", contributor=people.member)
    revisions.record(item=mine, by=people.animator, now=timezone.now())
    tell_news_of_views()
    assert (told(people.member), told(people.animator)) == ([], [])


def test_several_at_a_time_lead_to_the_list_and_once_a_week_waits_for_monday(people, watch, signed_in):
    follow(signed_in(people.member), alert="weekly")
    for number in range(12):
        publish(title=f"Fiche nouvelle {number}")
    tell_news_of_views()
    ((title, lines, url),) = told(people.member)
    assert title == "12 nouveautés dans « Logement »."
    assert (len(lines), lines[-1]) == (11, "et 2 autres")
    assert url == "/veille/?theme=Logement"
    assert signed_in(people.member).get(url).context["filterset"].found == 13
    assert not OutboxMessage.objects.filter(recipient=people.member).exists()
    assert Notification.objects.get(recipient=people.member).awaits_digest


def test_the_rhythm_is_changed_and_ended_by_its_owner(people, watch, signed_in):
    client = signed_in(people.member)
    follow(client)
    view = SavedView.objects.get()
    since = view.alert_since
    address = f"/vues/{view.public_id}/modifier/"
    assert client.post(address, {"name": "Mon logement", "alert": "weekly"}).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.alert, view.alert_since) == ("Mon logement", "weekly", since)
    assert "une fois par semaine" in client.get("/vues/").text
    assert client.post(address, {"name": "Mon logement", "alert": ""}).status_code == 302
    publish()
    tell_news_of_views()
    view.refresh_from_db()
    assert (view.alert, view.alert_since, told(people.member)) == ("", None, [])


def test_a_list_without_news_offers_no_alert(place, signed_in):
    client = signed_in(place.member)
    address = client.get("/initiatives/?region=84").context["keep_view"]
    assert "alert" not in client.get(address).context["form"].fields
    client.post(address, {"name": "Rhône", "alert": "weekly"})
    assert SavedView.objects.get().alert == ""


def test_a_value_that_is_gone_is_said_and_the_others_go_on(people, watch, signed_in):
    other = item(themes=["Mobilité"])
    client = signed_in(people.member)
    follow(client, "theme=Logement&theme=Mobilit%C3%A9")
    follow(client, "theme=Mobilit%C3%A9", name="Mobilité seule")
    WatchItem.objects.filter(pk=other.pk).update(themes=["Transports"])
    publish(title="Un toit")
    tell_news_of_views()
    ((_title, lines, url),) = told(people.member)
    assert [line.replace("\u00a0", " ") for line in lines] == ["Un toit", "Ce filtre n’est plus valable : Mobilité."]
    assert signed_in(people.member).get(url).status_code == 200
    rows = {row.view.name: row for row in client.get("/vues/").context["own"]}
    assert (rows["Logement"].unknown, rows["Logement"].url) == (["Mobilité"], "/veille/?theme=Logement")
    assert client.get(rows["Logement"].url).context["filterset"].found == 2
    assert (rows["Mobilité seule"].is_whole, client.get(rows["Mobilité seule"].url).status_code) == (False, 400)
    # the word is used again: the view finds again, without being touched
    publish(title="Un vélo").__class__.objects.filter(title="Un vélo").update(themes=["Mobilité"])
    tell_news_of_views()
    assert [title for title, _lines, _url in told(people.member)[1:]] == [
        "1 nouveauté dans «\u00a0Logement\u00a0».".replace("\u00a0", " "),
        "1 nouveauté dans «\u00a0Mobilité seule\u00a0».".replace("\u00a0", " "),
    ]


def test_who_may_no_longer_read_the_watch_is_told_nothing(people, watch, signed_in):
    follow(signed_in(people.member))
    people.member.positions.all().delete()
    publish()
    tell_news_of_views()
    assert told(people.member) == []


def test_a_view_that_cannot_be_handled_holds_up_no_other(people, watch, signed_in):
    follow(signed_in(people.member))
    follow(signed_in(people.animator))
    SavedView.objects.filter(owner=people.member).update(query="theme=Logement&q=" + "%00")
    publish()
    tell_news_of_views()
    assert len(told(people.animator)) == 1


def test_saved_twice_it_stands_once(people, watch, signed_in):
    client = signed_in(people.member)
    address = client.get("/veille/?theme=Logement").context["keep_view"]
    data = form_to(client.get(address), address, address).data | {"name": "Une vue"}
    answers = [client.post(address, data) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert SavedView.objects.count() == 1
