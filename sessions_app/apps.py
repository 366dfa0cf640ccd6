from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "sessions_app"
    verbose_name = _("Sessions")

    def ready(self) -> None:
        from sessions_app import navigation, permissions, reports, telling  # noqa: F401  (register)
        from sessions_app.answers import registration as answers
        from sessions_app.attendance import registration as attendance
        from sessions_app.checklist import registration as checklist
        from sessions_app.date_finding import registration as date_finding
        from sessions_app.evaluation import registration as evaluation
        from sessions_app.messages import permissions as messages  # noqa: F401  (registers)

        answers.register()
        attendance.register()
        checklist.register()
        date_finding.register()
        evaluation.register()
        navigation.register()
        telling.register()
