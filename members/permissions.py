"""Permissions of this app. `animator` is the holder of the animation mandate, a role that `governance` answers."""

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import always, register

register("members.view_organisation", _("read the directory"), member=always, animator=always, administrator=always)
