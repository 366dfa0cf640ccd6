from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "core.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from core.reports import permissions, personal_data  # noqa: F401  (the first registers by itself)

        personal_data.register()
