"""Composition root: settings, addresses, Celery, home pages and the API. Nothing imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
