"""What this app adds to every page's navigation."""

from django.utils.translation import gettext_lazy as _

from core.web import navigation


def register() -> None:
    navigation.register(_("Members"), "members:directory", permission="members.view_organisation", order=60)
    navigation.register(
        _("People"),
        "members:people",
        permission="members.manage_people",
        order=40,
        place="account",
        icon="users",
        also=("members:access-requests",),
    )
