"""Settings of the tests: everything a test may assume, and nothing from the developer's machine."""

from .base import *  # noqa: F403
from .base import MIDDLEWARE, VAR_DIR

SECRET_KEY = "only for tests, never for anything that anybody can reach from outside"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {name: {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"} for name in ("default", "background")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = VAR_DIR / "test-media"
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
# The compressed files of production are made by collectstatic; here they are compressed on their way.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *(name for name in MIDDLEWARE if "GZip" not in name)]
# Most tests search nothing; those that do turn it on or call `run_updates`.
SEARCH_UPDATE_AT_ONCE = False
