"""Addresses under /gouvernance/."""

from django.urls import path, register_converter

from governance.consultations.views import ballot, consultation
from governance.founding import views as founding
from governance.handovers.views import documents, handover, interim, steps
from governance.journal import views
from governance.pack import views as pack_views
from governance.register.views import edit, page
from governance.rescued_forms import views as rescued_forms_views


class PaperConverter:
    """The documents of a handover: its act, its pack."""

    regex = "|".join(documents.KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PaperConverter, "paper")

app_name = "governance"
urlpatterns = [
    path("", page.page, name="page"),
    path("passations/nouvelle/", handover.draft, name="handover-new"),
    path("passations/passee/<uuid:mandate>/", handover.past, name="handover-past"),
    path("passations/<uuid:public_id>/", handover.handover, name="handover"),
    path("passations/<uuid:public_id>/preparer/", handover.draft, name="handover-edit"),
    path("passations/<uuid:public_id>/corriger/", handover.correct, name="handover-correct"),
    path("passations/<uuid:public_id>/rejoindre/", interim.join, name="interim-join"),
    path("passations/<uuid:public_id>/pieces/<uuid:document_id>/", handover.document, name="handover-document"),
    path("passations/<uuid:public_id>/dossier/", pack_views.pack, name="pack"),
    path("passations/<uuid:public_id>/dossier.zip", pack_views.download, name="pack-zip"),
    path("passations/<uuid:public_id>/dossier/<slug:key>/", pack_views.line, name="pack-line"),
    path("passations/<uuid:public_id>/document/<paper:name>/", documents.document, name="handover-paper"),
    path("passations/<uuid:public_id>/<paper:name>.pdf", documents.file, name="handover-paper-file"),
    path("passations/<uuid:public_id>/<slug:slug>/", steps.step, name="handover-step"),
    path("premier-mandat/", founding.found, name="mandate-found"),
    path("interim/", interim.ask, name="interim"),
    path("consultations/", consultation.index, name="consultations"),
    path("consultations/nouvelle/", consultation.prepare, name="consultation-new"),
    path("consultations/<uuid:public_id>/", consultation.consultation, name="consultation"),
    path("consultations/<uuid:public_id>/preparer/", consultation.prepare, name="consultation-edit"),
    path("consultations/<uuid:public_id>/annuler/", consultation.cancel, name="consultation-cancel"),
    path("consultations/<uuid:public_id>/conclure/", consultation.conclude, name="consultation-conclude"),
    path("consultations/<uuid:public_id>/au-nom-de/", consultation.on_behalf, name="consultation-on-behalf"),
    path("consultations/<uuid:public_id>/position/", ballot.give, name="ballot"),
    path("consultations/<uuid:public_id>/pouvoir/", ballot.entrust, name="proxy-give"),
    path("consultations/<uuid:public_id>/pouvoir/reprendre/", ballot.take_back, name="proxy-revoke"),
    path("consultations/<uuid:public_id>/resultat.json", consultation.result_json, name="consultation-json"),
    path("consultations/<uuid:public_id>/resultat.csv", consultation.result_csv, name="consultation-csv"),
    path(
        "consultations/<uuid:public_id>/pieces/<uuid:document_id>/",
        consultation.document,
        name="consultation-document",
    ),
    path("consultations/<uuid:public_id>/ouvrir/", consultation.open_consultation, name="consultation-open"),
    path("consultations/<uuid:public_id>/clore/", consultation.close_consultation, name="consultation-close"),
    path("consultations/<uuid:public_id>/rappeler/", consultation.remind, name="consultation-remind"),
    path("evenements/nouveau/", edit.event, name="event-new"),
    path("evenements/<uuid:public_id>/", edit.event, name="event-edit"),
    path("responsabilites/nouvelle/", edit.responsibility, name="responsibility-new"),
    path("responsabilites/<uuid:public_id>/", edit.responsibility, name="responsibility-edit"),
    path("identite-legale/<slug:slug>/", edit.legal_identity, name="legal-identity"),
    path("reglages/", edit.rules, name="rules"),
    path("textes-laisses/", rescued_forms_views.rescued_forms, name="left-texts"),
    path("textes-laisses/<uuid:public_id>/lu/", rescued_forms_views.close, name="left-text-close"),
    path("textes-laisses/<uuid:public_id>/pieces/<uuid:file_id>/", rescued_forms_views.file, name="left-file"),
    path("journal/", views.journal, name="journal"),
    path("repondre/<token:token>/", ballot.by_link, name="ballot-by-link"),
    path("repondre/<token:token>/pieces/<uuid:document_id>/", ballot.document_by_link, name="ballot-by-link-document"),
]
