"""What can be done in the portal that a task stands for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Doing(models.TextChoices):
    """The act that ticks a task off by itself."""

    ANNOUNCED = "announced", _("the session is announced")
    INVITED = "invited", _("an invitation has left")
    RECORDED = "recorded", _("the record of decisions is circulated")
    CIRCULATED = "circulated", _("the minutes are put under review")
    PUBLISHED = "published", _("the minutes are published")
