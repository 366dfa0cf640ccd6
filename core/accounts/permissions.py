"""Permissions of the ground."""

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import always, register

register(
    "accounts.use_account",
    _("use one’s own account"),
    without_second_factor=True,
    member=always,
    administrator=always,
    contact=always,
)
register("accounts.administer", _("look after the portal’s machine"), administrator=always)
register("accounts.name_administrators", _("name and remove administrators"), administrator=always)
