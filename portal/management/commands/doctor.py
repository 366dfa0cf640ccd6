"""`python manage.py doctor` (or `bin/doctor`): what runs, what does not, and what to do about it, line by line.

The same lines stand under Administration, apart from those that ask the rest of the world. Ends with 1 where something
must be done now.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import machine, outside

_SIGNS = {"ok": "✓", "no": "✗", "wait": "!", "old": "·"}


class Command(BaseCommand):
    help = "Says what runs, what does not, and what to do about it."
    requires_system_checks: list[str] = []  # it tells of them itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mail", metavar="ADDRESS", help="also send a test mail there, past the outbox")
        parser.add_argument("--inside", action="store_true", help="ask nothing beyond database and Redis")

    def handle(self, *args: Any, mail: str | None, inside: bool, **options: Any) -> None:
        now = timezone.now()
        try:
            lines = machine.checks(now)
        except Error as error:
            raise CommandError(_("The database does not answer: %(problem)s") % {"problem": error}) from None
        if not inside:
            lines += outside.checks(now)
        if mail:
            try:
                validate_email(mail)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from None
            lines.append(outside.send_test_mail(mail))
        for line in lines:
            facts = {"sign": _SIGNS[line.state], "label": line.label, "word": line.word}
            self.stdout.write(_("%(sign)s %(label)s: %(word)s") % facts)
            if line.detail:
                self.stdout.write(f"    {line.detail}")
        if any(line.state == "no" for line in lines):
            sys.exit(1)
