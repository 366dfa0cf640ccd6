"""Permissions of this app in one table: members contribute and read what is out, animators check what was sent."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, always, register
from watch.enums import ItemState
from watch.visibility import own_visibility

NOT_OUT = Denied(
    _("This entry of the watch is not published."),
    _("You will see it once the animators have checked it."),
    weight=2,
)
DRAFT_OF_OTHERS = Denied(
    _("This entry of the watch is a draft of its contributor."),
    _("You will see it once it is sent to be checked."),
    weight=3,
)
NOT_YOURS = Denied(
    _("Somebody else contributed this entry of the watch."),
    _("Ask the animators of the space to correct it."),
    weight=3,
)
NOT_YOUR_CORRECTION = Denied(
    _("Somebody else proposed this correction."),
    _("Propose one of your own from the page of the entry."),
    weight=2,
)
SENT = Denied(
    _("This entry of the watch was sent to the animators: they look after it now."),
    _("Take it back while it is not checked, or ask the animators to correct it."),
    weight=4,
)


def _out(user: Any, item: Any) -> Denied | None:
    return None if item is None or item.is_out else NOT_OUT


def _out_or_own(user: Any, item: Any) -> Denied | None:
    return None if item is None or item.is_out or own_visibility(user).owns(item) else NOT_OUT


def _sent_or_own(user: Any, item: Any) -> Denied | None:
    sent = item is None or item.state != ItemState.DRAFT
    return None if sent or own_visibility(user).owns(item) else DRAFT_OF_OTHERS


def _own(user: Any, item: Any) -> Denied | None:
    return None if item is None or own_visibility(user).owns(item) else NOT_YOURS


def _own_correction(user: Any, correction: Any) -> Denied | None:
    return None if correction is None or correction.proposed_by_id == user.pk else NOT_YOUR_CORRECTION


def _own_draft(user: Any, item: Any) -> Denied | None:
    denied = _own(user, item)
    return denied if denied is not None or item is None or item.state == ItemState.DRAFT else SENT


register(
    "watch.view_item",
    _("read the watch"),
    member=_out_or_own,
    animator=_sent_or_own,
    administrator=_out,
)
register("watch.contribute", _("contribute to the watch"), member=always, animator=always)
register("watch.edit_item", _("change an entry of the watch"), member=_own_draft, animator=_sent_or_own)
register(
    "watch.submit_item", _("send an entry of the watch to be checked, or take it back"), member=_own, animator=_own
)
register("watch.view_history", _("read what an entry of the watch said before"), member=_own, animator=_sent_or_own)
register("watch.propose_correction", _("propose a correction of an entry of the watch"), member=_out, animator=_out)
register("watch.withdraw_correction", _("withdraw a correction"), member=_own_correction, animator=_own_correction)
register("watch.answer_correction", _("answer corrections of the watch"), animator=always)
register("watch.review_item", _("check, publish and end entries of the watch"), animator=_sent_or_own)
