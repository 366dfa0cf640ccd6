"""What an organisation answers for one date."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Availability(models.TextChoices):
    YES = "yes", pgettext_lazy("availability", "yes")
    IF_NEEDED = "ifneeded", pgettext_lazy("availability", "if need be")
    NO = "no", pgettext_lazy("availability", "no")
