"""Organisations and the engineering schemes they run."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.collation import FRENCH
from core.db.name_key import name_key_of
from core.enums import SDG
from core.identifiers import check_rna, check_siren
from core.partial_dates import PartialDate, PartialDateField, day
from core.text import initials
from members.enums import Engineering, Help, Level, Phase, Sector, World
from members.models.competence import Competence
from members.querysets import EngineeringSchemeQuerySet, OrganisationManager, OrganisationQuerySet


@track
class Organisation(models.Model):
    """A body of general interest, member of the space or not (a funder, a bearer, a guest's employer).

    `merged_into` makes it the tombstone of a double: what the database freezes still points at it, its address leads on,
    and `objects` knows nothing of it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160, db_collation=FRENCH)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    summary = models.CharField(_("presentation in one sentence"), max_length=300, blank=True)
    presentation = models.TextField(_("presentation"), blank=True)
    world = models.CharField(_("world"), max_length=20, choices=World.choices)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True, validators=[check_siren])
    rna = models.CharField(_("RNA number"), max_length=10, blank=True, validators=[check_rna])
    website = models.URLField(_("website"), blank=True)
    regions = models.ManyToManyField("core.Region", verbose_name=_("regions of action"), blank=True, related_name="+")
    competences = models.ManyToManyField(
        Competence, verbose_name=_("competences"), blank=True, related_name="organisations"
    )
    sdgs = ArrayField(
        models.PositiveSmallIntegerField(choices=SDG.choices),
        verbose_name=_("Sustainable Development Goals"),
        default=list,
        blank=True,
    )
    public_email = models.EmailField(_("e-mail address for everybody"), max_length=254, blank=True)
    public_phone = models.CharField(_("telephone for everybody"), max_length=30, blank=True)
    internal_contact = models.CharField(
        _("contact for the animators"),
        max_length=300,
        blank=True,
        help_text=_("Whom the animators call: read by the people of the organisation, animators and administrators."),
    )
    logo = models.ForeignKey(
        "core.StoredFile", models.PROTECT, verbose_name=_("logo"), null=True, blank=True, related_name="+"
    )
    is_fictional = models.BooleanField(_("fictional"), default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("merged into"), null=True, blank=True, editable=False, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged at"), null=True, blank=True, editable=False)

    objects = OrganisationManager()
    with_doubles = OrganisationQuerySet.as_manager()

    if TYPE_CHECKING:  # of `OrganisationQuerySet.with_flags`
        joined_on: dt.date | None
        first_began_on: PartialDate | None

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                name_key_of("name"),
                condition=models.Q(merged_into=None),
                name="organisation_name_once",
                violation_error_message=_("An organisation already bears this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None, merged_at=None)
                | models.Q(merged_into__isnull=False, merged_at__isnull=False) & ~models.Q(merged_into=models.F("id")),
                name="organisation_merged_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:organisation", args=[self.slug])

    @property
    def joined(self) -> PartialDate | None:
        """Since when it first belonged, as far as it is known; of a row read `with_flags`."""
        return self.first_began_on or (day(self.joined_on) if self.joined_on else None)

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def remains(self) -> Organisation:
        """What is kept of it where it was merged, else itself."""
        return self.merged_into or self

    @property
    def siren_in_groups(self) -> str:
        """ "900 000 017" with no-break spaces, as it is read out."""
        return "\u00a0".join(self.siren[start : start + 3] for start in (0, 3, 6)) if self.siren else ""

    @property
    def goals(self) -> list[SDG]:
        return [SDG(number) for number in sorted(self.sdgs)]

    @property
    def initials(self) -> str:
        return initials(self.label)


@track
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
    ended_on = PartialDateField(_("ended on"), null=True, blank=True)

    objects = EngineeringSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("engineering scheme")
        verbose_name_plural = _("engineering schemes")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                name_key_of("name"),
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

    def runs_on(self, today: dt.date) -> bool:
        """As `EngineeringSchemeQuerySet.running`."""
        return self.ended_on is None or today < self.ended_on.upper
