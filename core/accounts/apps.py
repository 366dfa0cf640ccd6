from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "core.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from core.accounts import addresses, permissions, personal_data  # noqa: F401  (the second registers)

        personal_data.register()
        addresses.connect()
