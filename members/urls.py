"""Addresses of the directory, kept stable."""

from django.urls import path

from members.views import directory

app_name = "members"
urlpatterns = [
    path("membres/", directory.directory, name="directory"),
    path("membres/<slug:slug>/", directory.organisation, name="organisation"),
]
