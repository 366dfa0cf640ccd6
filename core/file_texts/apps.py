from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FileTextsConfig(AppConfig):
    name = "core.file_texts"
    label = "file_texts"
    verbose_name = _("Texts of files")

    def ready(self) -> None:
        from core.file_texts import personal_data

        personal_data.register()
