"""The one place that says who sees which initiative, which funding line and which amount.

    visibility = visibility_of(user)
    Initiative.objects.seen_by(visibility)          # drafts only for their funder
    FundingLine.objects.seen_by(visibility)         # who funds what; drafts and refusals only for their funder
    FundingLine.objects.amounts_seen_by(visibility) # lines whose amounts may be shown or added up

A total shows what its reader may see and says how many amounts are not told, because a total that held a
hidden amount would tell it to whoever subtracts the others. Imports no model where it is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from funding.enums import GRANTED_STATES, OWN_STATES, AmountAudience, UpdateAudience, UpdateState

if TYPE_CHECKING:
    from funding.models import FundingLine, Initiative


@dataclass(frozen=True)
class Visibility:
    """Whose eyes: the organisations a person belongs to as a funder, and whether he or she is in the space."""

    funders: frozenset[int] = frozenset()  # primary keys of organisations
    inside: bool = False  # members, animators, administrators, funders

    def initiatives(self, prefix: str = "") -> Q:
        """Initiatives that may be seen; `prefix` is the path to them, e.g. "initiative__"."""
        shown = Q(**{f"{prefix}draft_of": None})
        return shown | Q(**{f"{prefix}draft_of__in": self.funders}) if self.funders else shown

    def lines(self) -> Q:
        """Lines whose existence, funder and state may be seen."""
        shown = ~Q(state__in=OWN_STATES)
        return shown | Q(funder__in=self.funders) if self.funders else shown

    def amounts(self) -> Q:
        """Lines whose amounts may be seen as well."""
        audiences = [AmountAudience.PUBLIC, AmountAudience.MEMBERS] if self.inside else [AmountAudience.PUBLIC]
        shown = ~Q(state__in=OWN_STATES) & Q(audience__in=audiences)
        return shown | Q(funder__in=self.funders) if self.funders else shown

    def updates(self) -> Q:
        """Updates that may be read: received ones by their audience; all of them by the keeper of the initiative."""
        from funding.models import FundingLine

        received = Q(state=UpdateState.SUBMITTED)
        shown = received & Q(audience=UpdateAudience.MEMBERS) if self.inside else Q(pk__in=())
        if not self.funders:
            return shown
        given = FundingLine.objects.filter(
            initiative=OuterRef("initiative"), funder__in=self.funders, state__in=GRANTED_STATES
        )
        return shown | Q(initiative__prepared_by__in=self.funders) | (received & Q(Exists(given)))

    # the same for one row that was read already

    def sees_initiative(self, initiative: Initiative) -> bool:
        return initiative.draft_of_id is None or initiative.draft_of_id in self.funders

    def sees_line(self, line: FundingLine) -> bool:
        return line.state not in OWN_STATES or line.funder_id in self.funders

    def sees_amount(self, line: FundingLine) -> bool:
        if line.funder_id in self.funders:
            return True
        wanted = {AmountAudience.PUBLIC, AmountAudience.MEMBERS} if self.inside else {AmountAudience.PUBLIC}
        return line.state not in OWN_STATES and line.audience in wanted


PUBLIC = Visibility()  # open data: what everybody may see


def visibility_of(user: Any) -> Visibility:
    """What `user` may see today, remembered for this request."""
    from core.accounts import rights
    from funding.backends import funding_positions

    if not user.is_authenticated or not user.may_enter:
        return PUBLIC
    memory = rights.memory(user)
    if "funding_visibility" not in memory:
        funders = frozenset(position.organisation_id for position in funding_positions(user))
        memory["funding_visibility"] = Visibility(funders, inside=rights.allows(user, "funding.view_initiative"))
    return memory["funding_visibility"]
