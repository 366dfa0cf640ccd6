"""Entries of the navigation that belong to no app."""

from django.utils.translation import gettext_lazy as _

from core.navigation import register

register(_("Home"), "home", order=0)

register(_("E-mail addresses"), "account_email", permission="accounts.use_account", order=20, place="account")
register(_("Password"), "account_change_password", permission="accounts.use_account", order=30, place="account")
register(_("Second factor and passkeys"), "mfa_index", permission="accounts.use_account", order=40, place="account")
register(_("Where I am signed in"), "usersessions_list", permission="accounts.use_account", order=50, place="account")
register(_("Administration"), "administration:overview", permission="accounts.administer", order=90, place="account")

register(_("Check a document"), "reports:verify", order=10, place="resources")
register(_("Open data"), "open-data", order=30, place="resources")

register(_("Write to the animators"), "contact", order=5, place="information")
register(_("Legal notice"), "legal-notice", order=10, place="information")
register(_("Personal data"), "privacy", order=20, place="information")
register(_("Accessibility: not compliant"), "accessibility", order=30, place="information")
