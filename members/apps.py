from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from members import navigation, permissions, personal_data, search  # noqa: F401  (permissions registers by itself)
        from members.access_requests import registration
        from members.imports import kinds
        from members.invitations import mails
        from members.merging import rows
        from members.replacements import handover, notifications
        from members.saved_views import alerts, registration as saved_views

        navigation.register()
        personal_data.register()
        search.register_sources()
        mails.register()
        kinds.register()
        registration.register()
        handover.register()
        rows.register()
        notifications.register()
        saved_views.register()
        alerts.register()
