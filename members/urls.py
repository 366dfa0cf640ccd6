"""Addresses of the directory, kept stable."""

from django.urls import path

from members.directory import views

app_name = "members"
urlpatterns = [
    path("membres/", views.directory, name="directory"),
    path("membres/<slug:slug>/", views.organisation, name="organisation"),
]
