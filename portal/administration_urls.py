"""Addresses under /admin/."""

from django.urls import path

from portal.views import administration

app_name = "administration"
urlpatterns = [
    path("", administration.overview, name="overview"),
    path("mails/", administration.mails, name="mails"),
    path("mails/<uuid:public_id>/", administration.mail, name="mail"),
    path("mails/<uuid:public_id>/renvoyer/", administration.resend_mail, name="mail-resend"),
    path("travaux/", administration.jobs, name="jobs"),
    path("travaux/<uuid:public_id>/relancer/", administration.retry_job, name="job-retry"),
    path("travaux/<uuid:public_id>/annuler/", administration.cancel_job, name="job-cancel"),
    path("personnes/", administration.people, name="people"),
]
