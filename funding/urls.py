"""Addresses of initiatives, programmes and fundings, kept stable."""

from django.urls import include, path
from django.views.generic import RedirectView

from funding.dashboard import views
from funding.exports import views as exports_views
from funding.follow_up.views import link, updates
from funding.frozen import views as frozen_views
from funding.funders import views as funders_views
from funding.grants.views import grant, own_lists, parts
from funding.imports import views as imports_views
from funding.initiatives.views import edit, many, page
from funding.profiles import views as profiles_views
from funding.programmes import views as programmes_views

app_name = "funding"

one_initiative = [
    path("", page.page, name="initiative"),
    path("modifier/", edit.edit, name="edit"),
    path("partager/", edit.share, name="share"),
    path("retirer/", edit.remove, name="initiative-remove"),
    path("stade/", edit.stage, name="stage"),
    path("financements/nouveau/", grant.add, name="line-add"),
    path("documents/ajouter/", funders_views.document_add, name="document-add"),
    path("documents/<uuid:public_id>/", page.document, name="document"),
    path("documents/<uuid:public_id>/modifier/", funders_views.document_change, name="document-change"),
    path("suivi/", updates.follow_up, name="follow-up"),
    path("suivi/rythme/", updates.plan, name="update-plan"),
    path("suivi/interlocuteurs/", updates.contact, name="contact"),
    path("suivi/interlocuteurs/<uuid:public_id>/lien/", updates.contact_link, name="contact-link"),
    path("suivi/interlocuteurs/<uuid:public_id>/retirer/", updates.contact_withdraw, name="contact-withdraw"),
    path("suivi/indicateurs/", updates.indicator, name="indicator"),
    path("suivi/indicateurs/<uuid:public_id>/", updates.indicator_edit, name="indicator-edit"),
    path("suivi/<uuid:public_id>/", updates.update, name="update"),
    path("suivi/<uuid:public_id>/passer/", updates.skip, name="update-skip"),
    path("suivi/<uuid:public_id>/rouvrir/", updates.reopen, name="update-reopen"),
]
one_programme = [
    path("", programmes_views.page, name="programme"),
    path("modifier/", programmes_views.edit, name="programme-edit"),
    path("engagements/nouveau/", programmes_views.commitment, name="commitment-add"),
    path("engagements/<uuid:public_id>/", programmes_views.commitment, name="commitment"),
]
one_line = [
    path("", grant.page, name="line"),
    path("modifier/", grant.edit, name="line-edit"),
    path("avenants/", grant.amend, name="line-amend"),
    path("echeances/", grant.plan, name="line-plan"),
    path("echeances/<uuid:instalment_id>/appel/", grant.call, name="line-call"),
    path("versements/", grant.pay, name="line-pay"),
    path("bilans/", grant.expect_report, name="line-report"),
    path("bilans/<uuid:report_id>/reception/", grant.receive, name="line-receive"),
    path("etat/<slug:word>/", grant.move, name="line-move"),
    path("retirer/", grant.remove, name="line-remove"),
    path("<slug:kind>/<uuid:part_id>/modifier/", parts.edit, name="line-part"),
]

one_frozen = [
    path("", frozen_views.page, name="frozen"),
    path("ecarts/", frozen_views.since, name="frozen-since"),
    path("rapport/", frozen_views.report, name="frozen-report"),
    path("rapport.pdf", frozen_views.file, name="frozen-file"),
]

urlpatterns = [
    path("initiatives/", page.listing, name="initiatives"),
    path("initiatives/plusieurs/", many.many_initiatives, name="many"),
    path("initiatives/nouvelle/", edit.create, name="create"),
    path("initiatives/<slug:slug>/", include(one_initiative)),
    path("programmes/", programmes_views.listing, name="programmes"),
    path("programmes/nouveau/", programmes_views.create, name="programme-create"),
    path("programmes/<slug:slug>/", include(one_programme)),
    path("financements/", views.dashboard, name="dashboard"),
    path("financements/detail/", views.detail, name="detail"),
    path("financements/graphiques/<slug:word>.<slug:suffix>", views.picture, name="picture"),
    path("financements/reglages/", funders_views.settings, name="settings"),
    path("financements/points-attendus/", updates.expected, name="updates-expected"),
    path("regions/", profiles_views.regions, name="regions"),
    path("regions/<region:code>/", profiles_views.region, name="region"),
    path("financeurs/", profiles_views.funders, name="funders"),
    path("financeurs/<slug:slug>/", profiles_views.funder, name="funder"),
    path("porteurs/<slug:key>/", profiles_views.bearer, name="bearer"),
    path("nouvelles/<token:token>/", link.by_link, name="update-by-link"),
    path("nouvelles/<token:token>/pas-moi/", link.not_me, name="update-not-me"),
    path("financements/lignes/", own_lists.own, name="lines"),
    path("financements/lignes/<uuid:public_id>/", include(one_line)),
    path("financements/import/", imports_views.send, name="import"),
    path("financements/import/<slug:name>.xlsx", imports_views.workbook, name="import-workbook"),
    path("financements/import/<uuid:public_id>/", imports_views.preview, name="import-preview"),
    path("financements/import/<uuid:public_id>/colonnes/", imports_views.columns, name="import-columns"),
    path("financements/import/<uuid:public_id>/a-corriger/", imports_views.to_correct, name="import-to-correct"),
    path("financements/arretes/", frozen_views.listing, name="frozen-list"),
    path("financements/arretes/nouveau/", frozen_views.create, name="freeze"),
    path("financements/arretes/<uuid:public_id>/", include(one_frozen)),
    path("financements/fichiers/nouveau/", exports_views.ask, name="file-ask"),
    path("financements/fichiers/<uuid:public_id>/", exports_views.page, name="file"),
    path("financements/fichiers/<uuid:public_id>/fichier/", exports_views.fetch, name="file-fetch"),
    path("financements/vues/", RedirectView.as_view(pattern_name="members:views", permanent=True), name="views"),
    path("financements/a-verser/", own_lists.to_pay, name="to-pay"),
    path("financements/bilans-en-retard/", own_lists.late_reports, name="late-reports"),
]
