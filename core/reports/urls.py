"""Public addresses of verification, printed on every report: they never change."""

from django.urls import path

from core.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.verify, name="verify"),
    path("<slug:code>/", views.verify_code, name="verify-code"),
]
