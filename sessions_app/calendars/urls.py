"""Addresses of calendars and feeds, kept stable: people subscribe to them."""

from django.urls import path

from sessions_app.calendars import views

urlpatterns = [
    path("sessions/<int:number>.ics", views.one, name="calendar-one"),
    path("sessions/calendrier.ics", views.personal, name="calendar-feed"),
    path("sessions/atom.xml", views.atom_feed, name="atom"),
    path("sessions/calendrier/", views.page, name="calendar"),
    path("comptes-rendus-publics/atom.xml", views.public_feed, name="minutes-public-feed"),
]
