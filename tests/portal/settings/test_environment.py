"""A wrong value of a variable stops the start with one line that names it; a right one is used."""

import json

import pytest

from tests.portal.settings.process import DEVELOPMENT, PRODUCTION, SECRET, start

ADDRESS = "an address such as"
DATABASE = f"{ADDRESS} postgres://user:password@host:5432/name or sqlite:///path"
CACHE = f"{ADDRESS} redis://host:6379/1 or locmemcache://"
EMAIL = f"{ADDRESS} smtp+tls://user:password@host:587 or consolemail://"
SITE = f"{ADDRESS} https://welcome.example.dk"
PORT = "a TCP port between 1 and 65535"
DEEPL = "a key such as 0a1b2c3d-1234-5678-9abc-0a1b2c3d4e5f:fx"
LIBRE = f"{ADDRESS} https://translate.example.dk"
SEARCH = f"{ADDRESS} http://host:9200 or https://user:password@host"
PROXIES = "a number of proxies, such as 1"
HOSTS = "host names separated by commas"
SENDER = "an e-mail address"
KEY = "at least 50 random characters"

WRONG = [
    ("SECRET_KEY", "short", KEY),
    ("SECRET_KEY", "", KEY),
    ("SECRET_KEY", "ab" * 30, KEY),
    ("SECRET_KEY", f"django-insecure-{SECRET}", KEY),
    ("ALLOWED_HOSTS", "", HOSTS),
    ("ALLOWED_HOSTS", ",", HOSTS),
    ("ALLOWED_HOSTS", "https://welcome.example.dk", HOSTS),
    ("ALLOWED_HOSTS", "welcome.example.dk:8000", HOSTS),
    ("ALLOWED_HOSTS", "a.dk b.dk", HOSTS),
    ("BASE_URL", "welcome.example.dk", SITE),
    ("BASE_URL", "ftp://welcome.example.dk", SITE),
    ("BASE_URL", "https://", SITE),
    ("BASE_URL", "https://welcome.example.dk:99999", SITE),
    ("BASE_URL", "https://welcome.example.dk/da/", SITE),
    ("BASE_URL", "https://welcome.example.dk?x=1", SITE),
    ("BASE_URL", "https://welcome example.dk", SITE),
    ("DATABASE_URL", "portal.sqlite3", DATABASE),
    ("DATABASE_URL", "mysql://u:secret@host/name", DATABASE),
    ("DATABASE_URL", "postgres://u:secret@host", DATABASE),
    ("DATABASE_URL", "postgres://u:secret@host:port/name", DATABASE),
    ("DATABASE_URL", "postgres://u:se/cret@host/name", DATABASE),
    ("DATABASE_URL", "sqlite://var/portal.sqlite3", DATABASE),
    ("DATABASE_URL", "sqlite://", DATABASE),
    ("CACHE_URL", "memory", CACHE),
    ("CACHE_URL", "memcached://host", CACHE),
    ("CACHE_URL", "redis://", CACHE),
    ("CACHE_URL", "redis://:secret@host:port/1", CACHE),
    ("CACHE_URL", "dbcache://", CACHE),
    ("EMAIL_URL", "mail.example.dk", EMAIL),
    ("EMAIL_URL", "imap://mail.example.dk", EMAIL),
    ("EMAIL_URL", "smtp://", EMAIL),
    ("EMAIL_URL", "smtp+tls://u:secret@host:port", EMAIL),
    ("EMAIL_URL", "filemail://", EMAIL),
    ("DEFAULT_FROM_EMAIL", "welcome", SENDER),
    ("DEFAULT_FROM_EMAIL", " ", SENDER),
    ("DEFAULT_FROM_EMAIL", "welcome@", SENDER),
    ("DEFAULT_FROM_EMAIL", "wel come@example.dk", SENDER),
    ("DEFAULT_FROM_EMAIL", "welcome@exa mple.dk", SENDER),
    ("PORT", "http", PORT),
    ("PORT", "0", PORT),
    ("PORT", "65536", PORT),
    ("PORT", "-8000", PORT),
    ("PORT", "8000.5", PORT),
    ("PORT", "²", PORT),
    ("ELASTICSEARCH_URL", "search.example.dk:9200", SEARCH),
    ("ELASTICSEARCH_URL", "ftp://search.example.dk", SEARCH),
    ("ELASTICSEARCH_URL", "https://user:secret@search.example.dk:port", SEARCH),
    ("ELASTICSEARCH_HUNSPELL", "banana", "true or false"),
    ("TRUSTED_PROXIES", "-1", PROXIES),
    ("TRUSTED_PROXIES", "100", PROXIES),
    ("THROTTLE_FACTOR", "0", "a whole number, such as 10"),
    ("THROTTLE_FACTOR", "1.5", "a whole number, such as 10"),
    ("LIBRETRANSLATE_URL", "translate.example.dk", LIBRE),
    ("LIBRETRANSLATE_URL", "https://", LIBRE),
    ("LIBRETRANSLATE_URL", "https://translate.example.dk:port", LIBRE),
    ("DEEPL_API_KEY", "secret", DEEPL),
    ("DEEPL_API_KEY", "my secret key with spaces in it", DEEPL),
]  # fmt: skip
ONLY_IN_PRODUCTION = [
    ("BASE_URL", SITE),
    ("DATABASE_URL", "to be set in production"),
    ("EMAIL_URL", "to be set in production"),
    ("SECRET_KEY", KEY),
    ("ALLOWED_HOSTS", HOSTS),
]
SHOW = """
import json, sys
sys.path.insert(0, "site")
import django
from django.conf import settings
django.setup()
from django.core.cache import caches
from django.db import connection
print(json.dumps({
    "hosts": settings.ALLOWED_HOSTS, "base": settings.WAGTAILADMIN_BASE_URL, "port": settings.PORT,
    "from": settings.DEFAULT_FROM_EMAIL, "mail": [settings.EMAIL_BACKEND, getattr(settings, "EMAIL_HOST", None)],
    "database": [connection.vendor, str(connection.settings_dict["NAME"]), connection.settings_dict["HOST"]],
    "cache": type(caches["default"]).__name__, "key": settings.SECRET_KEY, "debug": settings.DEBUG,
    "translator": settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR,
}))
"""


def assert_stopped(result, name: str, expected: str) -> None:
    assert result.returncode == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{name}: expected {expected}; ")
    assert len(line) > len(f"{name}: expected {expected}; "), "the line says what is wrong"


@pytest.mark.parametrize(("name", "value", "expected"), WRONG)
def test_a_wrong_value_stops_the_start_with_one_line(name, value, expected):
    result = start("manage.py", "check", **{**PRODUCTION, name: value})
    assert_stopped(result, name, expected)
    assert "secret" not in result.stderr, "the line goes to logs, and a password does not"
    assert SECRET not in result.stderr


@pytest.mark.parametrize(("name", "expected"), ONLY_IN_PRODUCTION)
def test_production_does_not_start_without_what_only_the_operator_knows(name, expected):
    variables = {key: value for key, value in PRODUCTION.items() if key != name}
    result = start("manage.py", "check", **variables)
    assert_stopped(result, name, expected)
    assert result.stderr.endswith("it is not set\n")


def test_development_stops_at_a_wrong_value_too():
    assert_stopped(start("manage.py", "check", **DEVELOPMENT, PORT="http"), "PORT", PORT)


def test_the_web_server_stops_at_a_wrong_value_too():
    wsgi = "import sys; sys.path.insert(0, 'site'); import portal.wsgi"
    assert_stopped(start("-c", wsgi, **{**PRODUCTION, "BASE_URL": "welcome"}), "BASE_URL", SITE)


def test_right_values_of_production_are_used():
    result = start(
        "-c", SHOW, **PRODUCTION, PORT="8080", CACHE_URL="dbcache://portal_cache",
        DEFAULT_FROM_EMAIL="Welcome <welcome@example.dk>", DEEPL_API_KEY="279a2e9d-83b3-c416-7e2d-f721593e42a0:fx",
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {
        "hosts": ["welcome.example.dk"],
        "base": "https://welcome.example.dk",
        "port": 8080,
        "from": "Welcome <welcome@example.dk>",
        "mail": ["django.core.mail.backends.smtp.EmailBackend", "mail.example.dk"],
        "database": ["postgresql", "portal", "database"],
        "cache": "DatabaseCache",
        "key": SECRET,
        "debug": False,
        "translator": {
            "CLASS": "portal.texts.translators.GuardedDeepLTranslator",
            "OPTIONS": {"AUTH_KEY": "279a2e9d-83b3-c416-7e2d-f721593e42a0:fx", "FORMALITY": "prefer_less"},
        },
    }


def test_right_values_of_development_are_used(tmp_path):
    result = start(
        "-c", SHOW, **DEVELOPMENT, BASE_URL="http://127.0.0.1:9000/", ALLOWED_HOSTS="localhost, [::1],.example.dk",
        CACHE_URL="locmemcache://", DATABASE_URL=f"sqlite:///{tmp_path}/a.sqlite3", EMAIL_URL="consolemail://",
        LIBRETRANSLATE_URL="http://localhost:5000/api/",
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    shown = json.loads(result.stdout)
    assert shown["base"] == "http://127.0.0.1:9000"
    assert shown["hosts"] == ["localhost", "[::1]", ".example.dk"]
    assert shown["database"] == ["sqlite", f"{tmp_path}/a.sqlite3", ""]
    assert shown["cache"] == "LocMemCache"
    assert shown["mail"][0] == "django.core.mail.backends.console.EmailBackend"
    assert shown["translator"]["OPTIONS"]["LIBRETRANSLATE_URL"] == "http://localhost:5000/api"


def test_nothing_needs_to_be_set_for_development():
    result = start("-c", SHOW, DJANGO_SETTINGS_MODULE="portal.settings.dev")
    assert (result.returncode, result.stderr) == (0, "")
    shown = json.loads(result.stdout)
    assert shown["database"][0] == "sqlite"
    assert shown["database"][1].endswith("/var/portal.sqlite3")
    assert len(shown["key"]) >= 50
    assert (shown["debug"], shown["port"], shown["translator"]) == (False, 8000, None)


@pytest.mark.parametrize("name", ["CACHE_URL", "PORT", "DEEPL_API_KEY", "LIBRETRANSLATE_URL", "DEFAULT_FROM_EMAIL"])
def test_an_empty_value_counts_as_not_set(name):
    assert start("manage.py", "check", **PRODUCTION, **{name: ""}).returncode == 0
