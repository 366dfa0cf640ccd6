"""Entry of the pages of one's own account."""

from django.utils.translation import gettext_lazy as _

from core.web import navigation


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    navigation.register(
        _("My data"), "personal_data:own", permission="personal_data.receive_own", order=60, place="account"
    )
