"""Settings that hold everywhere. What differs between machines comes from the environment: see the README's table."""

import logging
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import environment

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = BASE_DIR / "var"

PORT = environment.read("PORT", environment.port, "a TCP port between 1 and 65535", "8000")
BASE_URL = environment.read(
    "BASE_URL",
    environment.site_address,
    "an address such as https://welcome.example.dk",
    f"http://127.0.0.1:{PORT}",
)
ALLOWED_HOSTS = environment.read(
    "ALLOWED_HOSTS", environment.host_names, "host names separated by commas", "127.0.0.1,localhost,[::1]"
)

# Applications ---------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal",
    "welcome_pages",
    "events_calendar",
    "hotline",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.municipalities.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.languages.middleware.AddressLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.pages.link_scope.LinkScopeMiddleware",
    "portal.facts.register.RegisterMiddleware",
    "portal.pages.redirects.MunicipalityRedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The public pages are Jinja2 templates, the admin's are Django's: docs/departures/jinja2.md.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "portal.template_functions.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data -----------------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": environment.read(
        "DATABASE_URL",
        environment.url_setting("db", {"sqlite", "postgres", "postgresql", "psql"}),
        "an address such as postgres://user:password@host:5432/name or sqlite:///path",
        f"sqlite:///{VAR_DIR / 'portal.sqlite3'}",
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE two writers that both began by reading fail at once instead of waiting for each other.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A new connection for every request would take a tenth of its time.
DATABASES["default"]["CONN_MAX_AGE"] = 60

CACHES = {
    "default": environment.read(
        "CACHE_URL",
        environment.url_setting("cache", {"locmemcache", "dummycache", "rediscache", "redis", "rediss", "dbcache"}),
        "an address such as redis://host:6379/1 or locmemcache://",
        "locmemcache://",
    )
}

# Search: Elasticsearch where an address is given, the embedded index otherwise and whenever that one is away.
ELASTICSEARCH_URL = environment.optional(
    "ELASTICSEARCH_URL", environment.search_address, "an address such as http://host:9200 or https://user:password@host"
)
ELASTICSEARCH_OPTIONS: dict[str, object] = {}
"""Further arguments of the client; nothing of them is needed in production."""
ELASTICSEARCH_HUNSPELL = environment.read("ELASTICSEARCH_HUNSPELL", environment.switch, "true or false", "false")
SEARCH_INDEX_PREFIX = "portal"
# Off where a change need not be findable at once: whoever turns it off calls `run_updates`.
SEARCH_UPDATE_AT_ONCE = True
TRUSTED_PROXIES = environment.read("TRUSTED_PROXIES", environment.count, "a number of proxies, such as 1", "0")
THROTTLE_FACTOR = environment.read("THROTTLE_FACTOR", environment.factor, "a whole number, such as 10", "1")
# Uses per number of seconds and address. A school or a library has one address for all its readers.
_THROTTLES = {
    "search_page": (3000, 60),
    "search": (1500, 60),
    "suggest": (300, 10),
    "search_counts": (1500, 60),
    # When sign-up for a popular date opens, a whole language school sends the form at once.
    "sign_up": (1500, 300),
    "sign_up_contact": (100, 3600),
    "sign_up_recall": (10, 300),
    # A company or a language school books for many from one connection.
    "hotline_booking": (200, 300),
    "hotline_contact": (20, 3600),
    "hotline_recall": (10, 300),
    "submission": (60, 600),
    "submission_link": (300, 600),
}
THROTTLES = {name: (times * THROTTLE_FACTOR, seconds) for name, (times, seconds) in _THROTTLES.items()}
# Reading is counted by every worker for itself: a search must not wait for a write.
THROTTLES_IN_CACHE = {"search_page", "search", "suggest", "search_counts"}

# Calendars of others: how many seconds one may take to answer, and which "host:port" may be inside our own network.
IMPORT_SECONDS = 30
IMPORT_TRUSTED_HOSTS: list[str] = []

CACHES["default"].setdefault("OPTIONS", {})
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    # One entry per visitor of the last minute and per page of results of the last day; the default of 300 would drop them.
    CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] = 50_000

# Wagtail keeps its indexes in step at once; what may take minutes waits in the database for `manage.py db_worker`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

EMAIL_CONFIG = environment.read(
    "EMAIL_URL",
    environment.url_setting(
        "email", {"consolemail", "filemail", "smtp", "smtps", "smtp+tls", "smtp+ssl", "memorymail"}
    ),
    "an address such as smtp+tls://user:password@host:587 or consolemail://",
    "consolemail://",
)
vars().update(EMAIL_CONFIG)
# Seconds for each step of talking to the mail server; `portal.mail.sending` gives a whole mail 15 minutes.
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = environment.read(
    "DEFAULT_FROM_EMAIL", environment.email_address, "an e-mail address", "portal@localhost"
)

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Only the server of `make run` hands out uploads itself; in production the web server does.
SERVE_MEDIA = False

# Languages ------------------------------------------------------------------------------------------------------------

# Danish is the source of every text; a further language is one more line here and one more `Locale`.
LANGUAGE_CODE = "da"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("da", _("Danish")),
    ("en", _("English")),
    ("de", _("German")),
    ("pl", _("Polish")),
    ("ru", _("Russian")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("da", "Dansk"), ("en", "English")]

# Publishing is done page by page outside a transaction (docs/departures/translations-are-published-one-by-one.md).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Deleting a page or a translation must not throw the translators' work away.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

DEEPL_API_KEY = environment.optional(
    "DEEPL_API_KEY", environment.deepl_key, "a key such as 0a1b2c3d-1234-5678-9abc-0a1b2c3d4e5f:fx"
)
LIBRETRANSLATE_URL = environment.optional(
    "LIBRETRANSLATE_URL", environment.web_address, "an address such as https://translate.example.dk"
)
WAGTAILLOCALIZE_MACHINE_TRANSLATOR: dict[str, object] | None = None
if DEEPL_API_KEY:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "portal.texts.translators.GuardedDeepLTranslator",
        "OPTIONS": {"AUTH_KEY": DEEPL_API_KEY, "FORMALITY": "prefer_less"},
    }
elif LIBRETRANSLATE_URL:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "portal.texts.translators.GuardedLibreTranslator",
        "OPTIONS": {"LIBRETRANSLATE_URL": LIBRETRANSLATE_URL, "API_KEY": "not needed"},
    }

# Wagtail --------------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Newcomer portal"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Nothing that is incomplete becomes public by a click on "approve" in a list.
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.municipalities.finished_workflows.publish_if_complete"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# Security -------------------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Logging --------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": logging.getLevelName(logging.WARNING)},
}
