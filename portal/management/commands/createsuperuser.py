"""Django's command of this name makes an account with all rights; there is none here, so it says what to use."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "There are no superusers here: use start_space."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes and forgets what Django's command takes, so that every form of it gets the answer."""
        parser.add_argument("--noinput", "--no-input", action="store_true")
        parser.add_argument("--email")
        parser.add_argument("--first_name")
        parser.add_argument("--last_name")
        parser.add_argument("--database")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            _(
                "There are no superusers here: rights come from positions. The first administrator of a space is made"
                " with: manage.py start_space"
            )
        )
