from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "sessions_app"
    verbose_name = _("Sessions")

    def ready(self) -> None:
        from sessions_app import (  # noqa: F401  (register)
            documents,
            merging,
            navigation,
            notifications,
            permissions,
            personal_data,
            replacing,
            search,
        )
        from sessions_app.attendance import registration as attendance
        from sessions_app.checklist import registration as checklist
        from sessions_app.date_polls import registration as date_finding
        from sessions_app.evaluations import registration as evaluation
        from sessions_app.follow_up import registration as follow_up
        from sessions_app.messages import permissions as messages  # noqa: F401  (registers)
        from sessions_app.minutes import search as minutes_search
        from sessions_app.responses import registration as answers

        answers.register()
        attendance.register()
        follow_up.register()
        checklist.register()
        date_finding.register()
        evaluation.register()
        navigation.register()
        notifications.register()
        personal_data.register()
        merging.register()
        replacing.register()
        search.register_sources()
        minutes_search.register_sources()
