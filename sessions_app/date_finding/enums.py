"""What an organisation answers for one date."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Availability(models.TextChoices):
    # Translators: oui
    YES = "yes", pgettext_lazy("availability", "yes")
    # Translators: si besoin
    IF_NEEDED = "ifneeded", pgettext_lazy("availability", "if need be")
    # Translators: non
    NO = "no", pgettext_lazy("availability", "no")
