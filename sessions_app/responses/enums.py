"""What one can answer to an invitation."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AnswerChoice(models.TextChoices):
    """In the words of the person who answers; the address and the CSV use the values."""

    YES = "yes", pgettext_lazy("answer", "I take part")
    MAYBE = "maybe", pgettext_lazy("answer", "Maybe")
    NO = "no", pgettext_lazy("answer", "I do not take part")
    REPRESENTED = "represented", pgettext_lazy("answer", "I will be represented")


# The same, said of an organisation.
RESPONSE_LABELS = {
    AnswerChoice.YES: pgettext_lazy("answer of an organisation", "takes part"),
    AnswerChoice.MAYBE: pgettext_lazy("answer of an organisation", "maybe"),
    AnswerChoice.NO: pgettext_lazy("answer of an organisation", "does not take part"),
    AnswerChoice.REPRESENTED: pgettext_lazy("answer of an organisation", "represented"),
}
