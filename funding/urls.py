"""Addresses of initiatives and programmes, kept stable."""

from django.urls import path

from funding.views import initiatives, programme

app_name = "funding"

urlpatterns = [
    path("initiatives/", initiatives.listing, name="initiatives"),
    path("initiatives/<slug:slug>/", initiatives.page, name="initiative"),
    path("programmes/<slug:slug>/", programme.page, name="programme"),
]
