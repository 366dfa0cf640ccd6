"""Addresses of decisions and actions: within their session, and where they stand."""

from django.urls import path

from sessions_app.views import follow_up, record

KINDS = (("decision", "decisions"), ("action", "actions"))

one_session = [
    path("suites/", follow_up.follow_up, name="follow-up"),
    path("releve/", record.record, name="record"),
    path("releve/diffuser/", record.release, name="record-release"),
    path("releve.pdf", record.file, name="record-file"),
]
urlpatterns = []
for kind, plural in KINDS:
    told = {"kind": kind}
    one_session += [
        path(f"{plural}/ajouter/", follow_up.add, told, name=f"{kind}-add"),
        path(f"{plural}/<uuid:public_id>/", follow_up.edit, told, name=f"{kind}-edit"),
        path(f"{plural}/<uuid:public_id>/retirer/", follow_up.remove, told, name=f"{kind}-remove"),
    ]
    urlpatterns.append(path(f"{plural}/<uuid:public_id>/etat/", follow_up.status, told, name=f"{kind}-status"))
