"""Addresses of the import; they stand before those of organisations, whose names they reserve."""

from django.urls import path

from members.imports import views

urlpatterns = [
    path("membres/import/", views.send, name="import"),
    path("membres/import/<slug:name>.xlsx", views.workbook, name="import-workbook"),
    path("membres/import/<uuid:public_id>/", views.preview, name="import-preview"),
    path("membres/import/<uuid:public_id>/colonnes/", views.columns, name="import-columns"),
    path("membres/import/<uuid:public_id>/a-corriger/", views.to_correct, name="import-to-correct"),
]
