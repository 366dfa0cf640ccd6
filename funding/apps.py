from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "funding"
    verbose_name = _("Funding")

    def ready(self) -> None:
        from funding import navigation, page_slots, permissions, telling  # noqa: F401  (permissions registers by itself)
        from funding.backends import funds
        from members.querysets import POSITION

        POSITION.add("funds", funds)
        navigation.register()
        page_slots.register()
        telling.register()
