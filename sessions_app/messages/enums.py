"""To whom a message goes."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Recipients(models.TextChoices):
    # Translators: toutes les organisations membres
    ALL = "all", pgettext_lazy("recipients", "all member organisations")
    # Translators: celles qui n’ont pas répondu
    SILENT = "silent", pgettext_lazy("recipients", "those without an answer")
    # Translators: celles qui étaient présentes
    PRESENT = "present", pgettext_lazy("recipients", "those that were present")
    # Translators: un seul monde
    WORLD = "world", pgettext_lazy("recipients", "one world")
    # Translators: choisies à la main
    CHOSEN = "chosen", pgettext_lazy("recipients", "chosen by hand")
