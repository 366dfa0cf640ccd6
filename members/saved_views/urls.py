"""Addresses of saved views, kept stable."""

from django.urls import path

from members.saved_views import views

urlpatterns = [
    path("", views.listing, name="views"),
    path("nouvelle/", views.create, name="view-create"),
    path("<uuid:public_id>/modifier/", views.edit, name="view-edit"),
    path("<uuid:public_id>/supprimer/", views.remove, name="view-remove"),
]
