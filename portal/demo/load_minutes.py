"""Minutes: written item by item, and published with the date and the author organisation of their time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core import richtext
from core.accounts.models import User
from members.models import Organisation
from portal.demo import load_review, markup, source
from portal.demo.context import DemoContext, moment
from portal.demo.load_sessions import rows
from sessions_app.enums import MinutesState, Procedure
from sessions_app.minutes import standing
from sessions_app.minutes.services import freeze
from sessions_app.models import AgendaItem, Circulation, Minutes, MinutesEntry, MinutesRevision, MinutesVersion, Session

FIRST_BY_NEW_ANIMATION = 21  # animated by Le RAMEAU until the handover, minutes written by its successor


@dataclass(frozen=True)
class Writer:
    user: User
    organisation: Organisation


def writer_of(context: DemoContext, session: Session) -> Writer:
    """Who wrote down that session, for which organisation."""
    if session.number < FIRST_BY_NEW_ANIMATION:
        return Writer(context.people["Jean Castaing"], context.organisations["le-rameau"])
    return Writer(context.people["Sofia Marchetti"], context.organisations["fondation-des-territoires"])


def loaded(context: DemoContext) -> bool:
    return Minutes.objects.exists()


def load(context: DemoContext) -> None:
    for number, row in rows():
        texts = markup.sections(source.prose(f"sessions/{number:02}"))
        if texts and not Minutes.objects.filter(session__number=number).exists():
            _minutes(context, context.sessions[number], row, texts)


def _minutes(context: DemoContext, session: Session, row: dict[str, Any], texts: dict[int, str]) -> None:
    writer = writer_of(context, session)
    written_at = moment(row["published"] - dt.timedelta(days=2) if "published" in row else session.date.lower, 17)
    if under_review := load_review.opened_at(row):
        written_at = under_review - dt.timedelta(days=1)
    minutes = context.add(Minutes, {"session": session}, changed_at=written_at)
    amendments = row.get("amendments", [])
    for item in AgendaItem.objects.filter(session=session, position__in=texts):
        text = texts[item.position]
        saved_at = written_at + dt.timedelta(minutes=8 * item.position)
        for earlier in row.get("earlier", []):
            if earlier["item"] == item.position:
                _save_earlier(context, minutes, item, text, earlier, session=session, saved_at=saved_at)
        for change in amendments:
            if change["item"] == item.position:
                text = text.replace(change["after"], change["before"])
        text = load_review.text_before(row, item.position, text)
        _save(context, minutes, item, text, writer=writer, saved_at=saved_at)
    if "published" not in row:
        return
    review = _review(context, session, row, texts, minutes, writer=writer) if under_review else None
    published_at = moment(row["published"], 10, 30)
    _publish(context, session, writer, number=1, reason="", published_at=published_at, review=review)
    _withdraw(session, row, writer)
    for number, change in enumerate(amendments, start=2):
        published_at = moment(change["published"], 11)
        item = AgendaItem.objects.get(session=session, position=change["item"])
        saved_at = published_at - dt.timedelta(minutes=20)
        _save(context, minutes, item, texts[item.position], writer=writer, saved_at=saved_at)
        _publish(context, session, writer, number=number, reason=change["reason"], published_at=published_at)
    _bring_up_to_date(session, row)


def _review(
    context: DemoContext,
    session: Session,
    row: dict[str, Any],
    texts: dict[int, str],
    minutes: Minutes,
    *,
    writer: Writer,
) -> Circulation:
    """The review as it went: each request in its order, an accepted one with the text it led to."""
    circulation = load_review.open_review(context, session, row, by=writer.user, organisation=writer.organisation)
    for asked in row["review"]["requests"]:
        item = AgendaItem.objects.get(session=session, position=asked["item"])
        revision = None
        if "after" in asked:
            saved_at = moment(asked["made"], 16)
            _save(context, minutes, item, texts[item.position], writer=writer, saved_at=saved_at)
            revision = MinutesRevision.objects.filter(entry__item=item).order_by("-number").first()
        load_review.answer(context, circulation, item, asked, by=writer.user, revision=revision)
    return circulation


def _withdraw(session: Session, row: dict[str, Any], writer: Writer) -> None:
    """The first version was withdrawn at once; the amendment that follows corrects it."""
    if "withdrawn" in row:
        version = MinutesVersion.objects.get(session=session, number=1)
        moment_of_it = moment(row["withdrawn"]["on"], 9)
        standing.withdraw(version, by=writer.user, reason=row["withdrawn"]["reason"], now=moment_of_it)


def _save(
    context: DemoContext, minutes: Minutes, item: AgendaItem, text: str, *, writer: Writer, saved_at: dt.datetime
) -> None:
    """One more revision of an item's text."""
    entry = MinutesEntry.objects.filter(item=item).first() or MinutesEntry(minutes=minutes, item=item)
    entry.body = richtext.clean(markup.rich_text(text))
    entry.revision += 1
    entry.changed_by = writer.user
    entry.changed_at = saved_at
    entry.full_clean()
    entry.save()
    context.added += 1
    context.add(
        MinutesRevision,
        {"entry": entry, "number": entry.revision},
        body=entry.body,
        author=writer.user,
        organisation=writer.organisation,
        saved_at=saved_at,
    )


def _save_earlier(
    context: DemoContext,
    minutes: Minutes,
    item: AgendaItem,
    text: str,
    earlier: dict[str, Any],
    *,
    session: Session,
    saved_at: dt.datetime,
) -> None:
    """A revision as it stood before the text was finished: `was` puts other words in the place of those of today."""
    for today, before in earlier["was"]:
        if today not in text:
            raise ValueError(f"Session {session.number}, item {item.position}: {today!r} is not in the text.")
        text = text.replace(today, before)
    writer = Writer(context.people[earlier["by"]], writer_of(context, session).organisation)
    before = saved_at - dt.timedelta(minutes=earlier["minutes_before"])
    _save(context, minutes, item, text, writer=writer, saved_at=before)


def _publish(
    context: DemoContext,
    session: Session,
    writer: Writer,
    *,
    number: int,
    reason: str,
    published_at: dt.datetime,
    review: Circulation | None = None,
) -> None:
    """As the service publishes, but without asking for today's rights: the mandate of that time is what counts."""
    if MinutesVersion.objects.filter(session=session, number=number).exists():
        return
    version = freeze(
        session=session,
        number=number,
        by=writer.user,
        organisation=writer.organisation,
        procedure=load_review.PROCEDURE if review else Procedure.DIRECT,
        reason=reason,
        published_at=published_at,
        review=review,
    )
    if review:
        load_review.close(review, version)
    Minutes.objects.filter(session=session).update(state=MinutesState.PUBLISHED, changed_at=published_at)
    context.added += 1


def _bring_up_to_date(session: Session, row: dict[str, Any]) -> None:
    """What became of decisions and actions after the minutes were frozen."""
    for rows_of, data in ((session.decisions, row.get("decisions", [])), (session.actions, row.get("actions", []))):
        for number, one in enumerate(data, start=1):
            rows_of.filter(number=number).exclude(status=one["status"]).update(status=one["status"])
