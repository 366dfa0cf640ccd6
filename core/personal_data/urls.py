"""Addresses of personal data."""

from django.urls import path

from core.personal_data.export import views as export
from core.personal_data.retention import views as retention

app_name = "personal_data"
urlpatterns = [
    path("compte/mes-donnees/", export.page, name="own"),
    path("compte/mes-donnees/<uuid:public_id>/", export.state, name="own-state"),
    path("compte/mes-donnees/<uuid:public_id>/fichier/", export.fetch, name="own-file"),
    path("administration/donnees-personnelles/durees/", retention.periods, name="retention"),
]
