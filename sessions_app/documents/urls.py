"""Addresses of a session's report, kept stable."""

from django.urls import path

from sessions_app.documents.views import report

urlpatterns = [
    path("sessions/<int:number>/rapport/", report.report, name="report"),
    path("sessions/<int:number>/rapport.pdf", report.newest_file, name="report-file"),
    path("sessions/<int:number>/rapport/essentiel.pdf", report.brief_file, name="report-brief-file"),
    path("sessions/<int:number>/rapport/brouillon.pdf", report.draft_file, name="report-draft-file"),
    path(
        "sessions/<int:number>/rapport/version-<int:version_number>.pdf",
        report.version_file,
        name="report-version-file",
    ),
]
