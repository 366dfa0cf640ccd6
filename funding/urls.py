"""Addresses of initiatives, programmes and fundings, kept stable."""

from django.urls import include, path

from funding.views import dashboard, imports, initiatives, keeping, lines, programme

app_name = "funding"

one_initiative = [
    path("", initiatives.page, name="initiative"),
    path("modifier/", keeping.edit, name="edit"),
    path("partager/", keeping.share, name="share"),
    path("stade/", keeping.stage, name="stage"),
    path("financements/nouveau/", lines.add, name="line-add"),
    path("documents/<uuid:public_id>/", initiatives.document, name="document"),
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
]

urlpatterns = [
    path("initiatives/", initiatives.listing, name="initiatives"),
    path("initiatives/nouvelle/", keeping.create, name="create"),
    path("initiatives/<slug:slug>/", include(one_initiative)),
    path("programmes/<slug:slug>/", programme.page, name="programme"),
    path("financements/", dashboard.dashboard, name="dashboard"),
    path("financements/detail/", dashboard.detail, name="detail"),
    path("regions/<str:code>/", dashboard.region, name="region"),
    path("financements/lignes/", lines.own, name="lines"),
    path("financements/lignes/<uuid:public_id>/", include(one_line)),
    path("financements/import/", imports.send, name="import"),
    path("financements/import/<slug:name>.xlsx", imports.workbook, name="import-workbook"),
    path("financements/import/<uuid:public_id>/", imports.preview, name="import-preview"),
    path("financements/a-verser/", lines.to_pay, name="to-pay"),
    path("financements/bilans-en-retard/", lines.late_reports, name="late-reports"),
]
