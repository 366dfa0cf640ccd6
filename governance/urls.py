"""Addresses under /gouvernance/."""

from django.urls import path, register_converter

from governance.views import (
    consultation,
    documents,
    handover,
    interim,
    journal,
    left,
    pack,
    page,
    register,
    steps,
    voice,
)


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
    path("passations/<uuid:public_id>/dossier/", pack.pack, name="pack"),
    path("passations/<uuid:public_id>/dossier.zip", pack.download, name="pack-zip"),
    path("passations/<uuid:public_id>/dossier/<slug:key>/", pack.line, name="pack-line"),
    path("passations/<uuid:public_id>/document/<paper:name>/", documents.document, name="handover-paper"),
    path("passations/<uuid:public_id>/<paper:name>.pdf", documents.file, name="handover-paper-file"),
    path("passations/<uuid:public_id>/<slug:slug>/", steps.step, name="handover-step"),
    path("interim/", interim.ask, name="interim"),
    path("consultations/", consultation.index, name="consultations"),
    path("consultations/nouvelle/", consultation.prepare, name="consultation-new"),
    path("consultations/<uuid:public_id>/", consultation.consultation, name="consultation"),
    path("consultations/<uuid:public_id>/preparer/", consultation.prepare, name="consultation-edit"),
    path("consultations/<uuid:public_id>/annuler/", consultation.cancel, name="consultation-cancel"),
    path("consultations/<uuid:public_id>/conclure/", consultation.conclude, name="consultation-conclude"),
    path("consultations/<uuid:public_id>/au-nom-de/", consultation.on_behalf, name="consultation-on-behalf"),
    path("consultations/<uuid:public_id>/position/", voice.give, name="voice"),
    path("consultations/<uuid:public_id>/pouvoir/", voice.entrust, name="proxy-give"),
    path("consultations/<uuid:public_id>/pouvoir/reprendre/", voice.take_back, name="proxy-revoke"),
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
    path("evenements/nouveau/", register.event, name="event-new"),
    path("evenements/<uuid:public_id>/", register.event, name="event-edit"),
    path("responsabilites/nouvelle/", register.responsibility, name="responsibility-new"),
    path("responsabilites/<uuid:public_id>/", register.responsibility, name="responsibility-edit"),
    path("identite-legale/<slug:slug>/", register.legal_identity, name="legal-identity"),
    path("reglages/", register.rules, name="rules"),
    path("textes-laisses/", left.left_texts, name="left-texts"),
    path("textes-laisses/<uuid:public_id>/lu/", left.close, name="left-text-close"),
    path("textes-laisses/<uuid:public_id>/pieces/<uuid:file_id>/", left.file, name="left-file"),
    path("journal/", journal.journal, name="journal"),
    path("repondre/<token:token>/", voice.by_link, name="voice-by-link"),
    path("repondre/<token:token>/pieces/<uuid:document_id>/", voice.document_by_link, name="voice-by-link-document"),
]
