"""States and kinds of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class MandateKind(models.TextChoices):
    """How an organisation came to animate: by a handover of the former, or because that one fell silent."""

    ORDINARY = "ordinary", pgettext_lazy("mandate", "animation")
    INTERIM = "interim", pgettext_lazy("mandate", "interim animation")


class HandoverState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("handover state", "draft")
    PROPOSED = "proposed", pgettext_lazy("handover state", "proposed")
    ACCEPTED = "accepted", pgettext_lazy("handover state", "accepted")
    VALIDATED = "validated", pgettext_lazy("handover state", "validated")
    SCHEDULED = "scheduled", pgettext_lazy("handover state", "scheduled")
    EFFECTIVE = "effective", pgettext_lazy("handover state", "effective")
    DECLINED = "declined", pgettext_lazy("handover state", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("handover state", "withdrawn")


OPEN_STATES = (
    HandoverState.DRAFT,
    HandoverState.PROPOSED,
    HandoverState.ACCEPTED,
    HandoverState.VALIDATED,
    HandoverState.SCHEDULED,
)
ENDED_STATES = (HandoverState.DECLINED, HandoverState.WITHDRAWN)


class Step(models.TextChoices):
    """What is recorded of a handover, each with who, when and why."""

    DRAFT = "draft", pgettext_lazy("handover step", "draft opened")
    REQUEST = "request", pgettext_lazy("handover step", "request joined")
    PROPOSE = "propose", pgettext_lazy("handover step", "proposal")
    ACCEPT = "accept", pgettext_lazy("handover step", "acceptance in principle")
    VALIDATE = "validate", pgettext_lazy("handover step", "validation by the members")
    COMPLETE = "complete", pgettext_lazy("handover step", "handing over")
    TAKE_EFFECT = "take_effect", pgettext_lazy("handover step", "effect by the clock")
    DECLINE = "decline", pgettext_lazy("handover step", "refusal")
    WITHDRAW = "withdraw", pgettext_lazy("handover step", "withdrawal")
    CORRECT = "correct", pgettext_lazy("handover step", "correction")


class ValidationMode(models.TextChoices):
    """How the members validated a handover."""

    CONSENSUS = "consensus", _("consensus recorded in the session")
    CONSULTATION = "consultation", _("consultation of the members")


class ResponsibilityKind(models.TextChoices):
    """What organisations do for the space beside animating it."""

    FOUNDER = "founder", pgettext_lazy("responsibility", "founder")
    STEERING = "steering", pgettext_lazy("responsibility", "steering")
    TOOLS_FUNDING = "tools_funding", pgettext_lazy("responsibility", "funding of the tools")
    OTHER = "other", pgettext_lazy("responsibility", "other")


class EventKind(models.TextChoices):
    """What happened to the space and follows from no other record."""

    BIRTH = "birth", pgettext_lazy("event of the space", "birth")
    EVALUATION = "evaluation", pgettext_lazy("event of the space", "evaluation")
    PUBLICATION = "publication", pgettext_lazy("event of the space", "publication")
    OTHER = "other", pgettext_lazy("event of the space", "other event")


class ConsultationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("consultation state", "in preparation")
    OPEN = "open", pgettext_lazy("consultation state", "open")
    CLOSED = "closed", pgettext_lazy("consultation state", "closed")
    CANCELLED = "cancelled", pgettext_lazy("consultation state", "cancelled")


class Stance(models.TextChoices):
    """The one voice of an organisation."""

    CONSENT = "consent", pgettext_lazy("stance", "consent")
    RESERVATION = "reservation", pgettext_lazy("stance", "reservation")
    OBJECTION = "objection", pgettext_lazy("stance", "objection")
    ABSTENTION = "abstention", pgettext_lazy("stance", "abstention")


class DecisionRule(models.TextChoices):
    """When a consultation adopts its question, the quorum being reached."""

    CONSENT = "consent", _("adopted when at least one member consents and nobody objects")
    MAJORITY = "majority", _("adopted when consents and reservations outnumber objections")


class Outcome(models.TextChoices):
    ADOPTED = "adopted", pgettext_lazy("outcome", "adopted")
    ADOPTED_WITH_RESERVATIONS = "adopted_with_reservations", pgettext_lazy("outcome", "adopted with reservations")
    REJECTED = "rejected", pgettext_lazy("outcome", "not adopted")
    NO_QUORUM = "no_quorum", pgettext_lazy("outcome", "quorum not reached")


ADOPTED = (Outcome.ADOPTED, Outcome.ADOPTED_WITH_RESERVATIONS)


class Side(models.TextChoices):
    """The two sides of a handover who tick off the pack."""

    HOLDER = "holder", pgettext_lazy("side of a handover", "outgoing organisation")
    RECEIVER = "receiver", pgettext_lazy("side of a handover", "incoming organisation")
