"""Brings `locale/fr/LC_MESSAGES/django.po` up to date with the messages of the code."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from core.management import catalogues


class Command(BaseCommand):
    help = "Adds new messages to the French catalogue, without a translation, and drops those no longer in the code."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        merged = catalogues.merge(catalogues.collect(), catalogues.load())
        path = catalogues.catalogue_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        merged.save(str(path))
        untranslated = sum(not entry.translated() for entry in merged)
        self.stdout.write(f"{len(merged)} messages, {untranslated} to translate")
