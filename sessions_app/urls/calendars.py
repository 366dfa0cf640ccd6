"""Addresses of calendars and feeds, kept stable: people subscribe to them."""

from django.urls import path

from sessions_app.views import calendars

urlpatterns = [
    path("sessions/<int:number>.ics", calendars.one, name="calendar-one"),
    path("sessions/calendrier.ics", calendars.personal, name="calendar-feed"),
    path("sessions/atom.xml", calendars.atom_feed, name="atom"),
    path("sessions/calendrier/", calendars.page, name="calendar"),
    path("comptes-rendus-publics/atom.xml", calendars.public_feed, name="minutes-public-feed"),
]
