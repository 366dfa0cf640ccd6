"""Addresses of decisions and actions: within their session, and where they stand."""

from django.urls import path

from sessions_app.documents.views import record
from sessions_app.follow_up import views

KINDS = (("decision", "decisions"), ("action", "actions"))

one_session = [
    path("suites/", views.follow_up, name="follow-up"),
    path("releve/", record.record, name="record"),
    path("releve/diffuser/", record.release, name="record-release"),
    path("releve.pdf", record.file, name="record-file"),
]
urlpatterns = []
for kind, plural in KINDS:
    told = {"kind": kind}
    one_session += [
        path(f"{plural}/ajouter/", views.add, told, name=f"{kind}-add"),
        path(f"{plural}/<uuid:public_id>/", views.edit, told, name=f"{kind}-edit"),
        path(f"{plural}/<uuid:public_id>/retirer/", views.remove, told, name=f"{kind}-remove"),
    ]
    urlpatterns.append(path(f"{plural}/<uuid:public_id>/etat/", views.status, told, name=f"{kind}-status"))
