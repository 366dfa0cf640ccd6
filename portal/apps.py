from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from core.lifecycle import replacing
        from core.notifications import kinds
        from portal import contact, navigation, personal_data  # noqa: F401  (the second registers by itself)
        from portal.setup import services

        personal_data.register()
        label = _("Message through the form of the portal")
        test = _("Test mail of the portal")
        kinds.register(kinds.Kind(services.KIND, test, test, lambda values: reverse("setup:test-mail"), always=True))
        kinds.register(
            kinds.Kind(contact.KIND, label, label, lambda values: reverse("contact"), of_others=True, always=True)
        )
        replacing.leave_behind(
            replacing.Kept(
                order=65,
                what=_("Steps of the start of the space"),
                why=_("They say who took them."),
                relations=("portal.StartMark.by",),
            )
        )
