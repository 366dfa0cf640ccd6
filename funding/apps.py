from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "funding"
    verbose_name = _("Funding")

    def ready(self) -> None:
        from funding import (  # noqa: F401  (registers)
            documents,
            list_pages,
            merging,
            navigation,
            notifications,
            permissions,
            personal_data,
            replacing,
            search,
            slots,
        )
        from funding.backends import funds
        from funding.figures import cached
        from funding.imports import kinds
        from members.querysets import POSITION

        POSITION.add("funds", funds)
        cached.register()
        kinds.register()
        navigation.register()
        merging.register()
        replacing.register()
        slots.register()
        search.register_sources()
        notifications.register()
        documents.register()
        list_pages.register()
        personal_data.register()
