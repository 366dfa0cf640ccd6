from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Governance")

    def ready(self) -> None:
        from governance import permissions  # noqa: F401  (registers)
        from governance.models import Mandate
        from sessions_app import animation

        animation.answer_with(Mandate.objects.organisation_at)
