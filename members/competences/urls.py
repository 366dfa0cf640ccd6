"""Addresses of the list of competences; they stand before those of organisations, whose names they reserve."""

from django.urls import path

from members.competences import views

_ONE = "membres/competences/<uuid:public_id>/"

urlpatterns = [
    path("membres/competences/", views.competences, name="competences"),
    path(_ONE, views.competence, name="competence"),
    path(f"{_ONE}fusionner/", views.merge, name="competence-merge"),
    path(f"{_ONE}retirer/", views.remove, name="competence-remove"),
]
