from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "core.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from core.accounts import (  # noqa: F401  (permissions register by themselves)
            addresses,
            permissions,
            personal_data,
            replacing,
            second_factor,
            services,
        )
        from core.accounts.backends import READER
        from core.backups import after_restore

        personal_data.register()
        addresses.connect()
        replacing.register()
        READER.add(second_factor.FACT, second_factor.fact)
        after_restore.register("accounts", services.after_restore)
