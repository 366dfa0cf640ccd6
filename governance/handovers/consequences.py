"""What a step brings about, said before it is confirmed. One sentence or two, no more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.formatting import names as formatting_names
from governance.enums import Step
from governance.models import Handover


def consequence(handover: Handover, step: Step) -> str:
    """In the language of the moment; the names are the organisations' short ones."""
    names = formatting_names.in_sentence(holder=handover.holder.label, receiver=handover.receiver.label)
    sentences = {
        Step.PROPOSE: _(
            "All members will see the proposal, and the representatives %(of_receiver)s will be asked to answer."
            " Nobody’s rights change yet."
        ),
        Step.ACCEPT: _(
            "The acceptance and its document will be shown to all members, who are then to validate it."
            " %(Receiver)s will get the pack for incoming animators. Nobody’s rights change yet."
        ),
        Step.VALIDATE: _(
            "The validation will be part of the register of the space. The animation can then be handed over."
            " Nobody’s rights change yet."
        ),
        Step.COMPLETE: _(
            "At that moment the people %(of_holder)s can no longer write or publish; those %(of_receiver)s can."
            " What was published until then keeps the name of its organisation. This cannot be undone: another handover would be needed."
        ),
        Step.DECLINE: _("The handover ends here. %(Holder)s goes on animating the space, and may propose another."),
        Step.WITHDRAW: _("The handover ends here. %(Holder)s goes on animating the space."),
    }
    if step == Step.PROPOSE and handover.is_historical:
        return (
            _("All members will see this entry, marked as entered after the fact. Nobody’s rights change yet.") % names
        )
    if step == Step.ACCEPT and handover.is_interim:
        return (
            _(
                "The acceptance and its document will be shown to all members, and their consultation opens at once."
                " Nobody’s rights change yet."
            )
            % names
        )
    return sentences[step] % names
