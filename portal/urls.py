"""All addresses of the portal, composed from the apps; they are kept stable (see docs/architecture.md)."""

from django.conf import settings
from django.urls import include, path

from core.accounts import identity_provider, link_views, session_views
from core.accounts.views import reauthenticate_by_code
from portal.setup import views as setup
from portal.views import contact, health, home, icon, language, legal, metrics, open_data, security_txt, styleguide

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler429 = "portal.views.errors.too_many"  # of sign-in, asked for by allauth
handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("compte/reauthenticate/code/", reauthenticate_by_code, name="account_reauthenticate_by_code"),
    path("compte/lien/<token:token>/", link_views.sign_in_by_link, name="account_sign_in_link"),
    path("compte/premier-acces/", link_views.first_access, name="account_first_access"),
    path("compte/oidc/<str:provider_id>/login/", identity_provider.leave_for_provider, name="openid_connect_login"),
    path("compte/sessions/", session_views.open_browsers, name="usersessions_list"),
    path("compte/sessions/<int:number>/terminer/", session_views.end_session, name="account_end_session"),
    path("compte/second-facteur/", link_views.add_second_factor, name="account_second_factor"),
    path("", include("core.personal_data.urls")),
    path("compte/", include("allauth.urls")),
    path("favicon.ico", icon.icon, name="icon"),
    path(".well-known/security.txt", security_txt.security_txt, name="security-txt"),
    path("langue/", language.choose_language, name="language"),
    path("apparence/", language.choose_appearance, name="appearance"),
    path("contact/", contact.write, name="contact"),
    path("mentions-legales/", legal.notice, name="legal-notice"),
    path("donnees-personnelles/", legal.privacy, name="privacy"),
    path("administration/donnees-personnelles/registre/", legal.processing_register, name="processing-register"),
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("donnees-ouvertes/", open_data.page, name="open-data"),
    path("donnees-ouvertes/<filename:name>", open_data.download, name="open-data-file"),
    path("api/v1/", include("portal.api.urls")),
    path("notifications/", include("core.notifications.urls")),
    path("admin/", include("portal.administration_urls")),
    path("administration/", include("portal.setup.urls")),
    path("logo/<filename:name>", setup.logo, name="space-logo"),
    path("recherche/", include("core.search.urls")),
    path("verifier/", include("core.reports.urls")),
    path("", include("sessions_app.urls")),
    path("", include("members.urls")),
    path("", include("funding.urls")),
    path("veille/", include("watch.urls")),
    path("gouvernance/", include("governance.urls")),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics.metrics, name="metrics"),
]
if not settings.PRODUCTION:
    urlpatterns += [path("style/", styleguide.guide, name="style-guide")]
