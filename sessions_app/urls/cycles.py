"""Addresses of cycles, kept stable."""

from django.urls import path

from sessions_app.views import cycles

urlpatterns = [
    path("cycles/nouveau/", cycles.create, name="cycle-create"),
    path("cycles/<int:year>/", cycles.cycle, name="cycle"),
    path("cycles/<int:year>/actes/", cycles.proceedings, name="cycle-proceedings"),
    path("cycles/<int:year>/modifier/", cycles.edit, name="cycle-edit"),
]
