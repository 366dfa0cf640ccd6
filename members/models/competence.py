"""The vocabulary of competences of the space: what organisations say they can help with."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.collation import FRENCH
from core.db.name_key import name_key_of


@track
class Competence(models.Model):
    """One term, such as "Évaluation"; the animators add, rename and merge them, organisations choose among them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80, db_collation=FRENCH)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name_key_of("name"),
                name="competence_name_once",
                violation_error_message=_("This competence is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
