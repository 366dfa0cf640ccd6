"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if "PORTAL_STATEMENT_SECONDS_FILE" not in os.environ:
    os.environ.setdefault("PORTAL_STATEMENT_SECONDS", "30")  # a page that waits longer has lost its reader

application = get_wsgi_application()
