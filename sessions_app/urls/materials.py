"""Addresses of materials: the animators' list and what members propose, within their session."""

from django.urls import path

from sessions_app.views import materials

one_session = [
    path("supports/", materials.manage, name="materials"),
    path("supports/ajouter/", materials.add, name="material-add"),
    path("supports/proposer/", materials.propose, name="material-propose"),
    path("supports/propositions/<uuid:public_id>/", materials.answer, name="material-answer"),
    path("supports/propositions/<uuid:public_id>/fichier/", materials.proposed_file, name="material-proposed-file"),
    path("supports/<uuid:public_id>/modifier/", materials.change, name="material-change"),
    path("supports/<uuid:public_id>/retirer/", materials.remove, name="material-remove"),
]
