"""The address at which somebody is replaced."""

from django.urls import path

from members.replacements import views

urlpatterns = [
    path(
        "membres/personnes/<uuid:public_id>/fonctions/<uuid:position_id>/remplacer/",
        views.replace,
        name="position-replace",
    ),
]
