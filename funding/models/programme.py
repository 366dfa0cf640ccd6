"""Programmes and what they have committed themselves to."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.name_key import name_key_of
from core.partial_dates import PartialDateField
from core.partial_dates.fields import not_before
from core.partial_dates.values import last_day
from funding.enums import CommitmentUnit
from funding.models.fields import check_regions, euros, region_codes
from funding.querysets import ProgrammeQuerySet


@track
class Programme(models.Model):
    """A programme of one leading funder, which initiatives may belong to."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    lead = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("led by"),
        related_name="led_programmes",
    )
    starts_on = PartialDateField(_("from"), null=True, blank=True)
    ends_on = PartialDateField(_("until"), null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("follows"),
        null=True,
        blank=True,
        related_name="followed_by",
    )
    foundations = ArrayField(
        models.CharField(max_length=200), verbose_name=_("works it rests on"), default=list, blank=True
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            not_before(
                "starts_on", "ends_on", name="programme_dates_in_order", message=_("A programme ends after it starts.")
            ),
            models.UniqueConstraint(
                name_key_of("name"),
                name="programme_name_once",
                violation_error_message=_("A programme already bears this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        before = self.follows.starts_on if self.follows else None
        if before and self.starts_on and last_day(self.starts_on) < before.lower:
            raise ValidationError({"starts_on": _("A programme does not start before the one it follows.")})

    def get_absolute_url(self) -> str:
        return reverse("funding:programme", args=[self.slug])


@track
class Commitment(models.Model):
    """What a programme said it would do, with a number only where one was given.

    `approximate` holds the words of a count that was given in words ("une cinquantaine"): it then has no number,
    and none is ever computed from it. `regions` is the named scope; empty where it was not named.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="commitments")
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    text = models.CharField(_("commitment"), max_length=300)
    unit = models.CharField(_("what is counted"), max_length=12, choices=CommitmentUnit.choices)
    target = models.PositiveIntegerField(
        _("target (metropolitan, or in all)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    target_overseas = models.PositiveIntegerField(
        _("overseas target"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    approximate = models.CharField(_("count given in words"), max_length=60, blank=True)
    regions = region_codes(_("named territories"))
    amount = euros(_("amount"), null=True)
    due = PartialDateField(_("due"), null=True, blank=True)
    partners = models.ManyToManyField("members.Organisation", verbose_name=_("partners"), blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["programme", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approximate="") | Q(target__isnull=True, target_overseas__isnull=True),
                name="commitment_words_or_number",
                violation_error_message=_("A count given in words does not become an exact number."),
            ),
            models.CheckConstraint(
                condition=Q(target_overseas__isnull=True) | Q(unit=CommitmentUnit.TERRITORIES),
                name="commitment_overseas_counts_territories",
                violation_error_message=_("Only territories can be overseas."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        self.regions = check_regions(self.regions)
        begins = self.programme.starts_on
        if begins and self.due and last_day(self.due) < begins.lower:
            raise ValidationError({"due": _("A commitment is not due before its programme starts.")})
