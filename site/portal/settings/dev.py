"""Settings of `make run`: SQLite, embedded search, mail on the console, nothing to prepare."""

import secrets

from .base import *  # noqa: F403
from .base import VAR_DIR, environment

DEBUG = environment.read("DEBUG", environment.switch, "true or false", "false")

VAR_DIR.mkdir(exist_ok=True)
_secret_file = VAR_DIR / "secret-key"
SECRET_KEY = environment.env.ENVIRON.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not _secret_file.exists():
        _secret_file.write_text(secrets.token_urlsafe(50))
    SECRET_KEY = _secret_file.read_text()

SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
