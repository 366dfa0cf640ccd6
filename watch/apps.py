from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchConfig(AppConfig):
    name = "watch"
    verbose_name = _("Watch")

    def ready(self) -> None:
        from watch import (  # noqa: F401  (registers)
            merging,
            navigation,
            notifications,
            permissions,
            personal_data,
            replacing,
            saved_views,
            search,
            slots,
        )

        navigation.register()
        merging.register()
        replacing.register()
        slots.register()
        search.register_sources()
        notifications.register()
        personal_data.register()
        saved_views.register()
