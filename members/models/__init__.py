"""What this app keeps: organisations and their schemes, memberships, positions, invitations, requests for access, competences, saved views."""

from members.models.access_request import AccessRequest, RequestState
from members.models.belonging import Membership, Position
from members.models.competence import Competence
from members.models.invitation import Invitation
from members.models.organisation import EngineeringScheme, Organisation
from members.models.saved_view import SavedView, SavedViewNews

__all__ = [
    "AccessRequest",
    "Competence",
    "EngineeringScheme",
    "Invitation",
    "Membership",
    "Organisation",
    "Position",
    "RequestState",
    "SavedView",
    "SavedViewNews",
]
