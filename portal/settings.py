"""One settings module for every deployment, driven by environment variables (listed in the README).

`PORTAL_PROFILE` chooses among safe defaults: `production` (the default, which refuses demonstration
accounts), `local` (what `bin/run` starts) and `test`.
"""

from pathlib import Path

import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import error_reports
from .beat import BEAT_SCHEDULE
from .environment import BASE_DIR, PROFILES, Environment, celery_broker, count_together, openid_connect

_env = Environment()

PROFILE = _env.choice("PORTAL_PROFILE", PROFILES, "production")
PRODUCTION = PROFILE == "production"
_required = None if PRODUCTION else ""

# --- identity of this deployment -------------------------------------------------------------------------------
BASE_URL = _env.base_url("PORTAL_BASE_URL", None if PRODUCTION else "http://127.0.0.1:8000", https=PRODUCTION)
SECRET_KEY = _env.text("PORTAL_SECRET_KEY", None if PRODUCTION else "local-only-key-of-no-value-" + "0" * 32)
# older keys, until what was signed with them has ended; the newest comes first
SECRET_KEY_FALLBACKS = _env.listing("PORTAL_SECRET_KEY_FALLBACKS", "")
if PRODUCTION and any(len(_key) < 50 for _key in filter(None, [SECRET_KEY, *SECRET_KEY_FALLBACKS])):
    _env.problems.append("PORTAL_SECRET_KEY and PORTAL_SECRET_KEY_FALLBACKS: each must have at least 50 characters.")
DEBUG = _env.flag("PORTAL_DEBUG", default=False)
if DEBUG and PRODUCTION:
    _env.problems.append("PORTAL_DEBUG: cannot be on in production.")
DEMO_ALLOWED = not PRODUCTION
ALLOWED_HOSTS = _env.listing("PORTAL_ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver") or [
    BASE_URL.split("//")[-1].split(":")[0]
]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
TRUSTED_PROXY_COUNT = _env.number("PORTAL_TRUSTED_PROXIES", 0, least=0, most=5)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STATE_DIR = Path(_env.text("PORTAL_STATE_DIR", None if PRODUCTION else str(BASE_DIR / ".state")) or ".")
_env.database("DATABASE_OWNER_URL", "")
# where a command runs as the owner, the address of the role that runs the portal; see manage.py
APPLICATION_DATABASE = _env.database("DATABASE_APP_URL", "")

# --- applications; the import order among ours stands in docs/architecture.md ----------------------------------
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
INSTALLED_APPS = [
    "portal",
    "governance",
    "watch",
    "funding",
    "sessions_app",
    "members",
    "core.personal_data",
    "core.imports",
    "core.file_texts",
    "core.notifications",
    "core.reports",
    "core.search",
    "core.accounts",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "core.web.request_log.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.web.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.web.middleware.HeadMiddleware",
    "core.web.middleware.PrivatePagesMiddleware",
    "core.web.middleware.DatabaseDownMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.web.middleware.LanguageMiddleware",
    "core.web.middleware.ReadableTextMiddleware",
    "core.web.middleware.CopiedAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.web.middleware.ProfileLanguageMiddleware",
    "core.web.middleware.SignInRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.web.middleware.WrongMethodMiddleware",
    "core.web.middleware.AuditContextMiddleware",
    "members.merging.middleware.MergedOrganisationMiddleware",
    "core.web.one_time_keys.OneTimeKeyMiddleware",
    "core.web.collisions.CollisionMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.web.context.space",
                "portal.context.navigation",
            ],
            "builtins": ["core.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "core.forms.base.PortalRenderer"

# --- database: the application runs as a role that cannot rewrite history --------------------------------------
DATABASES = {
    "default": {
        **_env.database("DATABASE_URL", None if PRODUCTION else "postgresql:///portal"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APP_ROLE = _env.text("PORTAL_APP_ROLE", "portal_app")
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_APPEND_ONLY = True
PGHISTORY_ADMIN_ALL_EVENTS = False

# --- Redis: cache and broker, never the truth ------------------------------------------------------------------
REDIS_URL = _env.redis("REDIS_URL", None if PRODUCTION else "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CELERY_BROKER_URL = celery_broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3 * 3600,  # longer than the longest job, or Redis would deliver it a second time
    "socket_connect_timeout": 1,
    "socket_timeout": 30,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False  # a dead broker must not hold up the request; the sweep queues the job later
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_ROUTES = {
    "core.reports.tasks.render_report": {"queue": "reports"},
    "core.notifications.tasks.*": {"queue": "mail"},
    "core.tasks.back_up": {"queue": "long"},
}
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE = dict(BEAT_SCHEDULE)

# --- people ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "core.accounts.backends.SignInBackend",
    "core.accounts.backends.StaffBackend",
    "members.backends.MemberBackend",
    "governance.backends.MandateBackend",
    "governance.backends.FormerMandateBackend",
    "funding.backends.FunderBackend",
    "funding.backends.ProjectLeadBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "core.accounts.passwords.CommonWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "core.accounts.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "core.accounts.forms.LoginForm",
    "request_login_code": "core.accounts.forms.RequestLoginCodeForm",
    "reset_password": "core.accounts.forms.ResetPasswordForm",
    "add_email": "core.accounts.forms.AddEmailForm",
}
# the whole of allauth's settings, and why each is as it is: docs/security.md
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # a code works in the session that asked for it, a link for anybody
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.split(":")[0] or "https"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_FORMS = {"disconnect": "core.accounts.identity_provider.DisconnectForm"}
OIDC_URL = _env.https_url("PORTAL_OIDC_URL", plain_allowed=not PRODUCTION)
SOCIALACCOUNT_PROVIDERS = openid_connect(
    OIDC_URL,
    client_id=_env.text("PORTAL_OIDC_CLIENT_ID", None if OIDC_URL else ""),
    secret=_env.text("PORTAL_OIDC_CLIENT_SECRET", None if OIDC_URL else ""),
    name=_env.text("PORTAL_OIDC_NAME", ""),
)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "core.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "core.accounts.passkey_forms.AddPasskeyForm",
    "login_webauthn": "core.accounts.passkey_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "core.accounts.passkey_forms.ReauthenticatePasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False  # a GET never writes

# --- languages: French first -----------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
# the second says allauth's own messages in the portal's words; the first holds ours, and the catalogue tool keeps it
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/allauth"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# --- files -----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = STATE_DIR / "static"
MEDIA_ROOT = STATE_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "core.files.storage.DurableStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PROFILE != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = PROFILE == "test"
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 25_000_000
REPORTS_MUST_FIT = PROFILE == "test"  # elsewhere what stands beyond the margins is told in the log

# --- links of others: see docs/watch.md ---
LINK_CHECK = _env.flag("PORTAL_CHECK_LINKS", default=True)
LINK_CHECK_ALLOWED: list[str] = []  # networks that are asked though they are not public; tests name their own

# --- backups: see docs/operations.md -------------------------------------------------------------------------------
BACKUP_FOLDER = _env.folder("PORTAL_BACKUP_FOLDER")
ERASURE_JOURNALS = [folder / "erasures.jsonl" for folder in (STATE_DIR, BACKUP_FOLDER) if folder]
BACKUP_RECIPIENT = _env.matching(
    "PORTAL_BACKUP_RECIPIENT", r"age1[0-9a-z]{58}|ssh-(ed25519|rsa) \S+.*", "an age key: age1…"
)
BACKUP_KEEP = _env.numbers("PORTAL_BACKUP_KEEP", "7,4,12", ("days", "weeks", "months"))
BACKUP_AT = _env.time_of_day("PORTAL_BACKUP_AT")
if BACKUP_AT and not BACKUP_FOLDER:
    _env.problems.append("PORTAL_BACKUP_AT: needs PORTAL_BACKUP_FOLDER.")
if BACKUP_AT:
    CELERY_BEAT_SCHEDULE["back-up"] = {
        "task": "core.tasks.back_up",
        "schedule": crontab(hour=BACKUP_AT.hour, minute=BACKUP_AT.minute),
        "options": {"expires": 6 * 3600},
    }

# --- mail: everything passes the outbox; `MAIL_TRANSPORT` is what really sends ----------------------------------
EMAIL_BACKEND = "core.notifications.backend.OutboxBackend"
_mail = _env.text("PORTAL_EMAIL_URL", None if PRODUCTION else f"folder://{STATE_DIR / 'mails'}")
if _mail.startswith("folder://"):
    MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = _mail.removeprefix("folder://")
elif _mail:
    MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    _smtp = _env.env.email_url_config(_mail)
    for _key in (
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_USE_TLS",
        "EMAIL_USE_SSL",
    ):
        if _key in _smtp:
            globals()[_key] = _smtp[_key]
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _env.text("PORTAL_FROM_EMAIL", None if PRODUCTION else "portail@portail.example")

# --- safety ----------------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = PRODUCTION and BASE_URL.startswith("https://")
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_SSL_REDIRECT else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
INVITATION_DAYS = _env.number("PORTAL_INVITATION_DAYS", 14, least=1, most=90)  # for which an invitation holds
SEARCH_REQUESTS = _env.number("PORTAL_SEARCH_REQUESTS", 120, least=1, most=1_000_000)  # a minute, a person
OPEN_DATA_REQUESTS = _env.number("PORTAL_OPEN_DATA_REQUESTS", 120, least=1, most=1_000_000)  # a minute, an address
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = ", ".join(
    [f"{name}=()" for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")]
    + [f"{name}=(self)" for name in ("publickey-credentials-create", "publickey-credentials-get", "fullscreen")]
)
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names below ours are not ours to decide for
    "security.W008",  # the redirect to https is switched on by PORTAL_BASE_URL
    "security.W021",
    "auth.W004",  # unique by a constraint that ignores case
]

# --- what the portal tells of itself to machines: see docs/operations.md -------------------------------------------
METRICS_TOKEN = _env.text("PORTAL_METRICS_TOKEN", "")  # without it /metrics does not exist
if METRICS_TOKEN:
    count_together(STATE_DIR)
_dsn = _env.matching("PORTAL_SENTRY_DSN", r"https?://[^@/]+@[^/]+/(.+/)?\d+", "the DSN of a Sentry project")
error_reports.report_to("" if _env.problems else _dsn)

# --- logs ------------------------------------------------------------------------------------------------------
REQUEST_LOG = _env.flag("PORTAL_REQUEST_LOG", default=PRODUCTION)  # one line a request; see core/web/request_log.py
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "core.logs.JsonFormatter"},
        "plain": {"()": "core.logs.PlainFormatter", "format": "%(levelname)s %(name)s: %(message)s"},
    },
    "filters": {"brief": {"()": "core.logs.BriefRefusals"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "plain",
            "filters": ["brief"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "core": {"level": "INFO"},
        "fontTools": {"level": "ERROR"},
    },
}

_env.finish()
