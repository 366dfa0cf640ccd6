from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonalDataConfig(AppConfig):
    name = "core.personal_data"
    label = "personal_data"
    verbose_name = _("Personal data")

    def ready(self) -> None:
        from core.backups import after_restore
        from core.personal_data import navigation, permissions, registration  # noqa: F401  (permissions registers)
        from core.personal_data.breaches import registration as breaches
        from core.personal_data.erasure import services as erasure
        from core.personal_data.rights_requests import registration as rights_requests

        registration.register()
        rights_requests.register()
        breaches.register()
        navigation.register()
        after_restore.register("personal_data", erasure.after_restore)
