from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "funding"
    verbose_name = _("Funding")

    def ready(self) -> None:
        from funding import documents, kept, navigation, page_slots, permissions, telling  # noqa: F401  (registers)
        from funding.backends import funds
        from members.querysets import POSITION

        POSITION.add("funds", funds)
        kept.register()
        navigation.register()
        page_slots.register()
        telling.register()
        documents.register()
