"""What passes from somebody who leaves to the successor around sessions, and what stays with the leaver's name.

Answers have a module of their own (`responses.replacing`).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from core.accounts import rights
from core.lifecycle import replacing
from core.lifecycle.replacing import Handler, Kept, Leaving, Line, untold
from sessions_app import animation
from sessions_app.enums import FollowUp, RequestState, SessionState
from sessions_app.models import (
    ActionItem,
    AmendmentRequest,
    DateAnswer,
    MaterialProposal,
    PreparationTask,
    Session,
    Speaker,
)
from sessions_app.responses import replacing as responses
from sessions_app.sessions.locks import hold

AHEAD = (SessionState.DRAFT, SessionState.ANNOUNCED)


def _of_here(leaving: Leaving, field: str) -> Q:
    """Rows that name the organisation; those that name none, too, where the leaver goes altogether."""
    named = Q(**{field: leaving.organisation})
    return named if leaving.keeps_another else named | Q(**{f"{field}__isnull": True})


def _prepares(leaving: Leaving) -> bool:
    """Whether who acts may read what is not out yet; nobody else learns of it here, the leaver neither."""
    return rights.allows(leaving.by, "sessions_app.prepare_session")


def _actions(leaving: Leaving) -> QuerySet[ActionItem]:
    open_ones = ActionItem.objects.filter(person=leaving.leaver, status=FollowUp.OPEN)
    return (
        open_ones.filter(_of_here(leaving, "responsible"))
        .select_related("session")
        .order_by("session__number", "number")
    )


def _preview_actions(leaving: Leaving) -> Iterator[Line]:
    rows = _actions(leaving)
    names = [f"{action.reference}: {action.text}" for action in rows.visible(drafts=_prepares(leaving))]
    text = ngettext("%(count)d action under way", "%(count)d actions under way", len(names))
    yield Line(text % {"count": len(names)}, len(names), names)
    yield untold(rows.count() - len(names))


def _move_actions(leaving: Leaving) -> None:
    for action in _actions(leaving):
        hold(action.session_id)
        action.person = leaving.successor
        action.full_clean()
        action.save()


def _talks(leaving: Leaving) -> QuerySet[Speaker]:
    rows = Speaker.objects.filter(user=leaving.leaver, item__session__state__in=AHEAD)
    rows = rows.filter(_of_here(leaving, "organisation")).select_related("item__session")
    return rows.order_by("item__session__number", "item__position", "pk")


def _preview_talks(leaving: Leaving) -> Iterator[Line]:
    rows, readable = _talks(leaving), Session.objects.visible(drafts=_prepares(leaving))
    names = [f"{talk.item.session}: {talk.item.title}" for talk in rows.filter(item__session__in=readable)]
    text = ngettext(
        "%(count)d contribution to a coming session", "%(count)d contributions to coming sessions", len(names)
    )
    yield Line(text % {"count": len(names)}, len(names), names)
    yield untold(rows.count() - len(names))


def _move_talks(leaving: Leaving) -> None:
    for talk in _talks(leaving):
        hold(talk.item.session_id)
        if Speaker.objects.filter(item=talk.item, user=leaving.successor).exists():
            talk.delete()  # the successor speaks there already
            continue
        talk.user = leaving.successor
        talk.full_clean()
        talk.save()


def _tasks(leaving: Leaving) -> QuerySet[PreparationTask]:
    """Whoever animates takes care of them, so that they pass within the animating organisation alone."""
    animating = animation.animating(leaving.now)
    rows = PreparationTask.objects.filter(assignee=leaving.leaver, done_at=None).select_related("session")
    return rows.order_by("session__number", "pk") if animating == leaving.organisation else rows.none()


def _preview_tasks(leaving: Leaving) -> Iterator[Line]:
    tasks = list(_tasks(leaving))
    if not _prepares(leaving):
        yield untold(len(tasks))
        return
    names = [f"{task.session}: {task.title}" for task in tasks]
    text = ngettext("%(count)d task of a preparation", "%(count)d tasks of preparations", len(names))
    yield Line(text % {"count": len(names)}, len(names), names)


def _move_tasks(leaving: Leaving) -> None:
    for task in _tasks(leaving):
        hold(task.session_id)
        task.assignee = leaving.successor
        task.full_clean()
        task.save()


def _preview_standing(leaving: Leaving) -> Iterator[Line]:
    """What is the organisation's, whoever wrote it: it stands, and its answer is told to those who act then."""
    here = leaving.organisation
    dates = DateAnswer.objects.filter(
        organisation=here, answered_by=leaving.leaver, date__poll__closed_at=None, date__poll__closes_at__gt=leaving.now
    )
    found = {row.date.poll for row in dates.select_related("date__poll__session")}
    polls = sorted(str(poll.session) for poll in found if rights.allows(leaving.by, "sessions_app.see_dates", poll))
    text = ngettext(
        "%(count)d search for a date in which the organisation has answered",
        "%(count)d searches for a date in which the organisation has answered",
        len(polls),
    )
    yield Line(text % {"count": len(polls)}, len(polls), polls, moves=False)
    wishes = AmendmentRequest.objects.filter(
        organisation=here, author=leaving.leaver, state=RequestState.OPEN, circulation__ended_at=None
    )
    materials = MaterialProposal.objects.filter(organisation=here, author=leaving.leaver, state=RequestState.OPEN)
    count = wishes.count() + materials.count()
    text = ngettext(
        "%(count)d request or material that waits for an answer: the successor is told of it",
        "%(count)d requests or materials that wait for an answer: the successor is told of it",
        count,
    )
    yield Line(text % {"count": count}, count, moves=False)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    responses.register()
    for order, relation, preview, move in (
        (20, "sessions_app.ActionItem.person", _preview_actions, _move_actions),
        (30, "sessions_app.Speaker.user", _preview_talks, _move_talks),
        (40, "sessions_app.PreparationTask.assignee", _preview_tasks, _move_tasks),
    ):
        replacing.register(Handler(order=order, relations=(relation,), preview=preview, move=move))
    standing = (
        "sessions_app.DateAnswer.answered_by",
        "sessions_app.AmendmentRequest.author",
        "sessions_app.MaterialProposal.author",
    )
    replacing.register(Handler(order=50, relations=standing, preview=_preview_standing))
    for kept in KEPT:
        replacing.leave_behind(kept)


KEPT = (
    Kept(
        order=10,
        what=_("Presence at past sessions"),
        why=_("Who was there was there."),
        relations=("sessions_app.Attendee.user", "sessions_app.SignedSheet.added_by"),
    ),
    Kept(
        order=20,
        what=_("Minutes, their versions, reviews and records of decisions"),
        why=_("They say who wrote, circulated and answered."),
        relations=(
            "sessions_app.MinutesEntry.changed_by",
            "sessions_app.MinutesRevision.author",
            "sessions_app.MinutesVersion.author",
            "sessions_app.MinutesProposal.author",
            "sessions_app.Circulation.opened_by",
            "sessions_app.AmendmentRequest.answered_by",
            "sessions_app.DecisionRecord.author",
            "sessions_app.VersionStanding.withdrawn_by",
            "sessions_app.VersionStanding.restored_by",
            "sessions_app.RecordStanding.withdrawn_by",
            "sessions_app.RecordStanding.restored_by",
        ),
    ),
    Kept(
        order=30,
        what=_("Who entered, opened, ticked off or wrote something"),
        why=_("It was done by the leaver, and stays so."),
        relations=(
            "sessions_app.Answer.recorded_by",
            "sessions_app.Guest.added_by",
            "sessions_app.DatePoll.opened_by",
            "sessions_app.Evaluation.opened_by",
            "sessions_app.PreparationTask.done_by",
            "sessions_app.Message.written_by",
            "sessions_app.MessageRecipient.user",
        ),
    ),
    Kept(
        order=85,
        what=_("The key of the leaver’s calendar"),
        why=_("It shows only what the leaver may still see; the successor makes another one."),
        relations=("sessions_app.FeedKey.user",),
    ),
)
