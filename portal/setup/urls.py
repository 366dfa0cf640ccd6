"""Addresses under /administration/: the settings of the space, and the steps of its start."""

from django.urls import path
from django.views.generic import RedirectView

from portal.setup import views

app_name = "setup"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="administration:overview"), name="administration"),
    path("demarrage/", views.start, name="start"),
    path("demarrage/courriel/", views.test_mail, name="test-mail"),
    path("demarrage/<slug:step>/plus-tard/", views.postpone, name="postpone"),
    path("espace/", views.space_settings, name="space"),
]
