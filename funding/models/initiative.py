"""A local initiative, where it acts, who bears it, how far it has come."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import MD5, Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.grants import append_only
from core.db.name_key import name_key_of
from core.partial_dates import PartialDateField
from core.partial_dates.fields import not_before
from core.partial_dates.values import last_day
from funding.enums import Stage
from funding.models.fields import RNA, SIREN, SIRET, check_regions, region_codes, sdg_numbers
from funding.models.programme import Programme
from funding.querysets import InitiativeQuerySet

SEVERAL = "several"  # the group of what acts in more than one region: counted once in a total
NATIONAL = "FR"


@track
class Initiative(models.Model):
    """What several funders back together. `regions` is where it acts, which need not be where its bearer sits.

    `draft_of` is the funder who prepares it: nobody else sees a draft. `prepared_by` may change its facts.
    `region_group` and `main_sdg` are computed by the database, so that totals by them count every initiative
    once: the one region, "several", "FR" for the whole country, or "" where nothing is known; and the goal that
    was named first.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(
        _("reference"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("An initiative already bears this reference.")},
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    bearer = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("bearing organisation"),
        null=True,
        blank=True,
        related_name="initiatives",
    )
    bearer_name = models.CharField(_("bearer outside the directory"), max_length=160, blank=True)
    bearer_siren = models.CharField(_("SIREN of the bearer"), max_length=9, blank=True, validators=[SIREN])
    bearer_siret = models.CharField(_("SIRET of the bearer"), max_length=14, blank=True, validators=[SIRET])
    bearer_rna = models.CharField(_("RNA number of the bearer"), max_length=10, blank=True, validators=[RNA])
    place = models.CharField(_("place of action"), max_length=160, blank=True)
    regions = region_codes(_("regions of action"))
    is_national = models.BooleanField(_("acts in the whole country"), default=False)
    sdgs = sdg_numbers(_("Sustainable Development Goals"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name=_("programme"), null=True, blank=True, related_name="initiatives"
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.SPOTTED)
    starts_on = PartialDateField(_("from"), null=True, blank=True)
    ends_on = PartialDateField(_("until"), null=True, blank=True)
    competences = models.ManyToManyField(
        "members.Competence", verbose_name=_("competences it looks for"), blank=True, related_name="initiatives"
    )
    schemes = models.ManyToManyField(
        "members.EngineeringScheme", verbose_name=_("supporting schemes"), blank=True, related_name="initiatives"
    )
    sessions = models.ManyToManyField(
        "sessions_app.Session", verbose_name=_("sessions that discussed it"), blank=True, related_name="initiatives"
    )
    prepared_by = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("kept by"),
        related_name="kept_initiatives",
    )
    draft_of = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("draft of"), null=True, blank=True, related_name="+"
    )
    is_fictional = models.BooleanField(_("fictional"), default=False)
    created_at = models.DateTimeField(_("entered at"))
    changed_at = models.DateTimeField(_("changed at"))
    version = models.PositiveIntegerField(_("version of the row"), default=1, editable=False)
    region_group = models.GeneratedField(
        expression=Case(
            When(is_national=True, then=Value(NATIONAL)),
            When(regions__len=0, then=Value("")),
            When(regions__len=1, then=F("regions__0")),
            default=Value(SEVERAL),
        ),
        output_field=models.CharField(max_length=8),
        db_persist=True,
    )
    main_sdg = models.GeneratedField(
        expression=F("sdgs__0"), output_field=models.PositiveSmallIntegerField(null=True), db_persist=True
    )

    bearer_key = models.GeneratedField(
        expression=Case(
            When(bearer__isnull=False, then=Value("")),
            When(~Q(bearer_siren=""), then=F("bearer_siren")),
            When(~Q(bearer_rna=""), then=F("bearer_rna")),
            default=Substr(MD5(name_key_of("bearer_name")), 1, 16),
        ),
        output_field=models.CharField(max_length=16),
        db_persist=True,
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        indexes = [
            GinIndex(fields=["regions"], name="initiative_regions"),
            GinIndex(fields=["sdgs"], name="initiative_sdgs"),
            models.Index(fields=["stage"], name="initiative_stage"),
            models.Index(fields=["bearer_key"], name="initiative_bearer_key", condition=Q(bearer__isnull=True)),
            models.Index(fields=["title"], name="initiative_title"),
            models.Index(fields=["-changed_at"], name="initiative_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(bearer__isnull=False) & Q(bearer_name="")) | (Q(bearer__isnull=True) & ~Q(bearer_name="")),
                name="initiative_one_bearer",
                violation_error_message=_(
                    "Choose an organisation of the directory or name the bearer: one of the two."
                ),
            ),
            models.CheckConstraint(
                condition=Q(draft_of__isnull=True) | Q(draft_of=F("prepared_by")),
                name="initiative_draft_of_its_keeper",
                violation_error_message=_("A draft belongs to the funder who keeps it."),
            ),
            models.CheckConstraint(
                condition=Q(is_national=False) | Q(regions__len=0),
                name="initiative_national_or_regions",
                violation_error_message=_("The whole country or some regions: one of the two."),
            ),
            not_before(
                "starts_on",
                "ends_on",
                name="initiative_dates_in_order",
                message=_("An initiative ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("funding:initiative", args=[self.slug])

    @property
    def bearer_label(self) -> str:
        return self.bearer.label if self.bearer else self.bearer_name

    @property
    def bearer_url(self) -> str:
        """The page of its bearer, which need not be of the directory."""
        return reverse("funding:bearer", args=[self.bearer.slug if self.bearer else self.bearer_key])

    def clean(self) -> None:
        self.regions = check_regions(self.regions)
        self.check_facts()

    def check_facts(self) -> None:
        """The rules of one initiative that need no query where its programme was read."""
        self.sdgs = list(dict.fromkeys(self.sdgs))  # the main one stays first
        if self.bearer_siret and self.bearer_siren and not self.bearer_siret.startswith(self.bearer_siren):
            raise ValidationError({"bearer_siret": _("The first nine digits of the SIRET are the SIREN.")})
        begins = self.programme.starts_on if self.programme else None
        if begins and self.starts_on and last_day(self.starts_on) < begins.lower:
            raise ValidationError({"starts_on": _("The initiative cannot start before its programme.")})
        ends = self.programme.ends_on if self.programme else None
        if ends and self.starts_on and self.starts_on.lower >= ends.upper:
            raise ValidationError({"starts_on": _("The initiative cannot start after the end of its programme.")})


@append_only
class StageChange(models.Model):
    """A dated move of an initiative from one stage to another, with its reason. Rows stay as they were written."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, verbose_name=_("initiative"), related_name="stage_changes"
    )
    source = models.CharField(_("from"), max_length=12, choices=Stage.choices, blank=True)
    target = models.CharField(_("to"), max_length=12, choices=Stage.choices)
    changed_on = PartialDateField(_("date"))
    recorded_at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        ordering = ["pk"]  # as they were written, under the lock of the initiative

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


@track
class InitiativeDocument(models.Model):
    """A file or a link that belongs to an initiative; members may read it, or only its keeper."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name=_("initiative"), related_name="documents")
    title = models.CharField(_("title"), max_length=160)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(_("link"), blank=True, max_length=500)
    is_reserved = models.BooleanField(_("kept for who keeps the initiative"), default=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file__isnull=False) & Q(link="")) | (Q(file__isnull=True) & ~Q(link="")),
                name="initiative_document_file_or_link",
                violation_error_message=_("Give a file or a link: one of the two."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def extension(self) -> str:
        """ "PDF", "ODT" …; nothing for a link."""
        return self.file.original_name.rpartition(".")[2].upper() if self.file else ""
