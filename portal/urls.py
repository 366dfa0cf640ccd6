"""All addresses of the portal, composed from the apps; they are kept stable (see docs/architecture.md)."""

from django.urls import include, path

from portal.views import health

handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"

urlpatterns = [
    path("compte/", include("allauth.urls")),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
