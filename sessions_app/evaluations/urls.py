"""Addresses of the evaluation of a session."""

from django.urls import path

from sessions_app.evaluations import views

urlpatterns = [
    path("sessions/evaluations/questions/", views.questions, name="evaluation-questions"),
    path("sessions/<int:number>/evaluation/", views.evaluation, name="evaluation"),
    path("sessions/<int:number>/evaluation/clore/", views.close, name="evaluation-close"),
    path("sessions/<int:number>/evaluation/repondre/", views.evaluate, name="evaluate"),
    path("evaluation/<token:token>/", views.by_link, name="evaluate-by-link"),
    path("evaluation/<token:token>/pas-moi/", views.not_me, name="evaluate-not-me"),
]
