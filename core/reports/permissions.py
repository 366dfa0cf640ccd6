"""Permissions of reports. Who may ask for a kind of report and read it is said by that kind."""

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import always, register

register("reports.manage_jobs", _("look after the reports being made"), administrator=always)
register("reports.verify_document", _("check whether a document is authentic"), visitor=always)
