"""Settings of the portal, read from the environment; see docs/operations.md.

Environments differ by variables, never by files. `make run` and `make dev` set those
of the demonstration (desabinaan.devtools.environment), the tests their own
(tests.environment).
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.crypto.secret_keys import refuse_weak_key
from desabinaan.lib.web.hosts import refuse_unfit_address, refuse_unfit_hosts

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
django_stubs_ext.monkeypatch()  # lets forms and admins name their model

# --- What kind of portal this is --------------------------------------------

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not DEMO:
    raise ImproperlyConfigured("DEBUG may be switched on only together with DEMO=1.")
SECRET_KEY = env.str("SECRET_KEY", default="")
refuse_weak_key(SECRET_KEY, demonstration=DEMO)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="latihan-desa-binaan")
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=True)
if not (REQUIRE_SECOND_FACTOR or DEMO):
    raise ImproperlyConfigured(
        "REQUIRE_SECOND_FACTOR may be switched off only together with DEMO=1."
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
refuse_unfit_hosts(ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- Apps --------------------------------------------------------------------

INSTALLED_APPS = [
    "desabinaan.accounts.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "desabinaan.lib",
    "desabinaan.backups",
    "desabinaan.health",
    "desabinaan.accounts",
    "desabinaan.notices",
    "desabinaan.uploads",
    "villages.places",
    "villages.register",
    "villages.people",
    "villages.outreach",
    "villages.vulnerability",
    "villages.imports",
    "fgd.agencies",
    "fgd.sessions",
    "fgd.participants",
    "fgd.minutes",
    "fgd.plan",
    "fgd.merging",
    "reports.monthly",
    "reports.followup",
    "desabinaan.portal",
    "desabinaan.demo",
]

MIDDLEWARE = [
    # what sets headers comes first, so that every answer has them
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "desabinaan.lib.web.middleware.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "desabinaan.accounts.middleware.demonstration_guard",
    "desabinaan.lib.web.middleware.health_page",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "desabinaan.accounts.middleware.limited_sessions",
    "desabinaan.accounts.middleware.chosen_language",
    "villages.places.middleware.office_zone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "desabinaan.accounts.middleware.PreservePostLoginMiddleware",
    "desabinaan.lib.web.middleware.referrer_and_cache",
    "desabinaan.accounts.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Our SecurityMiddleware is a subclass, which this check does not recognise.
SILENCED_SYSTEM_CHECKS = ["security.W001"]

ROOT_URLCONF = "desabinaan.urls"
WSGI_APPLICATION = "desabinaan.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desabinaan.portal.context.page_context",
            ],
            "builtins": ["desabinaan.lib.web.tags"],
        },
    }
]

# --- Database ----------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default="postgresql:///portal")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# --- Sign-in -----------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "desabinaan.notices.backends.PortalBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        ),
        "OPTIONS": {"user_attributes": ["username", "name", "email", "phone"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
PASSWORD_LINK_HOURS = 72
OFFICE_CODE_HOURS = 24

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "desabinaan.accounts.rate_limits.failed_sign_ins_page"
AXES_CLIENT_IP_CALLABLE = "desabinaan.accounts.rate_limits.client_address"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# --- Sessions, cookies, transport --------------------------------------------

SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not DEMO)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE_COOKIES else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE_COOKIES else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "desabinaan.accounts.preserved_post.csrf_failure"
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# With DEBUG, django-csp leaves the policy off the statuses 404 and 500: Django's debug
# pages bring their styles and scripts inline, which the policy would block.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Language, time ----------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "bahasa"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# The zone of the regional office: where no office is known, as in the worker.
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Jakarta")
FORMAT_MODULE_PATH = "desabinaan.formats"

# --- Files -------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "desabinaan.lib.web.assets.PackageFilesFinder",
]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = VAR_DIR / "uploads"
STORAGES = {
    "default": {"BACKEND": "desabinaan.lib.files.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "desabinaan.lib.files.storage.SpooledFileHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Backups: encrypted for public keys, opened with a private key kept elsewhere

BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
BACKUP_IDENTITY_FILE = env.str("BACKUP_IDENTITY_FILE", default="")
BACKUP_DIR = env.str("BACKUP_DIR", default="")

# --- Look --------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "desabinaan.lib.web.message_storage.EachOnceStorage"

# --- Mail --------------------------------------------------------------------

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)

EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
# The address of every link that leaves the portal: in e-mails, on paper, in QR codes.
PORTAL_URL = env.str(
    "PORTAL_URL",
    default=f"{'https' if SECURE_COOKIES else 'http'}://{ALLOWED_HOSTS[0]}",
).rstrip("/")
refuse_unfit_address(PORTAL_URL, ALLOWED_HOSTS, insecure=not SECURE_COOKIES)

# --- Worker ------------------------------------------------------------------

# Two jobs at once, so that e-mails do not wait for a long import.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "shutdown_graceful_timeout": 20.0}

# --- Logs: English, without personal data ------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {
        "without_tokens": {"()": "desabinaan.lib.web.logs.WithoutTokens"},
        "brief_refusals": {"()": "desabinaan.lib.web.logs.BriefRefusals"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_tokens", "brief_refusals"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django": {"handlers": []},  # its own would repeat each line with DEBUG
        "procrastinate": {"level": "WARNING"},
    },
}

# --- Development: an edit shows on the next reload ---------------------------

if DEBUG:
    # neither compiled templates nor hashed copies of static files outlive an edit
    TEMPLATES[0]["APP_DIRS"] = False
    TEMPLATES[0]["OPTIONS"]["loaders"] = [
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    if find_spec("zeal"):  # only requirements/dev.txt installs it
        INSTALLED_APPS.append("zeal")
        MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")

# What django-zeal, in `make dev` and in the tests, takes for N+1 queries by mistake.
ZEAL_ALLOWLIST = [
    # Django reads a session to load it and once more to delete it.
    {"model": "sessions.Session", "field": "get()"},
    # Django reads each content type once per process.
    {"model": "contenttypes.ContentType", "field": "get()"},
    # The admin site reads an office and the one above it, and checks its regions one
    # by one; an office has a few.
    {"model": "places.Office", "field": "get()"},
    {"model": "places.Region", "field": "get()"},
    # The command import_villages takes three steps, each of which locks the list.
    {"model": "imports.VillageImport", "field": "get()"},
]
