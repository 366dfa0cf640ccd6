"""Fails where the French catalogue lacks a message, holds a stale or unsure one, or breaks French typography."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from core.management import catalogues


class Command(BaseCommand):
    help = "Checks that the French catalogue is complete, current and well written; changes nothing."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        known = catalogues.load()
        found = [*catalogues.differences(catalogues.collect(), known), *catalogues.problems(known)]
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} problems. New messages: bin/messages, then translate them.")
        self.stdout.write(f"{len(known)} messages, all translated")
