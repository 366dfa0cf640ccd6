"""After a restore: erases again the people whom the journal names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.db import audit
from core.personal_data.erasure import journal, services


class Command(BaseCommand):
    help = "Erases again, after a restore, the people who had been erased; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--journal", action="append", help="a journal of erasures, instead of the usual ones")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [Path(path) for path in options["journal"] or settings.ERASURE_JOURNALS]
        if not any(path.exists() for path in paths):
            self.stdout.write(f"No journal at {', '.join(map(str, paths))}: nobody was erased, or it was lost.")
            return
        try:
            people = journal.people(paths)
        except (OSError, ValueError) as error:
            raise CommandError(f"The journal cannot be read: {error}") from error
        with audit.context(command="replay_erasures"):
            again = sum(services.erase_again(person=person, now=timezone.now()) for person in people)
        self.stdout.write(f"{len(people)} in the journal, {again} erased again.")
