"""Addresses of sessions, kept stable."""

from django.urls import include, path

from sessions_app.attendance.urls import urlpatterns as attendance_urls
from sessions_app.calendars.urls import urlpatterns as calendar_urls
from sessions_app.checklist.urls import urlpatterns as checklist_urls
from sessions_app.cycles.urls import urlpatterns as cycle_urls
from sessions_app.date_polls.urls import urlpatterns as date_finding_urls
from sessions_app.documents.urls import urlpatterns as report_urls
from sessions_app.evaluations.urls import urlpatterns as evaluation_urls
from sessions_app.follow_up import urls as follow_up_urls
from sessions_app.materials import urls as materials_urls
from sessions_app.messages.urls import urlpatterns as message_urls
from sessions_app.minutes.docx import urls as docx_urls
from sessions_app.minutes.review import urls
from sessions_app.minutes.views import editor, history
from sessions_app.responses.urls import urlpatterns as answer_urls
from sessions_app.sessions.views import edit, lists, page

app_name = "sessions"

one_session = [
    path("", page.session, name="session"),
    path("modifier/", edit.edit, name="edit"),
    path("ordre-du-jour/", edit.agenda, name="agenda-edit"),
    path("etat/", edit.moves, name="moves"),
    path("dupliquer/", edit.duplicate, name="duplicate"),
    path("compte-rendu/", page.minutes, name="minutes"),
    path("compte-rendu/modifier/", editor.edit, name="minutes-edit"),
    path("compte-rendu/modifier/tous-les-points/", editor.edit_all, name="minutes-edit-all"),
    path("compte-rendu/historique/", history.history, name="minutes-history"),
    path("compte-rendu/historique/reprendre/", history.take_up, name="minutes-restore"),
    path("compte-rendu/apercu/", page.preview, name="minutes-preview"),
    path("compte-rendu/publier/", editor.publish, name="minutes-publish"),
    path("compte-rendu/amender/", editor.amend, name="minutes-amend"),
    path("compte-rendu/textes/<uuid:public_id>/", editor.close_proposal, name="minutes-proposal-close"),
    path("compte-rendu/versions/<int:version_number>/", page.version, name="minutes-version"),
    path("compte-rendu/versions/<int:version_number>/changements/", page.difference, name="minutes-difference"),
    path("supports/<uuid:public_id>/", page.material, name="material"),
]

urlpatterns = [
    path("sessions/", lists.sessions, name="list"),
    path("sessions/nouvelle/", edit.create, name="create"),
    path(
        "sessions/<int:number>/",
        include(
            [
                *one_session,
                *follow_up_urls.one_session,
                *urls.one_session,
                *materials_urls.one_session,
                *docx_urls.one_session,
            ]
        ),
    ),
    path("decisions/", lists.decisions, name="decisions"),
    path("actions/", lists.actions, name="actions"),
    *cycle_urls,
    *urls.urlpatterns,
    *follow_up_urls.urlpatterns,
    *report_urls,
    *answer_urls,
    *attendance_urls,
    *calendar_urls,
    *checklist_urls,
    *date_finding_urls,
    *evaluation_urls,
    *message_urls,
]
