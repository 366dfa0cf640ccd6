"""Addresses of answers to an invitation."""

from django.urls import path

from sessions_app.responses import views

urlpatterns = [
    path("sessions/<int:number>/repondre/", views.answer, name="answer"),
    path("sessions/<int:number>/repondre/<uuid:public_id>/retirer/", views.take_back, name="answer-take-back"),
    path("sessions/<int:number>/invites/", views.add_guest, name="guest-add"),
    path("sessions/<int:number>/invites/<uuid:public_id>/retirer/", views.remove_guest, name="guest-remove"),
    path("sessions/<int:number>/reponses/", views.overview, name="answers"),
    path("reponse/<token:token>/", views.by_link, name="answer-by-link"),
    path("reponse/<token:token>/pas-moi/", views.not_me, name="answer-not-me"),
]
