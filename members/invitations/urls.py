"""Addresses of invitations."""

from django.urls import path

from members.invitations import views

urlpatterns = [
    path("membres/personnes/inviter/plusieurs/", views.many, name="invite-many"),
    path("membres/personnes/inviter/choisies/", views.choose, name="invite-chosen"),
    path("invitation/<token:token>/", views.accept, name="invitation"),
]
