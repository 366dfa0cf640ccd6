"""What this app adds to every page's navigation and to what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from core import waiting
from core.accounts import rights
from core.db.periods import today
from core.web import navigation
from sessions_app.calendars import keys
from watch.enums import ItemState
from watch.models import Correction, LinkCheck, WatchItem
from watch.needs.querysets import unmatched_initiatives, unmatched_studies
from watch.visibility import visibility_of

MOST = 99  # entries told on the home page; the list has them all


def to_check_or_complete(user: Any, now: dt.datetime) -> Iterator[waiting.Task | waiting.Pile]:
    """For animators what was sent to be checked, for contributors what was given back, in one query; dead links and needs without
    an answer as piles."""
    if not rights.allows(user, "watch.contribute"):
        return
    visibility = visibility_of(user)
    awaited = Q(state=ItemState.DRAFT) & ~Q(answer="") & visibility.own()
    if visibility.checks:
        yield waiting.Pile(((Correction.objects.waiting(), "proposed_at"),), _corrections)
        awaited |= Q(state=ItemState.TO_REVIEW)
    yield waiting.Pile(((LinkCheck.objects.of_entries(visibility).dead(), "failing_since"),), _dead_links)
    if visibility.checks:
        yield waiting.Pile(((Correction.objects.waiting(), "proposed_at"),), _corrections)
        day = today(now)
        studies, initiatives = (unmatched_studies(day), "published_at"), (unmatched_initiatives(day), "created_at")
        yield waiting.Pile((studies, initiatives), _unanswered)
    rows = list(WatchItem.objects.filter(awaited).order_by("submitted_at", "changed_at", "pk")[:MOST])
    sent = [row for row in rows if row.state == ItemState.TO_REVIEW]
    if sent:
        number = len(sent)
        yield waiting.Task(
            title=ngettext("%(number)s entry of the watch to check", "%(number)s entries of the watch to check", number)
            % {"number": number},
            note=_("Sent by members; nobody else reads them before."),
            url=reverse("watch:to-review"),
            action=_("Check"),
            icon="binoculars",
            due=sent[0].submitted_at,
            is_deadline=False,
        )
    for row in rows:
        if row.state == ItemState.DRAFT:
            yield waiting.Task(
                title=_("Complete “%(title)s”") % {"title": row.title},
                note=_("The animators gave back this entry of the watch."),
                url=row.get_absolute_url(),
                action=_("Complete"),
                icon="note-pencil",
                due=row.changed_at,
                is_deadline=False,
            )


def _dead_links(since: list[dt.datetime]) -> waiting.Task:
    number = len(since)
    text = ngettext(
        "%(number)s link of the watch does not answer any more",
        "%(number)s links of the watch do not answer any more",
        number,
    )
    return waiting.Task(
        title=text % {"number": number},
        note=_("Looked at on several days."),
        url=reverse("watch:links"),
        action=_("Look at them"),
        icon="link-simple",
        due=since[0],
        is_deadline=False,
    )


def _corrections(since: list[dt.datetime]) -> waiting.Task:
    number = len(since)
    text = ngettext(
        "%(number)s correction of the watch to answer", "%(number)s corrections of the watch to answer", number
    )
    return waiting.Task(
        title=text % {"number": number},
        note=_("Proposed by members to entries that are published."),
        url=reverse("watch:corrections"),
        action=_("Answer"),
        icon="git-diff",
        due=since[0],
        is_deadline=False,
    )


def _unanswered(since: list[dt.datetime]) -> waiting.Task:
    number = len(since)
    text = ngettext("%(number)s need that no member answers", "%(number)s needs that no member answers", number)
    return waiting.Task(
        title=text % {"number": number},
        note=_("Of studies and initiatives, with the competences they look for."),
        url=reverse("watch:needs"),
        action=_("See the needs"),
        icon="users",
        due=since[0],
        is_deadline=False,
    )


def register() -> None:
    navigation.register(_("Watch"), "watch:list", permission="watch.view_item", order=50)
    keys.register_feed(_("Atom feed of the watch (news reader)"), "watch:atom")
    waiting.register(to_check_or_complete)
