"""To whom a message goes."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Recipients(models.TextChoices):
    ALL = "all", pgettext_lazy("recipients", "all member organisations")
    SILENT = "silent", pgettext_lazy("recipients", "those without an answer")
    PRESENT = "present", pgettext_lazy("recipients", "those that were present")
    WORLD = "world", pgettext_lazy("recipients", "one world")
    CHOSEN = "chosen", pgettext_lazy("recipients", "chosen by hand")
