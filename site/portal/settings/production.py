"""Settings behind a web server with TLS."""

from .base import *  # noqa: F403
from .base import environment

DEBUG = False
SECRET_KEY = environment.read("SECRET_KEY", environment.secret, "at least 50 random characters")
ALLOWED_HOSTS = environment.read("ALLOWED_HOSTS", environment.host_names, "host names separated by commas")
BASE_URL = WAGTAILADMIN_BASE_URL = environment.read(
    "BASE_URL", environment.site_address, "an address such as https://welcome.example.dk"
)
for _name in ("DATABASE_URL", "EMAIL_URL"):
    # Both have a default for development that would lose data or mail here without a word.
    environment.read(_name, str, "to be set in production")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
