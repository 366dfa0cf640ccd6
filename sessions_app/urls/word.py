"""Addresses of minutes as Word documents, within their session."""

from django.urls import path

from sessions_app.views import word

one_session = [
    path("compte-rendu/word/", word.take_in, name="minutes-word"),
    path("compte-rendu/brouillon.docx", word.draft_copy, name="minutes-word-draft"),
    path("compte-rendu/versions/<int:version_number>/copie.docx", word.version_copy, name="minutes-word-version"),
]
