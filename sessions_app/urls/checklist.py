"""Addresses of the tasks around a session."""

from django.urls import path

from sessions_app.views import checklist

urlpatterns = [
    path("sessions/preparation/modele/", checklist.template, name="checklist-template"),
    path("sessions/<int:number>/preparation/", checklist.checklist, name="checklist"),
    path("sessions/<int:number>/preparation/modele/", checklist.take_template, name="checklist-take-template"),
    path("sessions/<int:number>/preparation/<uuid:public_id>/", checklist.change, name="task-change"),
    path("sessions/<int:number>/preparation/<uuid:public_id>/fait/", checklist.done, name="task-done"),
    path("sessions/<int:number>/preparation/<uuid:public_id>/retirer/", checklist.remove, name="task-remove"),
]
