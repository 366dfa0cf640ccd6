"""Permission to write to the members."""

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import always, register

register("sessions_app.write_to_members", _("write to the members about a session"), animator=always)
