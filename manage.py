#!/usr/bin/env python
"""Django's command line; commands that change the schema connect as the database's owner."""

import os
import sys

OWNER_COMMANDS = {"migrate", "makemigrations", "flush", "loaddata", "sqlmigrate", "optimizemigration"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS and os.environ.get("DATABASE_OWNER_URL"):
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
