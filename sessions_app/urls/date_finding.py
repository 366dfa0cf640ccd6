"""Addresses of the search for a date."""

from django.urls import path

from sessions_app.views import date_finding

urlpatterns = [
    path("sessions/<int:number>/dates/", date_finding.dates, name="dates"),
    path("sessions/<int:number>/dates/ouvrir/", date_finding.open_search, name="dates-open"),
    path("sessions/<int:number>/dates/ajouter/", date_finding.add_dates, name="dates-add"),
    path("sessions/<int:number>/dates/rappeler/", date_finding.remind, name="dates-remind"),
    path("sessions/<int:number>/dates/fermer/", date_finding.close, name="dates-close"),
    path("sessions/<int:number>/dates/<uuid:public_id>/retenir/", date_finding.keep, name="date-keep"),
    path("sessions/<int:number>/dates/<uuid:public_id>/retirer/", date_finding.remove_date, name="date-remove"),
    path("dates/<token:token>/", date_finding.by_link, name="dates-by-link"),
    path("dates/<token:token>/pas-moi/", date_finding.not_me, name="dates-not-me"),
]
