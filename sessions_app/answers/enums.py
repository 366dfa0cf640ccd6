"""What one can answer to an invitation."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AnswerChoice(models.TextChoices):
    """In the words of the person who answers; the address and the CSV use the values."""

    # Translators: Je participe
    YES = "yes", pgettext_lazy("answer", "I take part")
    # Translators: Peut-être
    MAYBE = "maybe", pgettext_lazy("answer", "Maybe")
    # Translators: Je ne participe pas
    NO = "no", pgettext_lazy("answer", "I do not take part")
    # Translators: Je me fais représenter
    REPRESENTED = "represented", pgettext_lazy("answer", "I will be represented")


# The same, said of an organisation.
STANDINGS = {
    # Translators: participe
    AnswerChoice.YES: pgettext_lazy("answer of an organisation", "takes part"),
    # Translators: peut-être
    AnswerChoice.MAYBE: pgettext_lazy("answer of an organisation", "maybe"),
    # Translators: ne participe pas
    AnswerChoice.NO: pgettext_lazy("answer of an organisation", "does not take part"),
    # Translators: représentée
    AnswerChoice.REPRESENTED: pgettext_lazy("answer of an organisation", "represented"),
}
