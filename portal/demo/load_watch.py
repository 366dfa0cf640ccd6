"""The shared watch: public facts with their sources, and a few invented entries in every state (docs/sources.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.accounts.models import User
from core.models import Region
from members.enums import Alert
from members.models import Competence, SavedView
from portal.demo import source
from portal.demo.context import DemoContext, identifier, moment, partial
from sessions_app.models import Cycle
from watch.enums import OUT, CorrectionState, ItemState, Kind
from watch.items import revisions
from watch.items.services import free_slug
from watch.models import Correction, LinkCheck, WatchItem
from watch.saved_views import KEY

TEXTS = ("summary", "author", "financers", "rates", "source", "link", "purpose", "answer")
LISTS = ("themes", "sdgs", "beneficiaries")
DATES = ("dated_on", "opens_on", "closes_on")


def loaded(context: DemoContext) -> bool:
    return WatchItem.objects.exists()


def load(context: DemoContext) -> None:
    rows = source.table("watch")["items"]
    for rank, row in enumerate(rows):
        _item(context, row, published_on=context.today - dt.timedelta(days=3 * (len(rows) - rank) + 8))
    _views(context)
    _corrections(context)


def _corrections(context: DemoContext) -> None:
    """One that waits for the animators, and one that they refused."""
    proposed = moment(context.today - dt.timedelta(days=4), 10)
    for title, before, after, reason, answer in (
        (
            "Besoins d'ingénierie de douze tiers-lieux ruraux",
            {"regions": ["53", "75"]},
            {"regions": ["52", "53", "75"]},
            "Deux des douze lieux sont en Loire-Atlantique.",
            "",
        ),
        (
            "Trois ans d'ingénierie partagée : ce qui a tenu",
            {"author": "Fonds ODD 17"},
            {"author": "Atelier des communs ruraux"},
            "Nous avons relu le texte.",
            "Merci ! Relire n'est pas écrire : l'auteur reste celui qui a signé.",
        ),
    ):
        item = WatchItem.objects.get(title=source.french(title))
        answered = {
            "state": CorrectionState.REFUSED,
            "answered_by": User.objects.get(email="animatrice@portail.example"),
            "answered_at": proposed + dt.timedelta(days=1),
            "answer": source.french(answer),
        }
        context.add(
            Correction,
            {"public_id": identifier("correction", title)},
            item=item,
            before=before,
            after=after,
            reason=source.french(reason),
            proposed_by=User.objects.get(email="financeur@portail.example"),
            proposed_at=proposed,
            **(answered if answer else {}),
        )


def _link_check(context: DemoContext, item: WatchItem, found: dict[str, Any]) -> None:
    """What the clock would have found behind the link of an invented entry, which leads nowhere."""
    failing = {
        "failing_since": moment(context.today - dt.timedelta(days=6), 9),
        "failed_on": context.today - dt.timedelta(days=1),
        "failed_days": 6,
    }
    moments = {"checked_at": context.now, "next_at": context.now + dt.timedelta(days=1)}
    context.add(
        LinkCheck, {"item": item}, link=item.link, **moments, **found, **(failing if "problem" in found else {})
    )


def _views(context: DemoContext) -> None:
    """Filters that the demonstration's member and animator keep, with what is new in them."""
    asked = moment(context.today - dt.timedelta(days=20), 9)
    for email, name, query, alert in (
        ("membre@portail.example", "Études de besoins", "nature=etude", Alert.AT_ONCE),
        ("animatrice@portail.example", "Aides à la relance", "nature=dispositif&reponse=relance", Alert.WEEKLY),
    ):
        context.add(
            SavedView,
            {"owner": User.objects.get(email=email), "page": KEY, "name": source.french(name)},
            query=query,
            alert=alert,
            alert_since=context.now,
            saved_at=asked,
        )


def _item(context: DemoContext, row: dict[str, Any], *, published_on: dt.date) -> None:
    by: User | None = context.people[row["by"]] if "by" in row else None
    state = ItemState(row.get("state", ItemState.PUBLISHED))
    sent, published = moment(published_on - dt.timedelta(days=2), 15), moment(published_on, 10)
    item = context.add(
        WatchItem,
        {"public_id": identifier("watch", row["title"])},
        slug=free_slug(row["title"]),
        kind=row["kind"],
        title=row["title"],
        body=row.get("body", "").strip(),
        is_national=row.get("national", False),
        is_public=row.get("public", False),
        is_fictional=row.get("fictional", False),
        session=context.sessions[row["session"]] if "session" in row else None,
        cycle=Cycle.objects.get(year=row["cycle"]) if "cycle" in row else None,
        state=state,
        contributor=by,
        organisation=by.positions.order_by("pk").first().organisation if by else None,
        created_at=sent,
        changed_at=published if state in OUT else sent,
        submitted_at=None if state == ItemState.DRAFT else sent,
        published_at=published if state in OUT else None,
        expired_at=published if state == ItemState.EXPIRED else None,
        **{name: row.get(name, "") for name in TEXTS},
        **{name: row.get(name, []) for name in LISTS},
        **{name: partial(row.get(name, "")) for name in DATES},
    )
    item.regions.set(Region.objects.filter(code__in=row.get("regions", [])))
    if item.kind == Kind.NEEDS_STUDY:
        item.competences.set(Competence.objects.filter(name__in=row.get("competences", [])))
    if state != ItemState.DRAFT and not item.revisions.exists():
        revisions.record(item=item, by=by, now=sent)
    if "found" in row:
        _link_check(context, item, row["found"])
