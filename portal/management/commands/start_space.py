"""`python manage.py start_space`: makes the first administrator of a real space and prints a link that signs in once.

Asks for address and name; with `--noinput` they come from the options or from PORTAL_ADMIN_EMAIL,
PORTAL_ADMIN_FIRST_NAME and PORTAL_ADMIN_LAST_NAME. `--new-link` makes another link for an administrator who cannot
sign in, `--state` says in one word what the database holds: nothing, demonstration, waiting (for the first sign-in of
its administrator) or started. See docs/first-day.md.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.variables import given
from portal.setup import administrator
from portal.setup.administrator import AdministratorForm, Entrance, StartRefused

VARIABLES = {
    "email": "PORTAL_ADMIN_EMAIL",
    "first_name": "PORTAL_ADMIN_FIRST_NAME",
    "last_name": "PORTAL_ADMIN_LAST_NAME",
}


class Command(BaseCommand):
    help = "Starts a real space: makes its first administrator and prints a one-time link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default="", help="address of the administrator")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument(
            "--noinput", action="store_true", help="ask nothing; see the variables in docs/first-day.md"
        )
        parser.add_argument("--new-link", action="store_true", help="another link for an administrator")
        parser.add_argument("--state", action="store_true", help="say in one word what the database holds")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["state"]:
            self.stdout.write(self._state())
            return
        now = timezone.now()
        try:
            if options["new_link"]:
                entrance = administrator.new_link(email=options["email"], now=now)
            else:
                entrance = administrator.start(**self._values(options), now=now)
        except StartRefused as refused:
            raise CommandError(str(refused)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self._print(entrance)

    def _state(self) -> str:
        if administrator.is_demonstration():
            return "demonstration"
        if administrator.never_came():
            return "waiting"
        return "started" if administrator.administrators().exists() else "nothing"

    def _values(self, options: dict[str, Any]) -> dict[str, str]:
        values = {name: options[name] or given(variable) for name, variable in VARIABLES.items()}
        if not options["noinput"]:
            self._ask(values)
        form = AdministratorForm(values)
        if not form.is_valid():
            problems = [
                f"{form[name].label} ({VARIABLES[name]}): {' '.join(form.errors[name])}" for name in form.errors
            ]
            raise CommandError("\n".join([_("The administrator cannot be made:"), *problems]))
        return form.cleaned_data

    def _ask(self, values: dict[str, str]) -> None:
        """Each thing that is not given, until it is one that can be."""
        for name in VARIABLES:
            while name in (errors := AdministratorForm(values).errors):
                if values[name]:
                    self.stderr.write(" ".join(errors[name]))
                try:
                    values[name] = input(f"{AdministratorForm.base_fields[name].label} > ")
                except (EOFError, KeyboardInterrupt):
                    raise CommandError(_("Nothing was started.")) from None

    def _print(self, entrance: Entrance) -> None:
        name = {"name": entrance.user.get_full_name(), "email": entrance.user.email}
        self.stdout.write(_("%(name)s (%(email)s) administers this space.") % name)
        self.stdout.write(_("This link signs in once, within the hour, and asks for a password or a passkey:"))
        self.stdout.write(f"\n  {entrance.link}\n")
