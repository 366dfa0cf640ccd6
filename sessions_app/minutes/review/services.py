"""Writes of the contradictory procedure: open a review, ask, answer, and end it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy as _

from core import richtext
from core.accounts import rights
from core.db.periods import today
from core.formatting.dates import ordinal_text
from members.people import acting_people, in_charge_of
from sessions_app.checklist.enums import Doing
from sessions_app.checklist.services import done_by_doing
from sessions_app.enums import ItemKind, MinutesState, Outcome, Procedure, RequestState, SessionState
from sessions_app.minutes import services as minutes_services
from sessions_app.minutes.review.reviewers import concerned, reviewers
from sessions_app.minutes.review.shown import PARTS, changed_parts, hashes_now
from sessions_app.minutes.services import MinutesError, NothingWritten, ReasonMissing
from sessions_app.models import (
    AgendaItem,
    AmendmentRequest,
    Circulation,
    Minutes,
    MinutesEntry,
    MinutesVersion,
    Session,
)
from sessions_app.notifications import notify
from sessions_app.sessions import changes
from sessions_app.sessions.locks import begin_minutes, hold, hold_minutes

if TYPE_CHECKING:
    from core.accounts.models import User
    from members.models import Organisation

LEAST_DAYS, USUAL_DAYS, MOST_DAYS = 1, 8, 60
APPROVAL_MINUTES = 5  # how long the approval takes on the next agenda


class NotADraft(MinutesError):
    message = _("Only a draft can be put under review.")


class WindowClosed(MinutesError):
    message = _("The period of review is over.")


class WindowOpen(MinutesError):
    message = _("The period of review is not over yet.")


class RequestsOpen(MinutesError):
    message = _("Some requests still wait for an answer.")


class AlreadyAnswered(MinutesError):
    message = _("This request has been answered already.")


class RefusalUnexplained(ReasonMissing):
    message = _("Say why the request is refused: whoever made it reads this reason.")


class StopUnexplained(ReasonMissing):
    message = _("Say why the review stops: the organisations concerned read this reason.")


class NothingChanged(MinutesError):
    message = _("The text is the same as before: change it, or refuse the request and say why.")


class NoNextSession(MinutesError):
    message = _("No session lies ahead: create the next one first.")


class NotApprovedYet(MinutesError):
    message = _("The session that is to approve these minutes has not been held yet.")


class ReviewOver(MinutesError):
    message = _("This review has ended already.")


class ShownSomethingElse(MinutesError):
    """What would be adopted is not what the reviewers were shown."""

    def __init__(self, parts: list[str]) -> None:
        names = ", ".join(str(PARTS[part]) for part in parts)
        self.message = gettext("Changed since the review was opened: %(parts)s. Have it reviewed again first.") % {
            "parts": names
        }
        super().__init__()


@transaction.atomic
def circulate(*, session: Session, by: User, days: int, now: dt.datetime) -> Circulation:
    """Opens a review of `days` whole days, until midnight in Paris, and tells the people of those concerned.

    Raises `NotADraft`, `NothingWritten`, `ValueError` for a number of days out of range, `PermissionRefused`.
    """
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise ValueError(days)
    allowed = rights.check_for_writing(by, "sessions_app.publish_minutes", session)
    minutes = hold_minutes(session)
    if minutes is None or minutes.state != MinutesState.DRAFT:
        raise NotADraft
    if all(richtext.is_empty(entry.body) for entry in MinutesEntry.objects.filter(minutes=minutes)):
        raise NothingWritten
    circulation = Circulation(
        session=session,
        opened_at=now,
        closes_at=_closing(now, days),
        opened_by=by,
        organisation=allowed.detail.organisation,
        shown=hashes_now(session, now),
    )
    circulation.full_clean()
    circulation.save()
    _set_state(minutes, MinutesState.CIRCULATED, now)
    _notify("review_opened", circulation, by=by, now=now, users=acting_people(concerned(session), now))
    done_by_doing(session, Doing.CIRCULATED, by=by, now=now)
    return circulation


@transaction.atomic
def ask(
    *,
    circulation: Circulation,
    item: AgendaItem,
    by: User,
    wish: str,
    now: dt.datetime,
    organisation: Organisation | None = None,
    passage: str = "",
    outside_name: str = "",
) -> AmendmentRequest:
    """A request on one item, while the window is open.

    Members ask for an organisation of their own that took part or is cited there. Animators write down what
    reached them elsewhere, for any organisation or for an outside speaker by name. Raises `WindowClosed`,
    `PermissionRefused`, `ValidationError`.
    """
    allowed = rights.check_for_writing(by, "sessions_app.request_amendment", item)
    hold(circulation.session_id)
    circulation = Circulation.objects.select_for_update().get(pk=circulation.pk)
    if circulation.ended_at is not None or now >= circulation.closes_at:
        raise WindowClosed
    if allowed.role != "animator":
        mine = reviewers(by, item.session).on(item.pk)
        if organisation not in mine:
            organisation = mine[0]
        outside_name = ""
    request = AmendmentRequest(
        circulation=circulation,
        item=item,
        organisation=organisation,
        outside_name=outside_name.strip(),
        author=by,
        passage=passage.strip(),
        wish=wish.strip(),
        made_at=now,
    )
    request.full_clean()
    request.save()
    return request


@transaction.atomic
def accept(
    *, request: AmendmentRequest, by: User, body: str, based_on: int, now: dt.datetime, answer: str = ""
) -> AmendmentRequest:
    """Changes the text of the item as asked; the revision is kept with the request.

    Raises `NothingChanged`, `AlreadyAnswered`, `ReviewOver`, `EntryConflict`, `PermissionRefused`.
    """
    request, minutes, organisation = _to_answer(request, by)
    before = changed_parts(request.circulation, now)
    _entry, revision = minutes_services.write_revision(
        minutes=minutes,
        item=request.item,
        by=by,
        organisation=organisation,
        body=richtext.from_form(body, richtext.HTML),
        based_on=based_on,
        now=now,
    )
    if revision is None:
        raise NothingChanged
    circulation = request.circulation
    if circulation.shown and "agenda" not in before:  # the reviewers see the new text beside the request
        circulation.shown["agenda"] = hashes_now(request.item.session, now)["agenda"]
        circulation.save(update_fields=["shown"])
    request.revision = revision
    return _answered(request, RequestState.ACCEPTED, by=by, answer=answer, now=now)


@transaction.atomic
def refuse(*, request: AmendmentRequest, by: User, reason: str, now: dt.datetime) -> AmendmentRequest:
    """Leaves the text and says why. Raises `RefusalUnexplained`, `AlreadyAnswered`, `ReviewOver`, `PermissionRefused`."""
    request, _minutes, _organisation = _to_answer(request, by)
    if not reason.strip():
        raise RefusalUnexplained
    return _answered(request, RequestState.REFUSED, by=by, answer=reason, now=now)


@transaction.atomic
def adopt(*, circulation: Circulation, by: User, now: dt.datetime, reason: str = "") -> MinutesVersion:
    """Publishes once the window is over and every request has its answer; without any, "without remark".

    `reason` is what a later version changes. Raises `WindowOpen`, `RequestsOpen`, `ReviewOver`, and what
    `minutes.services.publish` raises.
    """
    circulation = _running(circulation, by)
    if now < circulation.closes_at:
        raise WindowOpen
    states = set(circulation.requests.values_list("state", flat=True))
    if RequestState.OPEN in states:
        raise RequestsOpen
    procedure = Procedure.REVIEWED if states else Procedure.ADOPTED
    return _publish(circulation, by=by, procedure=procedure, reason=reason, now=now)


@transaction.atomic
def defer(*, circulation: Circulation, by: User, now: dt.datetime) -> Circulation:
    """Leaves the approval to the following session, as the first item of its agenda.

    Raises `NoNextSession`, `RequestsOpen`, `ReviewOver`, `PermissionRefused`.
    """
    circulation = _running(circulation, by)
    if circulation.requests.filter(state=RequestState.OPEN).exists():
        raise RequestsOpen
    following = Session.objects.coming().filter(number__gt=circulation.session.number).order_by("number").first()
    if following is not None:
        following = hold(following)
    if following is None or not following.is_ahead:
        raise NoNextSession
    with translation.override("fr"):  # the agenda is written in French
        title = gettext("Approval of the minutes of the %(nth)s session") % {
            "nth": ordinal_text(circulation.session.number)
        }
    was = changes.facts(following)
    for item in following.agenda.order_by("-position"):
        item.position += 1
        item.save(update_fields=["position"])
    item = AgendaItem(session=following, position=1, title=title, kind=ItemKind.DECISION, minutes_long=APPROVAL_MINUTES)
    item.full_clean()
    item.save()
    changes.note(following, before=was, by=by, now=now)
    circulation.approval_item = item
    return _end(circulation, Outcome.DEFERRED, now)


@transaction.atomic
def approve(*, circulation: Circulation, by: User, now: dt.datetime, reason: str = "") -> MinutesVersion:
    """Publishes what the following session has approved. Raises `NotApprovedYet`, `ReviewOver`, `PermissionRefused`."""
    rights.check_for_writing(by, "sessions_app.publish_minutes", circulation.session)
    circulation, minutes = _held(circulation)
    if circulation.outcome != Outcome.DEFERRED or minutes.state != MinutesState.CIRCULATED:
        raise ReviewOver
    item = circulation.approval_item
    if item is None or item.session.state not in (SessionState.HELD, SessionState.CLOSED):
        raise NotApprovedYet
    return _publish(circulation, by=by, procedure=Procedure.APPROVED, reason=reason, now=now)


@transaction.atomic
def show_again(*, circulation: Circulation, by: User, days: int, now: dt.datetime) -> Circulation:
    """What changed since is shown to those concerned, who are told, for `days` whole days more at least.

    Raises `ReviewOver`, `ValueError` for a number of days out of range, `PermissionRefused`.
    """
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise ValueError(days)
    circulation = _running(circulation, by)
    circulation.shown = hashes_now(circulation.session, now)
    circulation.closes_at = max(circulation.closes_at, _closing(now, days))
    circulation.full_clean()
    circulation.save()
    people = acting_people(concerned(circulation.session), now)
    _notify("review_changed", circulation, by=by, now=now, users=people)
    return circulation


@transaction.atomic
def stop(*, circulation: Circulation, by: User, reason: str, now: dt.datetime) -> Circulation:
    """Takes the text back to the desk, with a reason for those who were reading it. Raises `StopUnexplained`, `ReviewOver`."""
    rights.check_for_writing(by, "sessions_app.publish_minutes", circulation.session)
    circulation, minutes = _held(circulation)
    if minutes.state != MinutesState.CIRCULATED or circulation.outcome in (Outcome.STOPPED, Outcome.ADOPTED):
        raise ReviewOver
    if not reason.strip():
        raise StopUnexplained
    circulation.reason = reason.strip()
    item, circulation.approval_item = circulation.approval_item, None
    if item is not None and hold(item.session_id).is_ahead:  # there is nothing to approve any more
        item.delete()
    _set_state(minutes, MinutesState.DRAFT, now)
    _end(circulation, Outcome.STOPPED, now)
    people = acting_people(concerned(circulation.session), now)
    _notify("review_stopped", circulation, by=by, now=now, users=people)
    return circulation


def _closing(now: dt.datetime, days: int) -> dt.datetime:
    """Midnight in Paris after `days` whole days."""
    return timezone.make_aware(dt.datetime.combine(today(now) + dt.timedelta(days=days + 1), dt.time.min))


def _publish(circulation: Circulation, *, by: User, procedure: str, reason: str, now: dt.datetime) -> MinutesVersion:
    if changed := changed_parts(circulation, now):
        raise ShownSomethingElse(changed)
    latest = MinutesVersion.objects.filter(session=circulation.session).order_by("-number").first()
    version = minutes_services.publish(
        session=circulation.session,
        by=by,
        based_on=latest.number if latest else 0,
        reason=reason,
        procedure=procedure,
        review=circulation,
        now=now,
    )
    circulation.version = version
    if circulation.ended_at is None:
        _end(circulation, Outcome.ADOPTED, now)
    else:
        circulation.full_clean()
        circulation.save(update_fields=["version"])
    return version


def _running(circulation: Circulation, by: User) -> Circulation:
    rights.check_for_writing(by, "sessions_app.publish_minutes", circulation.session)
    circulation, _minutes = _held(circulation)
    if circulation.ended_at is not None:
        raise ReviewOver
    return circulation


def _held(circulation: Circulation) -> tuple[Circulation, Minutes]:
    """The review as it stands now, with the minutes it is about."""
    minutes = begin_minutes(circulation.session_id)
    circulation = Circulation.objects.select_for_update().get(pk=circulation.pk)
    circulation.session = minutes.session
    return circulation, minutes


def _to_answer(request: AmendmentRequest, by: User) -> tuple[AmendmentRequest, Minutes, Organisation]:
    allowed = rights.check_for_writing(by, "sessions_app.write_minutes", request.item.session)
    minutes = begin_minutes(request.item.session_id)
    request = AmendmentRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != RequestState.OPEN:
        raise AlreadyAnswered
    if request.circulation.ended_at is not None:
        raise ReviewOver
    return request, minutes, allowed.detail.organisation


def _answered(
    request: AmendmentRequest, state: RequestState, *, by: User, answer: str, now: dt.datetime
) -> AmendmentRequest:
    request.state = state
    request.answer = answer.strip()
    request.answered_at = now
    request.answered_by = by
    request.full_clean()
    request.save()
    told = in_charge_of(request.author, request.organisation, now)
    _notify("request_answered", request.circulation, by=by, now=now, users=told)
    return request


def _notify(name: str, circulation: Circulation, *, by: User, now: dt.datetime, users: Iterable[User]) -> None:
    """With the review itself, so that its link goes on leading to it when another one follows."""
    notify(name, circulation.session, by=by, now=now, users=users, review=str(circulation.public_id))


def _end(circulation: Circulation, outcome: Outcome, now: dt.datetime) -> Circulation:
    circulation.outcome = outcome
    circulation.ended_at = now
    circulation.full_clean()
    circulation.save()
    return circulation


def _set_state(minutes: Minutes, state: MinutesState, now: dt.datetime) -> None:
    minutes.state = state
    minutes.changed_at = now
    minutes.save()
