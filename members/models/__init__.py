"""What this app keeps: organisations and their schemes, memberships, positions, invitations."""

from members.models.belonging import Membership, Position
from members.models.invitation import Invitation
from members.models.organisation import EngineeringScheme, Organisation

__all__ = ["EngineeringScheme", "Invitation", "Membership", "Organisation", "Position"]
