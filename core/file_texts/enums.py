"""States of a reading, the one table of moves between them, and what people are told of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class TextState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("text of a file", "waiting to be read")
    READING = "reading", pgettext_lazy("text of a file", "being read")
    READ = "read", pgettext_lazy("text of a file", "read")
    UNREADABLE = "unreadable", pgettext_lazy("text of a file", "unreadable")


class Remark(models.TextChoices):
    """Why the search finds only some of a file's text, or none of it."""

    PAGES = "pages", _("The search knows its first pages only: it is very long.")
    LENGTH = "length", _("The search knows only the beginning of its text: it is very long.")
    EFFORT = "effort", _("The search knows only the beginning of its text: the rest takes too long to read.")
    PART = "part", _("The search knows only some of its text: the file is damaged.")
    NO_TEXT = "no_text", _("The search finds its title only: it holds pictures of pages, without text.")
    ENCRYPTED = "encrypted", _("The search finds its title only: a password protects its text.")
    DAMAGED = "damaged", _("The search finds its title only: the file is damaged.")
    TOO_HEAVY = "too_heavy", _("The search finds its title only: it takes too long to read.")
    MISSING = "missing", _("The search finds its title only: the file is missing from the disk.")


MOVES: dict[TextState, tuple[TextState, ...]] = {
    TextState.WAITING: (TextState.READING,),
    TextState.READING: (TextState.WAITING, TextState.READ, TextState.UNREADABLE),
    TextState.READ: (),
    TextState.UNREADABLE: (),
}
