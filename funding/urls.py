"""Addresses of initiatives, programmes and fundings, kept stable."""

from django.urls import include, path

from funding.views import (
    bearer_link,
    dashboard,
    files,
    frozen,
    imports,
    initiatives,
    keeping,
    line_parts,
    lines,
    profiles,
    programme,
    saved_views,
    settings,
    updates,
)

app_name = "funding"

one_initiative = [
    path("", initiatives.page, name="initiative"),
    path("modifier/", keeping.edit, name="edit"),
    path("partager/", keeping.share, name="share"),
    path("stade/", keeping.stage, name="stage"),
    path("financements/nouveau/", lines.add, name="line-add"),
    path("documents/ajouter/", settings.document_add, name="document-add"),
    path("documents/<uuid:public_id>/", initiatives.document, name="document"),
    path("documents/<uuid:public_id>/modifier/", settings.document_change, name="document-change"),
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
    path("", programme.page, name="programme"),
    path("modifier/", programme.edit, name="programme-edit"),
    path("engagements/nouveau/", programme.commitment, name="commitment-add"),
    path("engagements/<uuid:public_id>/", programme.commitment, name="commitment"),
]
one_line = [
    path("", lines.page, name="line"),
    path("modifier/", lines.edit, name="line-edit"),
    path("avenants/", lines.amend, name="line-amend"),
    path("echeances/", lines.plan, name="line-plan"),
    path("echeances/<uuid:instalment_id>/appel/", lines.call, name="line-call"),
    path("versements/", lines.pay, name="line-pay"),
    path("bilans/", lines.expect_report, name="line-report"),
    path("bilans/<uuid:report_id>/reception/", lines.receive, name="line-receive"),
    path("etat/<slug:word>/", lines.move, name="line-move"),
    path("<slug:kind>/<uuid:part_id>/modifier/", line_parts.edit, name="line-part"),
]

one_frozen = [
    path("", frozen.page, name="frozen"),
    path("ecarts/", frozen.since, name="frozen-since"),
    path("rapport/", frozen.report, name="frozen-report"),
    path("rapport.pdf", frozen.file, name="frozen-file"),
]

urlpatterns = [
    path("initiatives/", initiatives.listing, name="initiatives"),
    path("initiatives/nouvelle/", keeping.create, name="create"),
    path("initiatives/<slug:slug>/", include(one_initiative)),
    path("programmes/", programme.listing, name="programmes"),
    path("programmes/nouveau/", programme.create, name="programme-create"),
    path("programmes/<slug:slug>/", include(one_programme)),
    path("financements/", dashboard.dashboard, name="dashboard"),
    path("financements/detail/", dashboard.detail, name="detail"),
    path("financements/graphiques/<slug:word>.<slug:suffix>", dashboard.picture, name="picture"),
    path("financements/reglages/", settings.settings, name="settings"),
    path("financements/points-attendus/", updates.expected, name="updates-expected"),
    path("regions/", profiles.regions, name="regions"),
    path("regions/<region:code>/", profiles.region, name="region"),
    path("financeurs/", profiles.funders, name="funders"),
    path("financeurs/<slug:slug>/", profiles.funder, name="funder"),
    path("porteurs/<slug:key>/", profiles.bearer, name="bearer"),
    path("nouvelles/<token:token>/", bearer_link.by_link, name="update-by-link"),
    path("nouvelles/<token:token>/pas-moi/", bearer_link.not_me, name="update-not-me"),
    path("financements/lignes/", lines.own, name="lines"),
    path("financements/lignes/<uuid:public_id>/", include(one_line)),
    path("financements/import/", imports.send, name="import"),
    path("financements/import/<slug:name>.xlsx", imports.workbook, name="import-workbook"),
    path("financements/import/<uuid:public_id>/", imports.preview, name="import-preview"),
    path("financements/arretes/", frozen.listing, name="frozen-list"),
    path("financements/arretes/nouveau/", frozen.create, name="freeze"),
    path("financements/arretes/<uuid:public_id>/", include(one_frozen)),
    path("financements/fichiers/nouveau/", files.ask, name="file-ask"),
    path("financements/fichiers/<uuid:public_id>/", files.page, name="file"),
    path("financements/fichiers/<uuid:public_id>/fichier/", files.fetch, name="file-fetch"),
    path("financements/vues/", saved_views.listing, name="views"),
    path("financements/vues/nouvelle/", saved_views.create, name="view-create"),
    path("financements/vues/<uuid:public_id>/modifier/", saved_views.edit, name="view-edit"),
    path("financements/vues/<uuid:public_id>/supprimer/", saved_views.remove, name="view-remove"),
    path("financements/a-verser/", lines.to_pay, name="to-pay"),
    path("financements/bilans-en-retard/", lines.late_reports, name="late-reports"),
]
