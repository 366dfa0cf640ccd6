"""Addresses of requests for access."""

from django.urls import path

from members.access_requests import views

urlpatterns = [
    path("demander-un-acces/", views.ask, name="access-request"),
    path("membres/demandes/", views.listing, name="access-requests"),
    path("membres/demandes/<uuid:public_id>/", views.answer, name="access-request-answer"),
]
