"""Organisations and how they and their people belong to the space, each tie with its period."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.collation import FRENCH
from core.db.name_key import name_key_of
from core.db.periods import PeriodField, Periodic, no_overlap
from core.text import initials
from members.enums import Engineering, Help, Level, Phase, PositionRole, Sector, World
from members.querysets import MembershipQuerySet, OrganisationQuerySet, PositionQuerySet


@track
class Organisation(models.Model):
    """A body of general interest, member of the space or not (a funder, a bearer, a guest's employer)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True, db_collation=FRENCH)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    summary = models.CharField(_("presentation in one sentence"), max_length=300, blank=True)
    presentation = models.TextField(_("presentation"), blank=True)
    world = models.CharField(_("world"), max_length=20, choices=World.choices)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    siren = models.CharField(
        _("SIREN"), max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$", _("A SIREN has nine digits."))]
    )
    rna = models.CharField(
        _("RNA number"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^W\d{9}$", _("An RNA number is W and nine digits."))],
    )
    website = models.URLField(_("website"), blank=True)
    regions = models.ManyToManyField("core.Region", verbose_name=_("regions of action"), blank=True, related_name="+")
    is_fictional = models.BooleanField(_("fictional"), default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                name_key_of("name"),
                name="organisation_name_once",
                violation_error_message=_("An organisation already bears this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:organisation", args=[self.slug])

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def siren_in_groups(self) -> str:
        """ "900 000 017" with no-break spaces, as it is read out."""
        return "\u00a0".join(self.siren[start : start + 3] for start in (0, 3, 6)) if self.siren else ""

    @property
    def initials(self) -> str:
        return initials(self.label)


@track
class Membership(Periodic, models.Model):
    """A period during which an organisation belongs to the space."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="memberships"
    )
    period = PeriodField(_("period"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            no_overlap(
                "organisation",
                name="membership_no_overlap",
                message=_("This organisation is already a member during part of this period."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.period}"


class EngineeringScheme(models.Model):
    """A dispositif d'ingénierie: a team or scheme of an organisation that helps local projects."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="schemes"
    )
    name = models.CharField(_("name"), max_length=160)
    summary = models.CharField(_("what it does"), max_length=400, blank=True)
    engineerings = ArrayField(
        models.CharField(max_length=20, choices=Engineering.choices),
        verbose_name=_("kinds of engineering"),
        default=list,
    )
    helps = ArrayField(
        models.CharField(max_length=20, choices=Help.choices), verbose_name=_("kinds of help"), default=list
    )
    phase = models.CharField(_("phase"), max_length=10, choices=Phase.choices, default=Phase.BOTH)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("engineering scheme")
        verbose_name_plural = _("engineering schemes")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="scheme_unique_name",
                violation_error_message=_("This organisation already has a scheme of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def engineering_labels(self) -> list[str]:
        return [str(Engineering(value).label) for value in self.engineerings]

    @property
    def help_labels(self) -> list[str]:
        return [str(Help(value).label) for value in self.helps]


@track
class Position(Periodic, models.Model):
    """A person's place in an organisation for a period; rights follow from it and end with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="positions"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="positions"
    )
    role = models.CharField(_("role"), max_length=20, choices=PositionRole.choices)
    title = models.CharField(_("function"), max_length=120, blank=True)
    period = PeriodField(_("period"))

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            no_overlap(
                "user",
                "organisation",
                name="position_no_overlap",
                message=_("This person already holds a position in this organisation during part of this period."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"
