"""Every decision about how this site runs, with its reason. Values come from the environment."""

import re
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import secret_key
from config.env import (
    default_sender,
    env_bool,
    env_database,
    env_folder,
    env_mail_address,
    env_mail_server,
    env_networks,
    env_site_url,
    env_text,
)

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# All state lies in one folder, so that two copies run side by side and a backup is one folder.
DATA_DIR = env_folder("DATA_DIR", BASE_DIR / "var")

DEBUG = env_bool("DEBUG")
SECRET_KEY = env_text("SECRET_KEY") or secret_key.load_or_create(DATA_DIR / "secret-key")

# Where the site lives: the only source of absolute addresses, never the Host header.
SITE_URL = env_site_url("SITE_URL", "http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")
SITE_HOST = SITE_URL.partition("://")[2]
# Without its port; the brackets of an IPv6 address stay, for that is how a browser sends it.
ALLOWED_HOSTS = [re.sub(r":\d+$", "", SITE_HOST), "127.0.0.1", "localhost", "[::1]"]

# Proxies whose X-Forwarded-For header is believed; nobody's, unless named here.
TRUSTED_PROXIES = env_networks("TRUSTED_PROXIES")

INSTALLED_APPS = [
    # Before the apps that use them, which take the rows of jobs out of the admin.
    "django_tasks",
    "django_tasks_db",
    "config",
    "comments",
    "blog",
    "authors",
    "markdownx",
    "authors.apps.DeskConfig",  # Django's admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "blog.delivery.cookies.cookies_stay_in_the_admin",
    "django.middleware.security.SecurityMiddleware",
    "blog.delivery.headers.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "blog.delivery.redirects.redirects_come_last",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Widgets may have templates of ours, in templates/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "blog.context_processors.house",
            ],
        },
    },
]

# --- Database -----------------------------------------------------------------------------------

DATABASES = {"default": env_database("DATABASE_URL", f"sqlite:///{DATA_DIR}/db.sqlite3")}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Write transactions take their lock at once and wait for it; the default starts as a
        # reader and fails with "database is locked" when another writer came first.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged comment survives a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=FULL;"
            "PRAGMA mmap_size=134217728;"
            "PRAGMA cache_size=-20000"
        ),
    }

# --- Files --------------------------------------------------------------------------------------

FIXTURE_DIRS = [BASE_DIR / "fixtures"]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
HASHED_STATIC_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN_STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC_FILES if DEBUG else HASHED_STATIC_FILES},
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Mail and jobs ------------------------------------------------------------------------------

if mail_server := env_mail_server("SMTP_URL"):
    EMAIL_BACKEND = "comments.mail.server.SmtpBackend"
    EMAIL_HOST, EMAIL_PORT = mail_server.host, mail_server.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail_server.user, mail_server.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = mail_server.tls, mail_server.starttls
else:
    # Mails land in a folder, a file each time something is sent; nothing leaves the machine.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
# For each answer of the mail server; the worker sends one mail at a time.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_mail_address("MAIL_FROM", default_sender(SITE_URL))

# A job is a row, made in the transaction of what causes it; `manage.py work` runs them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Safety -------------------------------------------------------------------------------------

# Cookies belong to the admin: the public pages set none and never receive one.
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "authors.login.csrf_failure"
LOGIN_URL = "admin:login"

SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if HTTPS and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # what runs on our subdomains is not ours to decide
    "security.W008",  # the proxy that holds the certificate sends http on to https
    "security.W021",  # the same for the browsers' own list of https-only sites
]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# The public stylesheet is inlined; the middleware adds its hash to style-src.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# A whole article with its markup fits many times over; a flood of bytes gets a 413.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["config.uploads.BoundedUploadHandler"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- The editor ---------------------------------------------------------------------------------

# The two addresses in the widget's attributes are our own views, inside the admin.
MARKDOWNX_URLS_PATH = "/admin/blog/post/voorbeeld/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/blog/post/upload/"

# --- Logging ------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "config.logs.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Not each 404 and refused form: their addresses hold the keys of receipts.
        "django.request": {"level": "ERROR"},
        # Not that the worker was asked to stop: whoever asked knows.
        "django_tasks_db": {"level": "ERROR"},
    },
}
