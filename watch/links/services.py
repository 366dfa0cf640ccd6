"""The clock follows the links of what is out, a few at a time, and keeps what it found.

Nothing is asked inside a transaction. Links are asked one after the other, by one run at a time, so that no server gets
two requests at once. Where no server at all answers it is the portal that has no network, and nothing is concluded.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import logging
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from core.db.periods import today
from core.notifications.each_row import each_row
from core.outgoing.links import Asking, LinkAnswer, Problem, ask
from core.space import current_space
from watch.enums import LinkState
from watch.models import LinkCheck, WatchItem

logger = logging.getLogger(__name__)

MOST = 40  # links of one run
LASTS = 20 * 60  # seconds: longer than a run, whose links are asked within `BUDGET`
BUDGET = 10 * 60.0
PAUSE = 1.0  # seconds between two requests to one host
DAYS_TO_FAIL = 3  # a server may be down for an evening, or over a weekend
AGAIN = dt.timedelta(days=7)
AGAIN_FAILING = dt.timedelta(days=1)
AGAIN_WITHOUT_NETWORK = dt.timedelta(hours=1)
CONTROLS = 3  # links that answered before, asked where none of a run does
_RUNS = "watch.links.run"


def asking() -> Asking:
    """Who asks, for the logs of others."""
    contact = current_space().contact_email
    about = "; ".join(filter(None, [f"+{settings.BASE_URL}", contact]))
    networks = [ipaddress.ip_network(each) for each in settings.LINK_CHECK_ALLOWED]
    return Asking(agent=f"portail-articulation link check ({about})", allowed=networks)


def check_due(*, now: dt.datetime, by: Asking | None = None) -> int:
    """Follows the links that are due; how many were looked at. One run at a time: a second one does nothing."""
    if not settings.LINK_CHECK or not cache.add(_RUNS, "1", LASTS):
        return 0
    try:
        return _check(list(WatchItem.objects.with_link_due(now)[:MOST]), by or asking(), now)
    finally:
        cache.delete(_RUNS)


def _check(due: list[WatchItem], by: Asking, now: dt.datetime) -> int:
    answers = dict(_asked(due, by))
    has_network = any(answer.answered for answer in answers.values())
    if answers and not has_network:
        has_network = any(answer.answered for _key, answer in _asked(_controls(due), by))
        if not has_network:
            logger.warning("No server answers: links are looked at later.")
    links = {item.pk: item.link for item in due}
    return sum(
        each_row(
            WatchItem,
            answers,
            lambda key: record(item=key, link=links[key], answer=answers[key], now=now, has_network=has_network),
            now=now,
        )
    )


def _asked(items: Iterable[WatchItem], by: Asking) -> Iterable[tuple[int, LinkAnswer]]:
    """One after the other; those for which the time is not enough stay due."""
    until, last = time.monotonic() + BUDGET, {}
    for item in items:
        if time.monotonic() > until:
            return
        host = urlsplit(item.link).netloc
        wait = last.get(host, -PAUSE) + PAUSE - time.monotonic()
        if host in last and wait > 0:
            time.sleep(wait)
        yield item.pk, ask(item.link, by)
        last[host] = time.monotonic()


def _controls(due: list[WatchItem]) -> list[WatchItem]:
    fine = WatchItem.objects.out().filter(link_check__state=LinkState.OK, link_check__problem="")
    return list(fine.exclude(pk__in=[item.pk for item in due]).order_by("-link_check__checked_at", "pk")[:CONTROLS])


def record(*, item: int, link: str, answer: LinkAnswer, now: dt.datetime, has_network: bool = True) -> bool:
    """Keeps what was found of `link`; False where the entry has another link meanwhile."""
    row = WatchItem.objects.select_for_update(no_key=True).get(pk=item)
    if row.link != link:
        return False
    found = LinkCheck.objects.filter(item=row).first() or LinkCheck(item=row, link=link, checked_at=now, next_at=now)
    if found.link != link:
        found.delete()
        found = LinkCheck(item=row, link=link, checked_at=now, next_at=now)
    if answer.problem and not has_network and answer.problem != Problem.NOT_ASKED:
        found.next_at = now + AGAIN_WITHOUT_NETWORK
    elif answer.problem:
        _failed(found, answer, now)
    else:
        found.state = LinkState.MOVED if answer.moved_to else LinkState.OK
        found.problem, found.status, found.moved_to = "", answer.status, answer.moved_to
        found.failing_since, found.failed_on, found.failed_days = None, None, 0
        found.checked_at, found.next_at = now, now + AGAIN
    found.full_clean()
    found.save()
    return True


def _failed(found: LinkCheck, answer: LinkAnswer, now: dt.datetime) -> None:
    """A day counts once, however often it was tried; what the portal does not visit is no failure of anybody."""
    found.problem, found.status, found.checked_at = answer.problem, answer.status, now
    found.failing_since = found.failing_since or now
    if found.failed_on != today(now):
        found.failed_on, found.failed_days = today(now), found.failed_days + 1
    found.next_at = now + AGAIN_FAILING
    if answer.problem == Problem.NOT_ASKED:
        found.state, found.moved_to, found.next_at = LinkState.NOT_ASKED, "", now + AGAIN
    elif found.failed_days >= DAYS_TO_FAIL:
        found.state = LinkState.GONE if answer.problem == Problem.GONE else LinkState.UNREACHABLE
        found.moved_to = ""
