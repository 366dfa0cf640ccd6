"""Addresses of minutes as Word documents, within their session."""

from django.urls import path

from sessions_app.minutes.docx import views

one_session = [
    path("compte-rendu/word/", views.take_in, name="minutes-word"),
    path("compte-rendu/brouillon.docx", views.draft_copy, name="minutes-word-draft"),
    path("compte-rendu/versions/<int:version_number>/copie.docx", views.version_copy, name="minutes-word-version"),
]
