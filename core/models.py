"""Models that belong to no domain: territories, the space's own settings, stored files, forms already sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.audit import track


class RegionQuerySet(models.QuerySet):
    def in_code_order(self) -> RegionQuerySet:
        """Metropolitan regions first, then overseas, each by code."""
        return self.order_by("is_overseas", "code")


class Region(models.Model):
    """A region of France by its INSEE code (Code officiel géographique); codes are text: "01" is not 1."""

    code = models.CharField(_("INSEE code"), max_length=3, primary_key=True, validators=[RegexValidator(r"^\d{2,3}$")])
    name = models.CharField(_("name"), max_length=80, unique=True)
    is_overseas = models.BooleanField(_("overseas"), default=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["is_overseas", "code"]

    def __str__(self) -> str:
        return self.name


@track
class Space(models.Model):
    """The one row that says which space this deployment is, and what it calls itself; made when it gets its name."""

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60)
    subtitle = models.CharField(_("second line of the name"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    logo = models.ForeignKey(
        "core.StoredFile", models.PROTECT, verbose_name=_("logo"), null=True, blank=True, related_name="+"
    )
    welcome = models.TextField(_("what visitors read first"), max_length=1200, blank=True)
    motto = models.CharField(_("what the foot of each page says"), max_length=240, blank=True)
    default_language = models.CharField(
        _("language of visitors"), max_length=5, choices=[("fr", "français"), ("en", "English")], default="fr"
    )
    attendance_as_annex = models.BooleanField(_("attendance stands in an annex of reports"), default=False)
    second_factor_required = models.BooleanField(_("animators and administrators need a second factor"), default=False)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    demonstration = models.BooleanField(_("holds demonstration data"), default=False)

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="space_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_name(self) -> str:
        """The name of its picture in an address: another one for another picture, so browsers may keep it."""
        return f"{self.logo.sha256[:16]}.{self.logo.content_type.rpartition('/')[2]}"


def storage_name(instance: StoredFile, filename: str) -> str:
    """A random name: nothing of what the sender chose reaches the disk."""
    return f"files/{instance.public_id.hex[:2]}/{instance.public_id.hex}"


class StoredFile(models.Model):
    """The bytes of one upload, kept once under a random name; who may read them is said by what points here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=storage_name, max_length=120)
    original_name = models.CharField(_("file name"), max_length=180)
    content_type = models.CharField(_("type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("uploaded by"), null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.original_name


class SentForm(models.Model):
    """That a form with a one-time key was carried out, so that what is sent twice is done once; see `core.web.one_time_keys`."""

    digest = models.CharField(_("digest of key, person and address"), max_length=64, unique=True)
    content = models.CharField(_("digest of what was sent"), max_length=64)
    location = models.TextField(_("where it led"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), db_index=True)

    class Meta:
        verbose_name = _("form already sent")
        verbose_name_plural = _("forms already sent")

    def __str__(self) -> str:
        return self.location
