"""States and kinds of what happens around a session."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class SessionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("session state", "draft")
    ANNOUNCED = "announced", pgettext_lazy("session state", "announced")
    HELD = "held", pgettext_lazy("session state", "held")
    CLOSED = "closed", pgettext_lazy("session state", "closed")
    CANCELLED = "cancelled", pgettext_lazy("session state", "cancelled")


VISIBLE_STATES = (SessionState.ANNOUNCED, SessionState.HELD, SessionState.CLOSED, SessionState.CANCELLED)
PAST_STATES = (SessionState.HELD, SessionState.CLOSED)


class SessionFormat(models.TextChoices):
    PLENARY = "plenary", _("plenary")
    WORKSHOP = "workshop", _("workshop")
    WEBINAR = "webinar", _("webinar")


class SessionMode(models.TextChoices):
    ON_SITE = "onsite", _("on site")
    REMOTE = "remote", pgettext_lazy("session mode", "remote")
    HYBRID = "hybrid", _("hybrid")


class ItemKind(models.TextChoices):
    TESTIMONY = "testimony", _("testimony")
    DEBATE = "debate", _("debate")
    DECISION = "decision", pgettext_lazy("agenda item", "decision")
    INFORMATION = "information", _("information")
    HANDOVER = "handover", pgettext_lazy("agenda item", "handover")


class Presence(models.TextChoices):
    """How an organisation took part; `represented` is a pouvoir given to another organisation."""

    ON_SITE = "onsite", pgettext_lazy("presence", "on site")
    REMOTE = "remote", pgettext_lazy("presence", "remotely")
    SUBSTITUTED = "substituted", pgettext_lazy("presence", "by a substitute")
    REPRESENTED = "represented", pgettext_lazy("presence", "represented")
    EXCUSED = "excused", pgettext_lazy("presence", "excused")
    ABSENT = "absent", pgettext_lazy("presence", "absent")


PRESENT = (Presence.ON_SITE, Presence.REMOTE, Presence.SUBSTITUTED)


class MinutesState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    CIRCULATED = "circulated", pgettext_lazy("minutes", "under review")
    PUBLISHED = "published", pgettext_lazy("minutes", "published")


class Procedure(models.TextChoices):
    """How a version came to be published; printed on it."""

    DIRECT = "direct", _("published without a contradictory period")
    ADOPTED = "adopted", _("adopted without remark")
    REVIEWED = "reviewed", _("adopted after review, every request having been answered")
    APPROVED = "approved", _("approved at the following session")


class VersionState(models.TextChoices):
    """What a published version, or a record of decisions, is worth today."""

    IN_FORCE = "in_force", pgettext_lazy("version", "in force")
    REPLACED = "replaced", pgettext_lazy("version", "replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("version", "withdrawn")


class Outcome(models.TextChoices):
    """How a period of review ended."""

    ADOPTED = "adopted", pgettext_lazy("outcome of a review", "adopted")
    DEFERRED = "deferred", pgettext_lazy("outcome of a review", "approval at the following session")
    STOPPED = "stopped", pgettext_lazy("outcome of a review", "stopped")


class RequestState(models.TextChoices):
    """Where a request to amend circulated minutes stands."""

    OPEN = "open", pgettext_lazy("request", "to be answered")
    ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
    REFUSED = "refused", pgettext_lazy("request", "refused")


class DecisionKind(models.TextChoices):
    DECISION = "decision", pgettext_lazy("kind of decision", "decision")
    ORIENTATION = "orientation", _("orientation")
    VALIDATION = "validation", _("validation")


class FollowUp(models.TextChoices):
    """Where a decision or an action stands today; published documents keep the state of their day."""

    OPEN = "open", pgettext_lazy("follow-up", "under way")
    DONE = "done", pgettext_lazy("follow-up", "done")
    DROPPED = "dropped", pgettext_lazy("follow-up", "dropped")


class ReminderStage(models.TextChoices):
    """When those who answer for an action are reminded of it."""

    SOON = "soon", pgettext_lazy("reminder", "due soon")
    LATE = "late", pgettext_lazy("reminder", "overdue")


class Audience(models.TextChoices):
    PARTICIPANTS = "participants", _("participants of the session")
    MEMBERS = "members", _("members")
    PUBLIC = "public", pgettext_lazy("audience", "public")
