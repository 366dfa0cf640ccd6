"""Addresses of messages to the members."""

from django.urls import path

from sessions_app.views import messages

urlpatterns = [
    path("sessions/<int:number>/messages/", messages.archive, name="messages"),
    path("sessions/<int:number>/messages/nouveau/", messages.compose, name="message-new"),
    path("sessions/<int:number>/messages/<uuid:public_id>/", messages.message, name="message"),
    path("sessions/<int:number>/messages/<uuid:public_id>/rappeler/", messages.recall, name="message-recall"),
]
