"""Addresses of materials: the animators' list and what members propose, within their session."""

from django.urls import path

from sessions_app.materials import views

one_session = [
    path("supports/", views.manage, name="materials"),
    path("supports/ajouter/", views.add, name="material-add"),
    path("supports/proposer/", views.propose, name="material-propose"),
    path("supports/propositions/<uuid:public_id>/", views.answer, name="material-answer"),
    path("supports/propositions/<uuid:public_id>/fichier/", views.proposed_file, name="material-proposed-file"),
    path("supports/<uuid:public_id>/modifier/", views.change, name="material-change"),
    path("supports/<uuid:public_id>/retirer/", views.remove, name="material-remove"),
]
