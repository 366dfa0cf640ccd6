"""What an entry of the watch is, for whom, under which licence, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Kind(models.TextChoices):
    SCHEME = "scheme", pgettext_lazy("in the watch", "support scheme")
    NEEDS_STUDY = "needs_study", _("needs study")
    PUBLICATION = "publication", _("publication")
    METHOD = "method", _("method")
    DATA_SET = "data_set", _("data set")
    LESSON = "lesson", pgettext_lazy("in the watch", "lesson learnt")


class Purpose(models.TextChoices):
    """What a support scheme answers to, as the watch of 2020 told them apart."""

    EMERGENCY = "emergency", pgettext_lazy("of a support scheme", "emergency")
    RECOVERY = "recovery", pgettext_lazy("of a support scheme", "recovery")
    ORDINARY = "ordinary", pgettext_lazy("of a support scheme", "ordinary")


class Beneficiary(models.TextChoices):
    """Who a support scheme is for, after the bearers of Aides-territoires."""

    ASSOCIATION = "association", pgettext_lazy("who a support scheme is for", "associations")
    COMPANY = "company", pgettext_lazy("who a support scheme is for", "companies")
    COOPERATIVE = "cooperative", pgettext_lazy("who a support scheme is for", "social economy")
    AUTHORITY = "authority", pgettext_lazy("who a support scheme is for", "local authorities")
    PUBLIC_BODY = "public_body", pgettext_lazy("who a support scheme is for", "public bodies")
    RESEARCH = "research", pgettext_lazy("who a support scheme is for", "research")
    FARMER = "farmer", pgettext_lazy("who a support scheme is for", "farmers")
    INDIVIDUAL = "individual", pgettext_lazy("who a support scheme is for", "individuals")


class Licence(models.TextChoices):
    """Under which licence what is quoted may be used again; "" where nobody has said."""

    OPEN = "open", _("Licence Ouverte 2.0")
    CC_BY = "cc_by", _("Creative Commons BY 4.0")
    CC_BY_SA = "cc_by_sa", _("Creative Commons BY-SA 4.0")
    ODBL = "odbl", _("ODbL 1.0")
    RESERVED = "reserved", _("all rights reserved")


class ItemState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of an entry of the watch", "draft")
    TO_REVIEW = "to_review", pgettext_lazy("of an entry of the watch", "to be checked")
    PUBLISHED = "published", pgettext_lazy("of an entry of the watch", "published")
    EXPIRED = "expired", pgettext_lazy("of an entry of the watch", "ended")
    REFUSED = "refused", pgettext_lazy("of an entry of the watch", "refused")


OUT = (ItemState.PUBLISHED, ItemState.EXPIRED)  # what members read


class LinkState(models.TextChoices):
    """What is known of the link of an entry."""

    UNKNOWN = "unknown", pgettext_lazy("of a link", "not looked at yet")
    OK = "ok", pgettext_lazy("of a link", "answers")
    MOVED = "moved", pgettext_lazy("of a link", "has moved")
    GONE = "gone", pgettext_lazy("of a link", "gone")
    UNREACHABLE = "unreachable", pgettext_lazy("of a link", "does not answer")
    NOT_ASKED = "not_asked", pgettext_lazy("of a link", "not looked at")


class ItemMove(models.TextChoices):
    """Values stand in forms; the table is `watch.items.transitions.TABLE`."""

    SUBMIT = "submit", pgettext_lazy("an entry of the watch", "Send it to be checked")
    TAKE_BACK = "take_back", pgettext_lazy("an entry of the watch", "Take it back")
    PUBLISH = "publish", pgettext_lazy("an entry of the watch", "Publish")
    RETURN = "return", pgettext_lazy("an entry of the watch", "Give it back to be completed")
    REFUSE = "refuse", pgettext_lazy("an entry of the watch", "Refuse")
    EXPIRE = "expire", pgettext_lazy("an entry of the watch", "Say that it has ended")
    REOPEN = "reopen", pgettext_lazy("an entry of the watch", "Say that it runs again")
    WITHDRAW = "withdraw", pgettext_lazy("an entry of the watch", "Withdraw it")


class CorrectionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("of a correction", "waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("of a correction", "accepted")
    REFUSED = "refused", pgettext_lazy("of a correction", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a correction", "withdrawn")


class CorrectionMove(models.TextChoices):
    """Values stand in forms; the table is `watch.corrections.transitions.TABLE`."""

    ACCEPT = "accept", pgettext_lazy("a correction", "Accept")
    REFUSE = "refuse", pgettext_lazy("a correction", "Refuse")
    WITHDRAW = "withdraw", pgettext_lazy("a correction", "Withdraw it")
