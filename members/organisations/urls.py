"""Addresses of what is written of organisations."""

from django.urls import path

from members.organisations import views

urlpatterns = [
    path("membres/nouvelle/", views.create, name="organisation-create"),
    path("membres/<slug:slug>/modifier/", views.edit, name="organisation-edit"),
    path("membres/<slug:slug>/logo/", views.logo, name="organisation-logo"),
    path("membres/<slug:slug>/dispositifs/nouveau/", views.add_scheme, name="scheme-add"),
    path("membres/<slug:slug>/dispositifs/<uuid:public_id>/", views.edit_scheme, name="scheme-edit"),
    path("membres/<slug:slug>/adhesion/", views.membership, name="membership"),
    path("membres/<slug:slug>/adhesion/fin/", views.leave, name="membership-leave"),
    path("membres/<slug:slug>/adhesion/<int:pk>/", views.edit_membership, name="membership-edit"),
    path("membres/<slug:slug>/adhesion/<int:pk>/retirer/", views.remove_membership, name="membership-remove"),
]
