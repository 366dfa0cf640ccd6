from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import dates, job_log, metrics
        from core.db import checks
        from core.db.grants import apply_grants
        from core.web import converters

        converters.register()
        dates.bound_every_column()
        checks.install()
        job_log.connect()
        metrics.connect()
        post_migrate.connect(apply_grants, dispatch_uid="core.db.grants")
