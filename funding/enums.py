"""Stages, states and kinds of the field of funding (source: docs/sources.md, docs/funding.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Stage(models.TextChoices):
    """How far an initiative has come; legal moves stand in `funding.stages`."""

    # Translators: repérée
    SPOTTED = "spotted", pgettext_lazy("stage", "spotted")
    # Translators: instruite
    REVIEWED = "reviewed", pgettext_lazy("stage", "reviewed")
    # Translators: financée
    FUNDED = "funded", pgettext_lazy("stage", "funded")
    # Translators: en cours
    RUNNING = "running", pgettext_lazy("stage", "under way")
    # Translators: achevée
    COMPLETED = "completed", pgettext_lazy("stage", "completed")
    # Translators: capitalisée
    CAPITALISED = "capitalised", pgettext_lazy("stage", "lessons drawn")
    # Translators: abandonnée
    DROPPED = "dropped", pgettext_lazy("stage", "dropped")


BACKED_STAGES = (Stage.FUNDED, Stage.RUNNING, Stage.COMPLETED, Stage.CAPITALISED)  # where money was agreed


class FundingKind(models.TextChoices):
    # Translators: subvention
    GRANT = "grant", _("grant")
    # Translators: prêt
    LOAN = "loan", _("loan")
    # Translators: avance récupérable
    ADVANCE = "advance", _("recoverable advance")
    # Translators: apport avec droit de reprise
    CONTRIBUTION = "contribution", _("contribution with right of recovery")
    # Translators: mécénat financier
    PATRONAGE = "patronage", _("financial patronage")
    # Translators: mécénat de compétences
    SKILLS = "skills", _("skills patronage")
    # Translators: mécénat en nature
    IN_KIND = "in_kind", _("patronage in kind")
    # Translators: autre
    OTHER = "other", pgettext_lazy("kind of funding", "other")


IN_KIND_KINDS = (FundingKind.SKILLS, FundingKind.IN_KIND)  # valued in euros, no money changes hands


class LineState(models.TextChoices):
    """Where one funding stands; what was paid is counted, never a state."""

    # Translators: brouillon
    DRAFT = "draft", pgettext_lazy("funding line", "draft")
    # Translators: demandé
    REQUESTED = "requested", pgettext_lazy("funding line", "requested")
    # Translators: refusé
    REFUSED = "refused", pgettext_lazy("funding line", "refused")
    # Translators: accordé
    AGREED = "agreed", pgettext_lazy("funding line", "agreed")
    # Translators: conventionné
    CONTRACTED = "contracted", pgettext_lazy("funding line", "under contract")
    # Translators: soldé
    SETTLED = "settled", pgettext_lazy("funding line", "settled")
    # Translators: annulé
    CANCELLED = "cancelled", pgettext_lazy("funding line", "cancelled")


GRANTED_STATES = (LineState.AGREED, LineState.CONTRACTED, LineState.SETTLED)
CONTRACT_STATES = (LineState.CONTRACTED, LineState.SETTLED)
OPEN_STATES = (LineState.AGREED, LineState.CONTRACTED)  # something may still be paid
OWN_STATES = (LineState.DRAFT, LineState.REFUSED)  # only their funder knows of them


class AmountAudience(models.TextChoices):
    """Who may see the amount of a line; the funder decides."""

    # Translators: le financeur seul
    FUNDER = "funder", _("the funder alone")
    # Translators: les membres de l’espace
    MEMBERS = "members", _("members of the space")
    # Translators: tout le monde (données ouvertes)
    PUBLIC = "public", _("everybody (open data)")


class PaymentKind(models.TextChoices):
    # Translators: versement
    PAYMENT = "payment", _("payment")
    # Translators: reversement
    RETURN = "return", _("repayment")


class CommitmentUnit(models.TextChoices):
    """What the target of a commitment counts."""

    # Translators: territoires
    TERRITORIES = "territories", _("territories")
    # Translators: initiatives
    INITIATIVES = "initiatives", _("initiatives")
    # Translators: financements
    LINES = "lines", _("fundings")
    # Translators: euros
    EUROS = "euros", _("euros")


class UpdateState(models.TextChoices):
    """Where a periodic update of an initiative stands."""

    # Translators: attendu
    DUE = "due", pgettext_lazy("update", "due")
    # Translators: en brouillon
    DRAFT = "draft", pgettext_lazy("update", "draft")
    # Translators: reçu
    SUBMITTED = "submitted", pgettext_lazy("update", "received")
    # Translators: passé
    SKIPPED = "skipped", pgettext_lazy("update", "skipped")


OPEN_UPDATES = (UpdateState.DUE, UpdateState.DRAFT)


class UpdateAudience(models.TextChoices):
    """Who may read an update once it is received; its bearer and the initiative's keeper always may."""

    # Translators: les financeurs de l’initiative
    FUNDERS = "funders", _("the funders of the initiative")
    # Translators: les membres de l’espace
    MEMBERS = "members", _("members of the space")


class TableKind(models.TextChoices):
    """What a row of a table that is sent in stands for."""

    # Translators: des financements
    LINES = "lines", pgettext_lazy("contents of a table", "fundings")
    # Translators: des initiatives
    INITIATIVES = "initiatives", pgettext_lazy("contents of a table", "initiatives")


class FrozenAudience(models.TextChoices):
    """Who may read frozen figures; it also says whose eyes they are taken with."""

    # Translators: mon organisation
    ORGANISATION = "organisation", pgettext_lazy("audience of frozen figures", "my organisation")
    # Translators: les membres de l’espace
    MEMBERS = "members", pgettext_lazy("audience of frozen figures", "the members of the space")


class ListPage(models.TextChoices):
    """The lists whose filter can be kept under a name, or downloaded whole."""

    # Translators: Financements (tableau de bord)
    DASHBOARD = "tableau-de-bord", pgettext_lazy("list", "dashboard of fundings")
    # Translators: financements, un par un
    DETAIL = "financements", pgettext_lazy("list", "fundings, one by one")
    # Translators: initiatives
    INITIATIVES = "initiatives", pgettext_lazy("list", "initiatives")
    # Translators: mes financements
    OWN = "mes-financements", pgettext_lazy("list", "my fundings")
