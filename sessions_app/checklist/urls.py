"""Addresses of the tasks around a session."""

from django.urls import path

from sessions_app.checklist import views

urlpatterns = [
    path("sessions/preparation/modele/", views.template, name="checklist-template"),
    path("sessions/<int:number>/preparation/", views.checklist, name="checklist"),
    path("sessions/<int:number>/preparation/modele/", views.take_template, name="checklist-take-template"),
    path("sessions/<int:number>/preparation/<uuid:public_id>/", views.change, name="task-change"),
    path("sessions/<int:number>/preparation/<uuid:public_id>/fait/", views.done, name="task-done"),
    path("sessions/<int:number>/preparation/<uuid:public_id>/retirer/", views.remove, name="task-remove"),
]
