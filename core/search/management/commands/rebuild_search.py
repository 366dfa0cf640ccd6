"""Writes the index of the search anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.search import indexing
from core.search.sources import Source


class Command(BaseCommand):
    help = "Writes the index of the search anew, while the portal runs; needed after a change of what is indexed."

    def handle(self, *args: Any, **options: Any) -> None:
        def told(source: Source, done: int, total: int) -> None:
            if options["verbosity"] > 0:
                self.stdout.write(f"{source.kind}: {done}/{total}")

        number = indexing.rebuild(told)
        self.stdout.write(f"{number} passages")
