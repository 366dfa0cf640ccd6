"""Addresses of people; they stand before those of organisations, whose names they reserve."""

from django.urls import path

from members.people import views

_PERSON = "membres/personnes/<uuid:public_id>/"

urlpatterns = [
    path("membres/personnes/", views.people, name="people"),
    path("membres/personnes/inviter/", views.invite, name="invite"),
    path(_PERSON, views.person, name="person"),
    path(f"{_PERSON}modifier/", views.edit, name="person-edit"),
    path(f"{_PERSON}administration/", views.administrator, name="person-administrator"),
    path(f"{_PERSON}invitation/", views.send_invitation, name="invitation-send"),
    path(f"{_PERSON}invitation/lien/", views.copy_link, name="invitation-copy"),
    path(f"{_PERSON}invitation/retirer/", views.revoke_invitation, name="invitation-revoke"),
    path(f"{_PERSON}fonctions/nouvelle/", views.add_position, name="position-add"),
    path(f"{_PERSON}fonctions/<uuid:position_id>/", views.edit_position, name="position-edit"),
    path(f"{_PERSON}fonctions/<uuid:position_id>/retirer/", views.remove_position, name="position-remove"),
]
