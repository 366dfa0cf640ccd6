"""Where each organisation stands, from the answers of its people. Pure functions, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sessions_app.models import Answer
from sessions_app.responses.enums import RESPONSE_LABELS, AnswerChoice

YES, MAYBE, NO, REPRESENTED = AnswerChoice.YES, AnswerChoice.MAYBE, AnswerChoice.NO, AnswerChoice.REPRESENTED
CANNOT_HOLD = (NO, REPRESENTED)


@dataclass
class OrganisationResponse:
    """The answer of one organisation as a whole.

    It takes part as soon as one of its people or their substitute does; a pouvoir counts where nobody comes.
    `lapsed` is a pouvoir whose holder does not come either: the organisation is then not represented.
    """

    choice: AnswerChoice
    answers: list[Answer] = field(default_factory=list)
    pouvoir: Answer | None = None
    lapsed: bool = False

    @property
    def by_substitute(self) -> bool:
        """Nobody but substitutes comes."""
        return self.choice == YES and not any(answer.choice == YES for answer in self.answers)

    @property
    def remotely(self) -> bool:
        coming = [answer for answer in self.answers if answer.choice == YES]
        return bool(coming) and all(answer.remotely for answer in coming)

    @property
    def label(self) -> object:
        return RESPONSE_LABELS[self.choice]


def responses_by_organisation(answers: Iterable[Answer]) -> dict[int, OrganisationResponse]:
    """By organisation key, for the answers of one session; who is silent is not in it."""
    found: dict[int, OrganisationResponse] = {}
    for answer in answers:
        own = found.setdefault(answer.organisation_id, OrganisationResponse(NO))
        own.answers.append(answer)
        if answer.holder_id is not None:
            own.pouvoir = answer
    for own in found.values():
        own.choice = _choice(own)
    firm = {key: own.choice for key, own in found.items()}
    for own in found.values():
        if own.choice == REPRESENTED and firm.get(own.pouvoir.holder_id) in CANNOT_HOLD:
            own.lapsed, own.choice = True, NO
    return found


def _choice(own: OrganisationResponse) -> AnswerChoice:
    given = {answer.choice for answer in own.answers if answer.holder_id is None}
    if YES in given or REPRESENTED in given:  # without a holder: by a substitute
        return YES
    if own.pouvoir is not None:
        return REPRESENTED
    return MAYBE if MAYBE in given else NO


def counts(found: dict[int, OrganisationResponse]) -> dict[AnswerChoice, int]:
    """How many organisations stand where; every choice is in it."""
    counted = Counter(own.choice for own in found.values())
    return {choice: counted[choice] for choice in AnswerChoice}


def held_by(organisation_id: int, found: dict[int, OrganisationResponse]) -> list[Answer]:
    """The pouvoirs that an organisation holds, lapsed or not."""
    return [own.pouvoir for own in found.values() if own.pouvoir and own.pouvoir.holder_id == organisation_id]
