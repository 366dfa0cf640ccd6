"""Addresses of the search, kept stable."""

from django.urls import path

from core.search import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions/", views.suggest, name="suggest"),
    path("mentions/", views.complete, name="mentions"),
]
