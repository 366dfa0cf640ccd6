"""What contributors are told of their entries of the watch: the kinds of notification, and to whom each goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from core.notifications import kinds, services
from members.people import in_charge_of
from watch.enums import CorrectionMove, ItemMove
from watch.models import Correction, WatchItem

if TYPE_CHECKING:
    from core.accounts.models import User

TOLD = {
    ItemMove.PUBLISH: "published",
    ItemMove.RETURN: "returned",
    ItemMove.REFUSE: "refused",
    ItemMove.EXPIRE: "ended",
    ItemMove.WITHDRAW: "withdrawn",
}

ANSWERS = {
    CorrectionMove.ACCEPT: "correction_accepted",
    CorrectionMove.REFUSE: "correction_refused",
}


def _address(values: Mapping[str, Any]) -> str:
    return reverse("watch:item", args=[values["slug"]])


def _reason(values: Mapping[str, Any]) -> list[str]:
    reason = values.get("reason", "")
    return [gettext("Reason: %(reason)s") % {"reason": reason}] if reason else []


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for name, label, text in (
        ("published", _("Watch: published"), _("Your entry of the watch “%(title)s” is published.")),
        (
            "returned",
            _("Watch: given back"),
            _("Your entry of the watch “%(title)s” is given back to you to be completed."),
        ),
        ("refused", _("Watch: refused"), _("Your entry of the watch “%(title)s” was not published.")),
        ("ended", _("Watch: ended"), _("Your entry of the watch “%(title)s” is marked as ended.")),
        (
            "withdrawn",
            _("Watch: withdrawn"),
            _("Your entry of the watch “%(title)s” was withdrawn to be checked again."),
        ),
    ):
        kinds.register(
            kinds.Kind(f"watch.{name}", label=label, text=text, address=_address, details=_reason, of_others=True)
        )
    for name, label, text in (
        (
            "correction_accepted",
            _("Watch: correction accepted"),
            _("Your correction of “%(title)s” is accepted."),
        ),
        ("correction_refused", _("Watch: correction refused"), _("Your correction of “%(title)s” was not accepted.")),
    ):
        kinds.register(
            kinds.Kind(f"watch.{name}", label=label, text=text, address=_correction, details=_reason, of_others=True)
        )


def _correction(values: Mapping[str, Any]) -> str:
    return reverse("watch:correction", args=[values["correction"]])


def notify_proposer(move: CorrectionMove, correction: Correction, *, now: dt.datetime, by: User) -> None:
    """Tells who proposed `correction` what came of it; nobody of what he or she did."""
    if move not in ANSWERS or correction.proposed_by == by:
        return
    services.notify(
        kind=f"watch.{ANSWERS[move]}",
        users=[correction.proposed_by],
        values={
            "correction": str(correction.public_id),
            "title": correction.item.title,
            "reason": correction.answer,
        },
        now=now,
        about=("watch_correction", correction.public_id),
    )


def notify_contributor(move: ItemMove, item: WatchItem, *, now: dt.datetime, by: User | None = None) -> None:
    """Tells who contributed `item`, or who acts for the organisation since; nobody of what he or she did."""
    if move not in TOLD or item.contributor is None:
        return
    people = [user for user in in_charge_of(item.contributor, item.organisation, now) if by is None or user != by]
    services.notify(
        kind=f"watch.{TOLD[move]}",
        users=people,
        values={"slug": item.slug, "title": item.title, "reason": item.answer},
        now=now,
        about=("watch_item", item.public_id),
    )
