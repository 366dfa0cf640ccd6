"""Stages, states and kinds of the field of funding (source: docs/sources.md, docs/funding.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Stage(models.TextChoices):
    """How far an initiative has come; legal moves stand in `funding.stages`."""

    SPOTTED = "spotted", pgettext_lazy("stage", "spotted")
    REVIEWED = "reviewed", pgettext_lazy("stage", "reviewed")
    FUNDED = "funded", pgettext_lazy("stage", "funded")
    RUNNING = "running", pgettext_lazy("stage", "under way")
    COMPLETED = "completed", pgettext_lazy("stage", "completed")
    CAPITALISED = "capitalised", pgettext_lazy("stage", "lessons drawn")
    DROPPED = "dropped", pgettext_lazy("stage", "dropped")


BACKED_STAGES = (Stage.FUNDED, Stage.RUNNING, Stage.COMPLETED, Stage.CAPITALISED)  # where money was agreed


class FundingKind(models.TextChoices):
    GRANT = "grant", _("grant")
    LOAN = "loan", _("loan")
    ADVANCE = "advance", _("recoverable advance")
    CONTRIBUTION = "contribution", _("contribution with right of recovery")
    PATRONAGE = "patronage", _("financial patronage")
    SKILLS = "skills", _("skills patronage")
    IN_KIND = "in_kind", _("patronage in kind")
    OTHER = "other", pgettext_lazy("kind of funding", "other")


IN_KIND_KINDS = (FundingKind.SKILLS, FundingKind.IN_KIND)  # valued in euros, no money changes hands


class LineState(models.TextChoices):
    """Where one funding stands; what was paid is counted, never a state."""

    DRAFT = "draft", pgettext_lazy("funding line", "draft")
    REQUESTED = "requested", pgettext_lazy("funding line", "requested")
    REFUSED = "refused", pgettext_lazy("funding line", "refused")
    AGREED = "agreed", pgettext_lazy("funding line", "agreed")
    CONTRACTED = "contracted", pgettext_lazy("funding line", "under contract")
    SETTLED = "settled", pgettext_lazy("funding line", "settled")
    CANCELLED = "cancelled", pgettext_lazy("funding line", "cancelled")


GRANTED_STATES = (LineState.AGREED, LineState.CONTRACTED, LineState.SETTLED)
CONTRACT_STATES = (LineState.CONTRACTED, LineState.SETTLED)  # where a contract is signed; settled without one happens
OPEN_STATES = (LineState.AGREED, LineState.CONTRACTED)  # something may still be paid
OWN_STATES = (LineState.DRAFT, LineState.REFUSED)  # only their funder knows of them


class AmountAudience(models.TextChoices):
    """Who may see the amount of a line; the funder decides."""

    FUNDER = "funder", _("the funder alone")
    MEMBERS = "members", _("members of the space")
    PUBLIC = "public", _("everybody (open data)")


class PaymentKind(models.TextChoices):
    PAYMENT = "payment", _("payment")
    RETURN = "return", _("repayment")


class CommitmentUnit(models.TextChoices):
    """What the target of a commitment counts."""

    TERRITORIES = "territories", _("territories")
    INITIATIVES = "initiatives", _("initiatives")
    LINES = "lines", _("fundings")
    EUROS = "euros", _("euros")


class UpdateState(models.TextChoices):
    """Where a periodic update of an initiative stands."""

    DUE = "due", pgettext_lazy("update", "due")
    DRAFT = "draft", pgettext_lazy("update", "draft")
    SUBMITTED = "submitted", pgettext_lazy("update", "received")
    SKIPPED = "skipped", pgettext_lazy("update", "skipped")


OPEN_UPDATES = (UpdateState.DUE, UpdateState.DRAFT)


class UpdateAudience(models.TextChoices):
    """Who may read an update once it is received; its bearer and the initiative's keeper always may."""

    FUNDERS = "funders", _("the funders of the initiative")
    MEMBERS = "members", _("members of the space")


class TableKind(models.TextChoices):
    """What a row of a table that is sent in stands for."""

    LINES = "lines", pgettext_lazy("contents of a table", "fundings")
    INITIATIVES = "initiatives", pgettext_lazy("contents of a table", "initiatives")


class FrozenAudience(models.TextChoices):
    """Who may read frozen figures; it also says whose eyes they are taken with."""

    ORGANISATION = "organisation", pgettext_lazy("audience of frozen figures", "my organisation")
    MEMBERS = "members", pgettext_lazy("audience of frozen figures", "the members of the space")


class ListPage(models.TextChoices):
    """The lists whose filter can be kept under a name, or downloaded whole."""

    DASHBOARD = "tableau-de-bord", pgettext_lazy("list", "dashboard of fundings")
    DETAIL = "financements", pgettext_lazy("list", "fundings, one by one")
    INITIATIVES = "initiatives", pgettext_lazy("list", "initiatives")
    OWN = "mes-financements", pgettext_lazy("list", "my fundings")
