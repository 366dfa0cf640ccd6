"""Addresses of the evaluation of a session."""

from django.urls import path

from sessions_app.views import evaluation

urlpatterns = [
    path("sessions/evaluation/questions/", evaluation.questions, name="evaluation-questions"),
    path("sessions/<int:number>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("sessions/<int:number>/evaluation/clore/", evaluation.close, name="evaluation-close"),
    path("sessions/<int:number>/evaluation/repondre/", evaluation.evaluate, name="evaluate"),
    path("evaluation/<token:token>/", evaluation.by_link, name="evaluate-by-link"),
    path("evaluation/<token:token>/pas-moi/", evaluation.not_me, name="evaluate-not-me"),
]
