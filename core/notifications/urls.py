"""Addresses of what one was told."""

from django.urls import path

from core.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.notifications, name="list"),
    path("lues/", views.read_all, name="read-all"),
    path("preferences/", views.preferences, name="preferences"),
    path("desabonnement/<token:token>/", views.unsubscribe, name="unsubscribe"),
    path("<uuid:public_id>/lue/", views.read_one, name="read"),
]
