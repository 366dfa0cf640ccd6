from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "core.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from core.search import permissions, personal_data, triggers  # noqa: F401  (permissions registers by itself)

        personal_data.register()
        post_migrate.connect(triggers.install, dispatch_uid="core.search.triggers")
