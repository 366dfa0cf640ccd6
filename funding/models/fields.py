"""Fields that several models of this app share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from core.enums import SDG
from core.identifiers import check_rna, check_siren, check_siret

UNKNOWN_REGION = _("Unknown region code: %(codes)s. INSEE codes have two digits (“01”, “84”).")
LARGEST = Decimal(1_000_000_000)  # euros: beyond it somebody typed cents as euros


def euros(label: Any, **options: Any) -> models.DecimalField:
    """An amount in euros with cents, above zero; `null=True` where it may be unknown."""
    validators = [
        MinValueValidator(Decimal("0.01"), _("An amount is more than zero.")),
        MaxValueValidator(LARGEST, _("An amount is at most a thousand million euros.")),
    ]
    if options.get("null"):
        options.setdefault("blank", True)
    return models.DecimalField(label, max_digits=12, decimal_places=2, validators=validators, **options)


def maintained_sum(label: Any) -> models.DecimalField:
    """A sum that triggers of the database keep (migration 0002); never written by the application."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, default=Decimal(0), editable=False)


def year_of(date: str, label: Any) -> models.GeneratedField:
    """The civil year of the field `date`, computed by the database: counting by it reads a small number."""
    year = models.PositiveSmallIntegerField(label, null=True)
    return models.GeneratedField(expression=ExtractYear(date), output_field=year, db_persist=True, verbose_name=label)


def region_codes(label: Any) -> ArrayField:
    """INSEE codes of regions, sorted and each once (`check_regions`); triggers refuse a code no region bears."""
    return ArrayField(models.CharField(max_length=3), verbose_name=label, default=list, blank=True)


def sdg_numbers(label: Any) -> ArrayField:
    """Numbers of Sustainable Development Goals, 1 to 17."""
    return ArrayField(
        models.PositiveSmallIntegerField(choices=SDG.choices), verbose_name=label, default=list, blank=True
    )


def check_regions(codes: Sequence[str]) -> list[str]:
    """The codes sorted, each once; raises ValidationError that names the unknown ones ("1" is not "01")."""
    from core.models import Region

    wanted = sorted(set(codes))
    known = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True)) if wanted else set()
    unknown = [code for code in wanted if code not in known]
    if unknown:
        raise ValidationError({"regions": ValidationError(UNKNOWN_REGION, params={"codes": ", ".join(unknown)})})
    return wanted


SIREN, SIRET, RNA = check_siren, check_siret, check_rna
