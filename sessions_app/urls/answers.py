"""Addresses of answers to an invitation."""

from django.urls import path

from sessions_app.views import answers

urlpatterns = [
    path("sessions/<int:number>/repondre/", answers.answer, name="answer"),
    path("sessions/<int:number>/repondre/<uuid:public_id>/retirer/", answers.take_back, name="answer-take-back"),
    path("sessions/<int:number>/invites/", answers.add_guest, name="guest-add"),
    path("sessions/<int:number>/invites/<uuid:public_id>/retirer/", answers.remove_guest, name="guest-remove"),
    path("sessions/<int:number>/reponses/", answers.overview, name="answers"),
    path("reponse/<token:token>/", answers.by_link, name="answer-by-link"),
    path("reponse/<token:token>/pas-moi/", answers.not_me, name="answer-not-me"),
]
