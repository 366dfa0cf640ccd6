from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Governance")

    def ready(self) -> None:
        from governance import navigation, permissions, reports, slots, telling  # noqa: F401  (two register by themselves)
        from governance.models import Mandate
        from governance.pack import parts
        from sessions_app import animation

        animation.answer_with(Mandate.objects.organisation_at)
        telling.register()
        slots.register()
        parts.register()
        navigation.register()
