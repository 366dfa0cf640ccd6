from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Governance")

    def ready(self) -> None:
        from governance import (  # noqa: F401  (two register by themselves)
            departures,
            documents,
            merging,
            navigation,
            notifications,
            permissions,
            personal_data,
            replacing,
            search,
            slots,
        )
        from governance.models import Mandate
        from governance.pack import parts
        from members.access_requests import registration
        from sessions_app import animation

        animation.register_provider(Mandate.objects.organisation_at)
        registration.register_animating(Mandate.objects.organisation_at)
        notifications.register()
        departures.register()
        merging.register()
        replacing.register()
        slots.register()
        parts.register()
        navigation.register()
        personal_data.register()
        search.register_sources()
