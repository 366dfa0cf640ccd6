"""Addresses of cycles, kept stable."""

from django.urls import path

from sessions_app.cycles import views

urlpatterns = [
    path("cycles/nouveau/", views.create, name="cycle-create"),
    path("cycles/<int:year>/", views.cycle, name="cycle"),
    path("cycles/<int:year>/actes/", views.proceedings, name="cycle-proceedings"),
    path("cycles/<int:year>/modifier/", views.edit, name="cycle-edit"),
]
