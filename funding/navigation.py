"""What this app adds to every page's navigation."""

from django.utils.translation import gettext_lazy as _

from core import navigation


def register() -> None:
    navigation.register(_("Initiatives"), "funding:initiatives", permission="funding.view_initiative", order=40)
