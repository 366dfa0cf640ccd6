#!/usr/bin/env python
"""Django's command line; commands that change the schema connect as the database's owner."""

import os
import sys

OWNER_COMMANDS = {"migrate", "makemigrations", "flush", "loaddata", "sqlmigrate", "optimizemigration", "restore"}


def become_owner() -> None:
    """The owner's address in place of the application's, which a restore still needs: it tries the rights of that one."""
    from core.variables import given

    owner, application = given("DATABASE_OWNER_URL"), given("DATABASE_URL")
    if owner:
        for name in ("DATABASE_URL_FILE", "DATABASE_OWNER_URL_FILE"):
            os.environ.pop(name, None)
        os.environ |= {"DATABASE_URL": owner, "DATABASE_OWNER_URL": owner, "DATABASE_APP_URL": application}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        become_owner()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
