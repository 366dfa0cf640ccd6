"""Permissions of this app."""

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import always, register

register("governance.view_governance", _("read the governance page"), member=always, animator=always, administrator=always)
