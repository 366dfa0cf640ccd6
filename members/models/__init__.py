"""What this app keeps: organisations and their schemes, memberships, positions."""

from members.models.belonging import Membership, Position
from members.models.organisation import EngineeringScheme, Organisation

__all__ = ["EngineeringScheme", "Membership", "Organisation", "Position"]
