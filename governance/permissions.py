"""Permissions of this app: who may do what to the animation of the space.

Steps of a handover belong to representatives: the holder's prove it by the role `animator` (their organisation
holds the running mandate), the receiver's and those who ask for an interim by the role `member`.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import Denied, Rule, always, register
from governance.backends import filled, running_mandate
from governance.enums import ENDED_STATES, HandoverState, MandateKind
from governance.models import Mandate
from members.backends import positions_of
from members.enums import ACTING_ROLES, PositionRole

NOT_ITS_PEOPLE = _("This step belongs to a representative %(of_organisation)s.")
ASK_THEM = _("Ask a representative %(of_organisation)s.")
PRIVATE_DRAFT = Denied(
    _("This handover is being prepared by the organisation that holds the animation."),
    _("You will see it once it is proposed."),
    weight=2,
)
NOT_BY_HOLDER = Denied(
    _("This step of an interim does not belong to the organisation that holds the animation."),
    _("It can propose a handover of its own at any time."),
    weight=4,
)
ONLY_FOR_INTERIM = Denied(_("Only the animators can do this."), _("Ask the animators of the space."), weight=1)
FOUNDED = Denied(
    _("The animation of this space was entrusted already."),
    _("It passes from one organisation to another by a handover."),
    weight=2,
)
PACK_CLOSED = Denied(
    _("The pack of this handover is closed: it is over."),
    _("Ask the people who animate the space for what you need of it."),
    weight=6,
)
NO_VOICE = Denied(
    _("You speak for no organisation that has a voice in this consultation."),
    _("Voices belong to the organisations that were members when it opened, through their people in position today."),
    weight=4,
)


def _holder(user: Any) -> Any:
    """The organisation that animates today, remembered for this request."""
    memory = rights.memory(user)
    if "animating" not in memory:
        memory["animating"] = Mandate.objects.organisation_at(timezone.now())
    return memory["animating"]


def represents(user: Any, organisation: Any) -> Denied | None:
    """A denial unless `user` is a representative of `organisation` today."""
    held = [position for position in positions_of(user) if position.organisation_id == organisation.pk]
    if any(position.role == PositionRole.REPRESENTATIVE for position in held):
        return None
    remedy = filled(ASK_THEM, organisation=organisation.label)
    return Denied(filled(NOT_ITS_PEOPLE, organisation=organisation.label), remedy, weight=5 if held else 2)


def acts_for(user: Any, organisation: Any) -> bool:
    """Whether `user` is a representative or substitute of `organisation` today."""
    return any(
        position.organisation_id == organisation.pk and position.role in ACTING_ROLES for position in positions_of(user)
    )


def of_holder(user: Any, handover: Any) -> Denied | None:
    """A representative of the organisation that hands over; without a handover, of the one that animates."""
    if handover is None:
        return represents(user, _holder(user))
    if handover.kind == MandateKind.INTERIM:
        return NOT_BY_HOLDER
    return represents(user, handover.holder)


def of_receiver(user: Any, handover: Any) -> Denied | None:
    return represents(user, handover.receiver)


def ordinary(user: Any, handover: Any) -> Denied | None:
    """What animators do in a handover of their own, but not in an interim that was asked for behind them."""
    return NOT_BY_HOLDER if handover is not None and handover.kind == MandateKind.INTERIM else None


def interim_only(rule: Rule) -> Rule:
    def check(user: Any, handover: Any) -> Denied | None:
        if handover is None or handover.kind != MandateKind.INTERIM:
            return ONLY_FOR_INTERIM
        return rule(user, handover)

    return check


def of_asking(user: Any, handover: Any) -> Denied | None:
    """A representative of an organisation that asked for this interim, or of its receiver."""
    if represents(user, handover.receiver) is None:
        return None
    organisations = [request.organisation for request in handover.requests.select_related("organisation")]
    if any(represents(user, organisation) is None for organisation in organisations):
        return None
    return represents(user, organisations[0] if organisations else handover.receiver)


def of_first_asking(user: Any, handover: Any) -> Denied | None:
    return represents(user, handover.requests.select_related("organisation").first().organisation)


def may_ask_interim(user: Any, handover: Any) -> Denied | None:
    """A representative of a member organisation other than the one that animates."""
    holder = _holder(user)
    if holder is None:
        return Denied(_("Nobody holds the animation of the space yet."), weight=3)
    for position in positions_of(user):
        if position.is_member and position.role == PositionRole.REPRESENTATIVE and position.organisation != holder:
            return None
    return Denied(
        _("An interim is asked for by representatives of member organisations other than the one that animates."),
        _("Ask a representative of your organisation."),
        weight=3,
    )


def was_shown(handover: Any) -> bool:
    """As `Handover.was_shown`, also of a row of the audit trail: as it was then."""
    return handover.proposed_at is not None or handover.kind == MandateKind.INTERIM


def not_private(user: Any, handover: Any) -> Denied | None:
    """A handover that was never proposed is nobody's but its holder's, also once it is withdrawn.

    A request for an interim is seen by all members, who may join it.
    """
    return None if handover is None or was_shown(handover) else PRIVATE_DRAFT


def own_or_not_private(user: Any, handover: Any) -> Denied | None:
    """Animators see their own drafts, not those that an organisation before them never showed."""
    own = handover is not None and _holder(user) is not None and handover.holder_id == _holder(user).pk
    return None if own else not_private(user, handover)


def of_open_pack(user: Any, handover: Any) -> Denied | None:
    """Both sides until the effect; then the incoming organisation alone, for as long as the mandate it received runs.

    What stands in the pack is what the space holds today: the outgoing side reads no further in it.
    """
    state = handover.state_at(timezone.now())
    if state in ENDED_STATES:
        return PACK_CLOSED
    sides = [handover.receiver] if state == HandoverState.EFFECTIVE else [handover.receiver, handover.holder]
    if state == HandoverState.EFFECTIVE and handover.incoming != running_mandate(user):
        return PACK_CLOSED
    if any(acts_for(user, side) for side in sides):
        return None
    return PACK_CLOSED if acts_for(user, handover.holder) else represents(user, handover.receiver)


def supplies_identity(user: Any, organisation: Any) -> Denied | None:
    return represents(user, organisation)


def keeps_legal_pages(user: Any, organisation: Any) -> Denied | None:
    """An administrator writes what the legal pages say: of the organisation that animates, or is about to be the first."""
    holder = _holder(user)
    return None if holder is None or holder == organisation else represents(user, organisation)


def nothing_founded(user: Any, obj: Any) -> Denied | None:
    return FOUNDED if Mandate.objects.exists() else None


def consults_for_interim(user: Any, consultation: Any) -> Denied | None:
    """Who asked for an interim keeps its consultation, since the animators are silent."""
    handover = consultation.handover if consultation is not None else None
    return interim_only(of_asking)(user, handover)


def not_own_interim(user: Any, consultation: Any) -> Denied | None:
    """Animators keep every consultation but the one that asks whether they should be replaced."""
    return ordinary(user, consultation.handover if consultation is not None else None)


def has_vote(user: Any, consultation: Any) -> Denied | None:
    if consultation is None:
        return None
    organisations = [position.organisation_id for position in positions_of(user) if position.role in ACTING_ROLES]
    return None if consultation.voters.filter(organisation__in=organisations).exists() else NO_VOICE


def readable_consultation(user: Any, consultation: Any) -> Denied | None:
    """Until it was opened it is its authors' alone; one that was called off before never was."""
    if consultation is not None and consultation.opened_at is None:
        return Denied(_("This consultation is being prepared."), _("You will see it once it is open."), weight=1)
    return None


register(
    "governance.view_governance", _("read the governance page"), member=always, animator=always, administrator=always
)
register(
    "governance.view_handover",
    _("read a handover"),
    member=not_private,
    animator=own_or_not_private,
    administrator=not_private,
)
register("governance.propose_handover", _("prepare and propose a handover"), animator=of_holder)
register("governance.accept_handover", _("accept a handover in principle"), member=of_receiver)
register(
    "governance.record_validation",
    _("record the validation by the members"),
    animator=ordinary,
    member=interim_only(of_asking),
)
register(
    "governance.complete_handover",
    _("hand the animation over"),
    animator=of_holder,
    member=interim_only(of_receiver),
)
register("governance.decline_handover", _("decline a handover"), member=of_receiver)
register(
    "governance.withdraw_handover",
    _("withdraw a handover"),
    animator=of_holder,
    member=interim_only(of_first_asking),
)
register("governance.correct_handover", _("correct a wrong entry of a handover"), administrator=always)
register("governance.request_interim", _("ask for an interim"), member=may_ask_interim)
register("governance.record_past_handover", _("enter a past handover"), animator=of_holder)
register("governance.use_pack", _("use the pack of a handover"), member=of_open_pack, animator=of_open_pack)
register("governance.keep_register", _("keep the register of the space"), animator=always)
register("governance.set_rules", _("set the rules of governance"), administrator=always)
register(
    "governance.edit_legal_identity",
    _("supply a legal identity"),
    animator=supplies_identity,
    member=supplies_identity,
    administrator=keeps_legal_pages,
)
register("governance.found_mandate", _("found the first mandate"), administrator=nothing_founded)
register("governance.leave_text", _("leave an unsaved text to the new animators"), former_animator=always)
register("governance.read_rescued_forms", _("read what former animators were writing"), animator=always)
register("governance.read_journal", _("read the journal of changes"), animator=always, administrator=always)
register(
    "governance.view_consultation",
    _("read a consultation"),
    member=readable_consultation,
    animator=always,
    administrator=readable_consultation,
)
register(
    "governance.run_consultation",
    _("prepare and run a consultation"),
    animator=not_own_interim,
    member=consults_for_interim,
)
register("governance.cast_ballot", _("give the position of one’s organisation"), member=has_vote)
