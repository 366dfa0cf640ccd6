"""Addresses of the search for a date."""

from django.urls import path

from sessions_app.date_polls import views

urlpatterns = [
    path("sessions/<int:number>/dates/", views.dates, name="dates"),
    path("sessions/<int:number>/dates/ouvrir/", views.open_search, name="dates-open"),
    path("sessions/<int:number>/dates/ajouter/", views.add_dates, name="dates-add"),
    path("sessions/<int:number>/dates/rappeler/", views.remind, name="dates-remind"),
    path("sessions/<int:number>/dates/fermer/", views.close, name="dates-close"),
    path("sessions/<int:number>/dates/<uuid:public_id>/retenir/", views.keep, name="date-keep"),
    path("sessions/<int:number>/dates/<uuid:public_id>/retirer/", views.remove_date, name="date-remove"),
    path("dates/<token:token>/", views.by_link, name="dates-by-link"),
    path("dates/<token:token>/pas-moi/", views.not_me, name="dates-not-me"),
]
