"""Addresses of sessions, kept stable."""

from django.urls import include, path

from sessions_app.urls import circulation, follow_up, materials
from sessions_app.urls.answers import urlpatterns as answer_urls
from sessions_app.urls.attendance import urlpatterns as attendance_urls
from sessions_app.urls.calendars import urlpatterns as calendar_urls
from sessions_app.urls.checklist import urlpatterns as checklist_urls
from sessions_app.urls.date_finding import urlpatterns as date_finding_urls
from sessions_app.urls.evaluation import urlpatterns as evaluation_urls
from sessions_app.urls.messages import urlpatterns as message_urls
from sessions_app.urls.report import urlpatterns as report_urls
from sessions_app.views import editor, listing, preparing, session

app_name = "sessions"

one_session = [
    path("", session.session, name="session"),
    path("modifier/", preparing.edit, name="edit"),
    path("ordre-du-jour/", preparing.agenda, name="agenda-edit"),
    path("etat/", preparing.moves, name="moves"),
    path("dupliquer/", preparing.duplicate, name="duplicate"),
    path("compte-rendu/", session.minutes, name="minutes"),
    path("compte-rendu/modifier/", editor.edit, name="minutes-edit"),
    path("compte-rendu/historique/", editor.history, name="minutes-history"),
    path("compte-rendu/apercu/", session.preview, name="minutes-preview"),
    path("compte-rendu/publier/", editor.publish, name="minutes-publish"),
    path("compte-rendu/amender/", editor.amend, name="minutes-amend"),
    path("compte-rendu/textes/<uuid:public_id>/", editor.close_proposal, name="minutes-proposal-close"),
    path("compte-rendu/versions/<int:version_number>/", session.version, name="minutes-version"),
    path("compte-rendu/versions/<int:version_number>/changements/", session.difference, name="minutes-difference"),
    path("supports/<uuid:public_id>/", session.material, name="material"),
]

urlpatterns = [
    path("sessions/", listing.sessions, name="list"),
    path("sessions/nouvelle/", preparing.create, name="create"),
    path(
        "sessions/<int:number>/",
        include([*one_session, *follow_up.one_session, *circulation.one_session, *materials.one_session]),
    ),
    path("cycles/<int:year>/", listing.cycle, name="cycle"),
    path("decisions/", listing.decisions, name="decisions"),
    path("actions/", listing.actions, name="actions"),
    *circulation.urlpatterns,
    *follow_up.urlpatterns,
    *report_urls,
    *answer_urls,
    *attendance_urls,
    *calendar_urls,
    *checklist_urls,
    *date_finding_urls,
    *evaluation_urls,
    *message_urls,
]
