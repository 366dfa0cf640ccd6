"""Links of the watch, followed by the clock: called dead after several days only, shown to who can mend them."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.outgoing.links import Asking
from tests import factories
from tests.core.outgoing.servers import Server, serving, status
from tests.watch.rows import item
from watch.enums import ItemState, LinkState
from watch.links import services
from watch.models import LinkCheck, WatchItem
from watch.tasks import check_links

pytestmark = pytest.mark.django_db

ALLOWED = "127.0.0.2/32"
ASKING = Asking(agent="portail", allowed=[ipaddress.ip_network(ALLOWED)], seconds=2, deadline=2)


@pytest.fixture(autouse=True)
def space(db: None, settings: Any) -> None:
    factories.SpaceFactory(contact_email="contact@portail.example")
    settings.LINK_CHECK_ALLOWED = [ALLOWED]


@pytest.fixture
def pages() -> dict[str, Any]:
    return {"/fine": status(200)}


@pytest.fixture
def server(pages: dict[str, Any]) -> Any:
    with serving(pages) as running:
        yield running


def on(day: int) -> Any:
    return timezone.now() + dt.timedelta(days=day)


def run(day: int) -> int:
    return services.check_due(now=on(day), by=ASKING)


def found(entry: WatchItem) -> tuple[str, str, int]:
    row = LinkCheck.objects.get(item=entry)
    return row.state, row.problem, row.failed_days


def fine(server: Server) -> WatchItem:
    """So that a run knows that there is a network."""
    return item(link=f"{server.url}/fine")


def test_a_link_is_dead_after_three_days_on_which_it_failed_and_alive_with_one_answer(server, pages):
    entry = item(link=f"{server.url}/gone")
    assert run(0) == 1
    assert found(entry) == (LinkState.UNKNOWN, "gone", 1)
    assert run(0) == 0, "it is asked again the next day, not the next hour"
    LinkCheck.objects.update(next_at=on(-1))
    run(0)
    assert found(entry) == (LinkState.UNKNOWN, "gone", 1), "a day counts once"
    run(1)
    assert found(entry) == (LinkState.UNKNOWN, "gone", 2)
    run(2)
    assert found(entry) == (LinkState.GONE, "gone", 3)
    pages["/gone"] = status(200)
    run(3)
    assert found(entry) == (LinkState.OK, "", 0)
    assert LinkCheck.objects.get().failing_since is None


def test_a_link_that_answered_stays_so_while_it_fails_for_an_evening(server, pages):
    entry = fine(server)
    run(0)
    assert found(entry) == (LinkState.OK, "", 0)
    assert run(6) == 0, "once a week"
    pages["/fine"] = status(503)
    run(8)
    assert found(entry) == (LinkState.OK, "error", 1)


def test_where_it_leads_for_good_is_kept(server, pages):
    pages["/old"] = status(301, Location="/fine")
    entry = item(link=f"{server.url}/old")
    run(0)
    assert LinkCheck.objects.get().moved_to == f"{server.url}/fine"
    assert found(entry) == (LinkState.MOVED, "", 0)


def test_without_network_nothing_is_concluded(server):
    """No server answers: neither those that are due nor those that answered before."""
    with serving({"/": status(200)}) as closed:
        pass
    entry = item(link=f"{closed.url}/")
    nobody = item(link="http://nul.invalid/")
    for day in range(4):
        assert run(day) == 2
    assert (found(entry), found(nobody)) == ((LinkState.UNKNOWN, "", 0), (LinkState.UNKNOWN, "", 0))
    good = fine(server)
    run(4)
    assert found(good) == (LinkState.OK, "", 0)
    assert found(entry) == (LinkState.UNKNOWN, "silent", 1)
    run(5)  # the one that answers is not due: it is asked to know whether there is a network
    assert found(entry) == (LinkState.UNKNOWN, "silent", 2)
    assert found(nobody) == (LinkState.UNKNOWN, "no_address", 2)


def test_what_stands_inside_is_never_asked(server):
    with serving({"/": status(200)}, "127.0.0.1") as inside:
        entry = item(link=f"{inside.url}/")
        for day in range(5):
            run(day)
        assert inside.asked == []
    assert found(entry)[:2] == (LinkState.NOT_ASKED, "not_asked")


def test_drafts_and_refused_entries_are_not_followed_and_a_new_link_is_at_once(server):
    for state in (ItemState.DRAFT, ItemState.TO_REVIEW, ItemState.REFUSED):
        item(link=f"{server.url}/{state}", state=state)
    entry = fine(server)
    assert run(0) == 1
    WatchItem.objects.filter(pk=entry.pk).update(link=f"{server.url}/other")
    assert run(0) == 1
    assert found(entry) == (LinkState.UNKNOWN, "gone", 1)
    assert [path for _method, path, _agent in server.asked] == ["/fine", "/other", "/other"]


def test_one_host_is_asked_one_thing_at_a_time_and_by_one_run(server):
    for number in range(3):
        item(link=f"{server.url}/{number}")
    assert services.cache.add(services._RUNS, "1", 60)
    assert run(0) == 0
    services.cache.delete(services._RUNS)
    assert run(0) == 3
    assert server.at_once == 1


def test_the_task_says_who_asks_and_can_be_switched_off(server, settings):
    entry = fine(server)
    settings.LINK_CHECK = False
    check_links()
    assert not LinkCheck.objects.exists()
    settings.LINK_CHECK = True
    check_links()
    assert found(entry) == (LinkState.OK, "", 0)
    agent = server.asked[0][2]
    assert agent == f"portail-articulation link check (+{settings.BASE_URL}; contact@portail.example)"


def dead(entry: WatchItem, **more: Any) -> LinkCheck:
    given = {"state": LinkState.GONE, "problem": "gone", "status": 404, "failing_since": factories.moment(-9)}
    given |= {"failed_on": factories.moment(-6).date(), "failed_days": 3, "link": entry.link} | more
    return LinkCheck.objects.create(item=entry, checked_at=factories.moment(-6), next_at=factories.moment(-5), **given)


def rows(client: Any) -> list[str]:
    return [check.item.title for check in client.get(reverse("watch:links")).context["page"].object_list]


def test_it_is_shown_to_its_contributor_and_to_the_animators_and_on_the_entry(people, signed_in):
    mine = item(title="La mienne", link="https://a.example/", contributor=people.member)
    other = item(title="Une autre", link="https://b.example/")
    mended = item(title="Réparée", link="https://c.example/")
    dead(mine)
    dead(
        other,
        state=LinkState.MOVED,
        problem="",
        status=200,
        failing_since=None,
        failed_on=None,
        failed_days=0,
        moved_to="https://d.example/",
    )
    dead(mended, link="https://ancien.example/")
    assert rows(signed_in(people.member)) == ["La mienne"]
    assert rows(signed_in(people.animator)) == ["La mienne", "Une autre"]
    for reader in (people.member, people.animator):
        home = signed_in(reader).get("/").text
        assert "1 lien de la veille ne répond plus" in home
    assert "lien de la veille" not in signed_in(people.funder).get("/").text
    page = signed_in(people.funder).get(mine.get_absolute_url()).text.replace("\u00a0", " ")
    assert "la page n’est plus là" in page
    page = signed_in(people.funder).get(other.get_absolute_url()).text
    assert "https://d.example/" in page
    assert "ancien.example" not in signed_in(people.funder).get(mended.get_absolute_url()).text


def test_the_resolver_is_that_of_the_machine():
    assert services.asking().resolver is socket.getaddrinfo
