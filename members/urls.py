"""Addresses of the directory, kept stable."""

from django.urls import include, path

from members.directory import views

app_name = "members"
urlpatterns = [
    path("membres/", views.directory, name="directory"),
    path("membres/hors-espace/", views.outside, name="outside"),
    path("", include("members.people.urls")),
    path("", include("members.replacements.urls")),
    path("", include("members.access_requests.urls")),
    path("", include("members.invitations.urls")),
    path("", include("members.competences.urls")),
    path("", include("members.imports.urls")),
    path("", include("members.merging.urls")),
    path("", include("members.organisations.urls")),
    path("vues/", include("members.saved_views.urls")),
    path("membres/<slug:slug>/", views.organisation, name="organisation"),
]
