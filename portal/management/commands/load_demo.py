"""`python manage.py load_demo`: fills an empty portal with demonstration data; a second run adds nothing.

`--today 2026-11-24` places the sessions that lie around today (22 and 23) as if it were that day: the same
day always gives the same data. `--print-accounts` prints the five accounts afterwards.
Runs as the application's database role. Inside `bin/run`'s environment: `bin/manage load_demo`.
"""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from portal.demo import load_people, loader


class Command(BaseCommand):
    help = "Loads the demonstration data once (refused in production)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=dt.date.fromisoformat, help="the day to load for, YYYY-MM-DD")
        parser.add_argument("--print-accounts", action="store_true", help="print the demonstration accounts as well")

    def handle(self, *args: Any, today: dt.date | None, print_accounts: bool, **options: Any) -> None:
        try:
            added = loader.load_all(today=today or timezone.localdate())
        except loader.DemoRefused as refusal:
            raise CommandError(str(refusal)) from None
        if added:
            text = ngettext(
                "Demonstration data loaded: %(count)s row.", "Demonstration data loaded: %(count)s rows.", added
            )
            self.stdout.write(text % {"count": added})
        else:
            self.stdout.write(_("Demonstration data: already loaded."))
        if print_accounts:
            self.stdout.write("")
            self._print_accounts()

    def _print_accounts(self) -> None:
        rows = [(_("E-mail"), _("Role"), _("Password"))]
        rows += [(account["email"], account["role"], load_people.password()) for account in load_people.accounts()]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())
