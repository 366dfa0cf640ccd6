"""The field's own lists (source: docs/sources.md); separate dimensions are never merged into one."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class World(models.TextChoices):
    """The four worlds of organisations that met in 2020."""

    FIELD = "field", _("field actors")
    ENGINEERING = "engineering", _("engineering teams")
    INVESTOR = "investor", _("societal investors")
    INSTITUTION = "institution", _("institutions")


class Sector(models.TextChoices):
    PUBLIC = "public", _("public")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation or endowment fund")
    COMPANY = "company", _("company")
    COOPERATIVE = "cooperative", _("cooperative")


class Level(models.TextChoices):
    NATIONAL = "national", _("national")
    REGIONAL = "regional", _("regional")
    DEPARTMENTAL = "departmental", _("departmental")
    INTERCOMMUNAL = "intercommunal", _("intercommunal")
    PETR = "petr", _("PETR or pays")
    COMMUNAL = "communal", _("communal")
    OVERSEAS = "overseas", _("overseas")


class Engineering(models.TextChoices):
    """The three ingénieries, after Le RAMEAU."""

    PUBLIC = "public", _("public engineering")
    PROJECT = "project", _("project management engineering")
    CATALYSIS = "catalysis", _("catalysis engineering")


class Help(models.TextChoices):
    """Kinds of help, after Aides-territoires."""

    TECHNICAL = "technical", _("technical")
    FINANCIAL = "financial", _("financial")
    LEGAL = "legal", _("legal and administrative")


class Phase(models.TextChoices):
    FIRST_KILOMETRE = "first", _("first kilometre (needs)")
    LAST_KILOMETRE = "last", _("last kilometre (solutions)")
    BOTH = "both", _("first and last kilometre")


class PositionRole(models.TextChoices):
    REPRESENTATIVE = "representative", _("representative")
    SUBSTITUTE = "substitute", _("substitute")
    OBSERVER = "observer", _("observer")


ACTING_ROLES = (PositionRole.REPRESENTATIVE, PositionRole.SUBSTITUTE)


class Alert(models.TextChoices):
    """How the owner of a saved view hears of what comes to its list; "" for not at all."""

    AT_ONCE = "at_once", pgettext_lazy("what is new in a saved view", "at once")
    WEEKLY = "weekly", pgettext_lazy("what is new in a saved view", "once a week")
