"""The settings of governance: one row, changed by administrators only, so that no holder bends its own rules."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from governance.enums import DecisionRule


@track
class GovernanceRules(models.Model):
    interim_requests = models.PositiveSmallIntegerField(
        _("member organisations needed to ask for an interim"), default=3, validators=[MinValueValidator(2)]
    )
    interim_months = models.PositiveSmallIntegerField(
        _("length of an interim in months"), default=6, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    consultation_days = models.PositiveSmallIntegerField(
        _("days a consultation stays open"), default=15, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum, in % of the organisations that have a voice"), default=50, validators=[MaxValueValidator(100)]
    )
    quorum_counts_proxies = models.BooleanField(
        _("voices given by a proxy count for the quorum"),
        default=True,
    )
    proxies_per_holder = models.PositiveSmallIntegerField(
        _("proxies one organisation may hold"),
        default=2,
        validators=[MaxValueValidator(20)],
    )
    decision_rule = models.CharField(
        _("decision rule"), max_length=20, choices=DecisionRule.choices, default=DecisionRule.CONSENT
    )
    hides_until_closed = models.BooleanField(_("positions stay hidden until the consultation closes"), default=True)
    term_warning_days = models.PositiveSmallIntegerField(
        _("days before the end of a term at which the animators are warned"), default=60
    )

    class Meta:
        verbose_name = _("rules of governance")
        verbose_name_plural = _("rules of governance")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="governance_rules_are_one_row")]

    def __str__(self) -> str:
        return str(_("rules of governance"))

    @classmethod
    def current(cls) -> GovernanceRules:
        """The saved row, or one with the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
