"""Addresses of messages to the members."""

from django.urls import path

from sessions_app.messages import views

urlpatterns = [
    path("sessions/<int:number>/messages/", views.archive, name="messages"),
    path("sessions/<int:number>/messages/nouveau/", views.compose, name="message-new"),
    path("sessions/<int:number>/messages/<uuid:public_id>/", views.message, name="message"),
    path("sessions/<int:number>/messages/<uuid:public_id>/rappeler/", views.recall, name="message-recall"),
]
