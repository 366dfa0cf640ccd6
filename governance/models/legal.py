"""What French law wants a site to say of who publishes and hosts it (LCEN, article 6; RGPD, articles 13 and 14)."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.periods import PeriodField, no_overlap
from governance.querysets import LegalIdentityQuerySet


@track
class LegalIdentity(models.Model):
    """The legal notice of one organisation for a period; the portal shows that of the organisation that animates."""

    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="legal_identities"
    )
    period = PeriodField(_("period"))
    publisher = models.CharField(_("publisher of the site"), max_length=200)
    publisher_status = models.CharField(_("legal form and registration number"), max_length=200)
    publisher_address = models.CharField(_("address of the publisher"), max_length=300)
    publisher_contact = models.CharField(_("telephone or e-mail of the publisher"), max_length=200)
    publication_director = models.CharField(_("director of publication"), max_length=160)
    host = models.CharField(_("host"), max_length=200)
    host_address = models.CharField(_("address of the host"), max_length=300)
    host_contact = models.CharField(_("telephone or e-mail of the host"), max_length=200)
    privacy_contact = models.CharField(_("contact for personal data"), max_length=160)
    privacy_email = models.EmailField(_("address for personal data"))
    is_fictional = models.BooleanField(_("fictional"), default=False)

    objects = LegalIdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal identity")
        verbose_name_plural = _("legal identities")
        ordering = ["organisation", "period", "pk"]
        constraints = [
            no_overlap(
                "organisation",
                name="legal_identity_no_overlap",
                message=_("This organisation already has a legal identity during part of this period."),
            )
        ]

    def __str__(self) -> str:
        return self.publisher

    def get_absolute_url(self) -> str:
        return reverse("governance:legal-identity", args=[self.organisation.slug])
