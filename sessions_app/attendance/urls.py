"""Addresses of the attendance of one session."""

from django.urls import path

from sessions_app.attendance.views import form, matrix, signing

urlpatterns = [
    path("sessions/assiduite/", matrix.attendance_rates, name="regularity"),
    path("sessions/<int:number>/presences/", form.edit, name="attendance-edit"),
    path("sessions/<int:number>/presences/reponses/", form.take_over, name="attendance-take-over"),
    path("sessions/<int:number>/presences/absentes/", form.others_absent, name="attendance-others-absent"),
    path("sessions/<int:number>/presences/invites/", form.guests, name="attendance-guests"),
    path("sessions/<int:number>/presences/import/", form.import_file, name="attendance-import"),
    path("sessions/<int:number>/presences/feuille/", signing.sheet, name="signing-sheet"),
    path("sessions/<int:number>/presences/feuille.pdf", signing.file, name="signing-sheet-file"),
    path("sessions/<int:number>/presences/scans/", signing.add_scan, name="signed-sheet-add"),
    path("sessions/<int:number>/presences/scans/<uuid:public_id>/", signing.scan, name="signed-sheet"),
    path(
        "sessions/<int:number>/presences/scans/<uuid:public_id>/retirer/",
        signing.remove_scan,
        name="signed-sheet-remove",
    ),
]
