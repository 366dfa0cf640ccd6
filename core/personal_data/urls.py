"""Addresses of personal data."""

from django.urls import path

from core.personal_data.breaches import views as breaches
from core.personal_data.erasure import views as erasure
from core.personal_data.export import views as export
from core.personal_data.retention import views as retention
from core.personal_data.rights_requests import views as requests

app_name = "personal_data"
urlpatterns = [
    path("compte/mes-donnees/", export.page, name="own"),
    path("compte/mes-donnees/<uuid:public_id>/", export.state, name="own-state"),
    path("compte/mes-donnees/<uuid:public_id>/fichier/", export.fetch, name="own-file"),
    path("donnees-personnelles/demande/", requests.ask, name="request"),
    path("donnees-personnelles/demande/<token:token>/", requests.confirm, name="request-confirm"),
    path("administration/donnees-personnelles/demandes/", requests.listing, name="requests"),
    path("administration/donnees-personnelles/demandes/<uuid:public_id>/", requests.answer, name="request-answer"),
    path("administration/donnees-personnelles/effacements/", erasure.journal, name="erasures"),
    path("administration/donnees-personnelles/effacer/<uuid:public_id>/", erasure.erase, name="erase"),
    path("administration/donnees-personnelles/violations/", breaches.register, name="breaches"),
    path("administration/donnees-personnelles/violations/ajouter/", breaches.add, name="breach-add"),
    path("administration/donnees-personnelles/violations/<uuid:public_id>/", breaches.change, name="breach"),
    path("administration/donnees-personnelles/durees/", retention.periods, name="retention"),
]
