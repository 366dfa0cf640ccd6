"""Minutes that were reviewed before they were published: what members asked, and what was answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.demo.context import DemoContext, moment
from sessions_app.enums import Outcome, Procedure, RequestState
from sessions_app.models import AgendaItem, AmendmentRequest, Circulation, MinutesRevision, MinutesVersion, Session


def text_before(row: dict[str, Any], item: int, text: str) -> str:
    """The text of an item as it was put under review: accepted requests changed it since."""
    for asked in row.get("review", {}).get("requests", []):
        if asked["item"] == item and "after" in asked:
            if asked["after"] not in text:
                raise ValueError(f"Item {item}: {asked['after']!r} is not in the text.")
            text = text.replace(asked["after"], asked["before"])
    return text


def opened_at(row: dict[str, Any]) -> dt.datetime | None:
    return moment(row["review"]["opened"], 9) if "review" in row else None


def open_review(
    context: DemoContext, session: Session, row: dict[str, Any], *, by: Any, organisation: Any
) -> Circulation:
    review = row["review"]
    return context.add(
        Circulation,
        {"session": session, "opened_at": moment(review["opened"], 9)},
        closes_at=moment(review["last_day"] + dt.timedelta(days=1), 0),
        opened_by=by,
        organisation=organisation,
    )


def answer(
    context: DemoContext,
    circulation: Circulation,
    item: AgendaItem,
    asked: dict[str, Any],
    *,
    by: Any,
    revision: MinutesRevision | None,
) -> None:
    """One request with its answer; `revision` is what an accepted one changed."""
    context.add(
        AmendmentRequest,
        {"circulation": circulation, "item": item, "wish": asked["wish"]},
        organisation=context.organisations[asked["organisation"]],
        author=context.people[asked["by"]],
        passage=asked["before"] if revision else asked["passage"],
        made_at=moment(asked["made"], 11),
        state=RequestState.ACCEPTED if revision else RequestState.REFUSED,
        answer=asked["answer"],
        answered_at=moment(asked["made"], 16),
        answered_by=by,
        revision=revision,
    )


def close(circulation: Circulation, version: MinutesVersion) -> None:
    circulation.version, circulation.ended_at, circulation.outcome = version, version.published_at, Outcome.ADOPTED
    circulation.full_clean()
    circulation.save()


PROCEDURE = Procedure.REVIEWED
