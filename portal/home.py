"""What the home pages show, read across the apps: the next session, the latest minutes, the space in figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from core.accounts.models import User
from core.charts import seating_figure as round_of_seats
from core.db.periods import today
from core.web.counts import cached
from governance.models import Handover, Mandate, SpaceEvent
from governance.register import timeline
from members.backends import positions_of
from members.models import Organisation
from sessions_app.enums import FollowUp, SessionState
from sessions_app.models import Decision, MinutesVersion, Session
from sessions_app.responses.by_organisation import OrganisationResponse, counts, responses_by_organisation
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.page import Seat, answers_of, seats as answer_seats
from sessions_app.responses.permissions import acting_positions
from sessions_app.responses.services import takes_answers

LATEST_MINUTES = 3
_MINE = gettext_lazy("your organisation")


@dataclass(frozen=True)
class Figures:
    """The space in numbers, from its records."""

    members: int
    with_scheme: int
    held: int
    decisions: int
    decisions_open: int


@dataclass(frozen=True)
class Members:
    """Member organisations of one day: (pk, whether it runs a scheme), by name."""

    rows: list[tuple[int, bool]]

    @property
    def with_scheme(self) -> int:
        return sum(runs for _pk, runs in self.rows)


def members(now: dt.datetime) -> Members:
    found = Organisation.objects.members_on(today(now)).order_by("name", "pk")
    return Members(list(found.values_list("pk", "runs_scheme")))


def figures(found: Members) -> Figures:
    """Sessions held, and the decisions that members read. One query beside `members`."""
    decided = Decision.objects.visible(drafts=False).order_by().annotate(what=F("status"))
    held = Session.objects.past().order_by().annotate(what=Value("held"))
    counted = [
        rows.values("what").annotate(number=Count("pk")).values_list("what", "number") for rows in (held, decided)
    ]
    both = counted[0].union(counted[1], all=True)
    numbers = cached([both], lambda: dict(both), size=lambda answer: sum(answer.values()))
    return Figures(
        members=len(found.rows),
        with_scheme=found.with_scheme,
        held=numbers.get("held", 0),
        decisions=sum(number for status, number in numbers.items() if status != "held"),
        decisions_open=numbers.get(FollowUp.OPEN, 0),
    )


def seats(found: Members, user: Any) -> round_of_seats.Round | None:
    """The round of the member organisations, those of `user` marked; None while there is none."""
    if not found.rows:
        return None
    own = {position.organisation_id for position in positions_of(user)} if user.is_authenticated else set()
    total, schemes = len(found.rows), found.with_scheme
    return round_of_seats.draw(
        ["mine" if pk in own else "present" for pk, runs in found.rows if runs],
        ["mine" if pk in own else "ring" for pk, runs in found.rows if not runs],
        number=total,
        lines=[
            ngettext("member organisation", "member organisations", total),
            ngettext("%(count)d runs a scheme", "%(count)d run a scheme", schemes) % {"count": schemes},
        ],
        alternative=_("%(members)d member organisations, of which %(schemes)d run an engineering scheme.")
        % {"members": total, "schemes": schemes},
        # Translators: of an organisation; the legend of the inner arc and of the outer one
        words={"mine": _MINE, "present": gettext_lazy("runs a scheme"), "ring": gettext_lazy("runs none")},
    )


@dataclass(frozen=True)
class Invitation:
    """What an announced session asks of the reader, and who comes; `round` is None while nobody has answered."""

    seats: list[Seat]
    choices: list[AnswerChoice]
    is_open: bool
    round: round_of_seats.Round | None


def invitation(session: Session, found: Members, user: User, now: dt.datetime) -> Invitation:
    """In two queries beside those of `members`."""
    answers = answers_of(session)
    return Invitation(
        seats=answer_seats(session, user, acting_positions(user), answers),
        choices=[choice for choice in AnswerChoice if choice != AnswerChoice.REPRESENTED],
        is_open=takes_answers(session, now),
        round=_coming(found, responses_by_organisation(answers), user) if answers else None,
    )


def _coming(found: Members, stand: dict[int, OrganisationResponse], user: User) -> round_of_seats.Round:
    own = {position.organisation_id for position in positions_of(user)}
    states = {AnswerChoice.YES: "present", AnswerChoice.REPRESENTED: "ring"}

    def state(pk: int) -> str:
        if pk in own:
            return "mine"
        return states.get(stand[pk].choice, "absent") if pk in stand else "absent"

    coming, total = counts(stand)[AnswerChoice.YES], len(found.rows)
    return round_of_seats.draw(
        [state(pk) for pk, runs in found.rows if runs],
        [state(pk) for pk, runs in found.rows if not runs],
        number=coming,
        lines=[
            # Translators: stands below the number
            ngettext("organisation announced", "organisations announced", coming),
            ngettext("of %(total)d member", "of %(total)d members", total) % {"total": total},
        ],
        alternative=_("%(coming)d of %(total)d member organisations say that they will take part.")
        % {"coming": coming, "total": total},
        words={
            "mine": _MINE,
            # Translators: legend of the ring of seats
            "present": gettext_lazy("takes part"),
            "ring": pgettext_lazy("legend", "represented"),
            # Translators: legend of the ring of seats
            "absent": gettext_lazy("no answer, or absent"),
        },
    )


def next_session(now: dt.datetime) -> Session | None:
    """The announced session that comes first and is not over."""
    announced = Session.objects.filter(state=SessionState.ANNOUNCED).select_related("cycle")
    over = Q(ends_at__lt=now) | Q(ends_at=None, date__fully_lt=(today(now), None)) & (
        Q(ends_on=None) | Q(ends_on__lt=today(now))
    )
    return announced.exclude(over).order_by("date", "number").first()


def history(now: dt.datetime) -> list[timeline.Event]:
    """What is public of the space's timeline: its events, and who animated it; without links to closed pages."""
    years = timeline.years(
        events=SpaceEvent.objects.all(),
        sessions=[],
        mandates=Mandate.objects.for_list().filter(starts_at__lte=now),
        handovers=Handover.objects.effective().with_names(),
        now=now,
    )
    return [replace(event, url="") if event.url.startswith("/") else event for year in years for event in year.events]


def latest_minutes() -> list[MinutesVersion]:
    """The versions in force published last, with `decision_count`; their texts stay in the database."""
    here = Decision.objects.visible(drafts=False).filter(session=OuterRef("session")).order_by()
    number = here.values("session").annotate(number=Count("pk")).values("number")
    return list(
        MinutesVersion.objects.in_force()
        .latest_first()
        .without_text()
        .select_related("session__cycle")
        .annotate(decision_count=Coalesce(Subquery(number), 0))[:LATEST_MINUTES]
    )
