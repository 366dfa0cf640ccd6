from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "core.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from core.accounts.backends import READER
        from core.backups import after_restore
        from core.notifications import each_row, outbox, personal_data
        from core.notifications.services import UNREAD, unread_count, unread_of_reader
        from core.web import navigation

        each_row.register()
        personal_data.register()
        after_restore.register("notifications", outbox.after_restore)
        READER.add(UNREAD, unread_of_reader)
        navigation.register(
            _("Notifications"),
            "notifications:list",
            permission="accounts.use_account",
            order=20,
            place="tools",
            icon="bell",
            badge=unread_count,
        )
