"""Reads the process environment, and turns a wrong value into one line that names the variable."""

import importlib.util
import re
import sys
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any, NoReturn, TypeVar
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

env = environ.Env()

HOST_NAME = re.compile(r"\*|\.?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]")
DEEPL_KEY = re.compile(r"[0-9A-Za-z-]{20,}(?::fx)?")


def read(name: str, parse: Callable[[str], Value], expected: str, default: str | None = None) -> Value:
    """Return the parsed value of a variable.

    A missing value without a default, or one that `parse` rejects with any exception, ends the process with one line:
    a stack trace would hide the only thing the operator needs to know.
    """
    text = env.ENVIRON.get(name, "") or default
    if text is None:
        stop(name, expected, "it is not set")
    try:
        return parse(text)
    except Exception as error:  # whatever a parser of a library raises, the answer is the same one line
        stop(name, expected, str(error) or "it cannot be read")


def optional(name: str, parse: Callable[[str], str], expected: str) -> str:
    """Return the parsed value of a variable that may be missing, and then is empty."""
    return read(name, parse, expected) if env.ENVIRON.get(name, "") else ""


def stop(name: str, expected: str, problem: str) -> NoReturn:
    """End the process with one line about one variable."""
    sys.exit(f"{name}: expected {expected}; {' '.join(problem.split())}")


def secret(value: str) -> str:
    """Accept a key long enough that nobody guesses it."""
    if len(value) < 50:
        raise ValueError(f"it has {len(value)} characters")
    if len(set(value)) < 5:
        raise ValueError("it repeats a few characters")
    if value.startswith("django-insecure-"):
        raise ValueError("it is one that Django made for development")
    return value


def deepl_key(value: str) -> str:
    """Accept what looks like a key of DeepL."""
    if not DEEPL_KEY.fullmatch(value):
        raise ValueError(f"the {len(value)} characters of the value are no such key")
    return value


def web_address(value: str) -> str:
    """Accept an absolute http or https address and return it without its last slash."""
    parts = _split(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{value!r} is no such address")
    return value.rstrip("/")


def search_address(value: str) -> str:
    """Accept the address of an Elasticsearch server. No message repeats it: it may have a password in it."""
    parts = _split(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("it is no such address")
    return value.rstrip("/")


def count(value: str) -> int:
    """Accept a small whole number."""
    if not value.isdecimal() or int(value) > 10:
        raise ValueError(f"{value!r} is no number from 0 to 10")
    return int(value)


def factor(value: str) -> int:
    """Accept how many times as much something may be."""
    if not value.isdecimal() or not 1 <= int(value) <= 1_000_000:
        raise ValueError(f"{value!r} is no number from 1 to 1000000")
    return int(value)


def site_address(value: str) -> str:
    """Accept the address of a whole site: no folder, no user, for addresses of pages are put together from it."""
    parts = _split(value)
    if parts.path.strip("/") or "@" in parts.netloc:
        raise ValueError("it must end behind the host name")
    return web_address(value)


def _split(value: str) -> SplitResult:
    """Return the parts of an address, after reading its port: that is where an unusable one shows."""
    if re.search(r"\s", value):
        raise ValueError("it has white space in it")
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError as error:
        # The library's message would quote parts of the address, and with them of a password.
        raise ValueError("its host or port cannot be read") from error
    return parts


def email_address(value: str) -> str:
    """Accept an e-mail address, alone or behind a name: Welcome <welcome@example.dk>."""
    _name, address = parseaddr(value)
    local, at, domain = address.rpartition("@")
    # The parser mends what it can, and an address with a space in it can be mended into another one.
    is_as_given = address in value and not re.search(r"\s|@", local) and "\n" not in value
    if not at or not local or not is_as_given or not HOST_NAME.fullmatch(domain):
        raise ValueError(f"{value!r} is no such address")
    return value.strip()


def switch(value: str) -> bool:
    """Accept on and off in the usual words."""
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if value.lower() not in words:
        raise ValueError(f"{value!r} is neither")
    return words[value.lower()]


def host_names(value: str) -> list[str]:
    """Accept host names separated by commas."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names or not all(HOST_NAME.fullmatch(name) for name in names):
        raise ValueError(f"{value!r} is no list of host names")
    return names


def port(value: str) -> int:
    """Accept a TCP port."""
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError(f"{value!r} is no port")
    return int(value)


def url_setting(kind: str, schemes: set[str]) -> Callable[[str], dict]:
    """Return a parser that hands an address of one of these schemes to django-environ's method for `kind`.

    No message repeats the address: it may have a password in it.
    """

    def parse(value: str) -> dict:
        scheme = value.partition("://")[0]
        if scheme not in schemes or "://" not in value:
            raise ValueError(f"the scheme is none of: {', '.join(sorted(schemes))}")
        if value == "sqlite://:memory:":
            return env.db_url_config(value)
        parts = _split(value)
        if scheme == "sqlite" and parts.netloc:
            raise ValueError("a path begins after three slashes, an absolute one after four")
        try:
            config = getattr(env, f"{kind}_url_config")(value)
        except (KeyError, ValueError, ImproperlyConfigured) as error:
            raise ValueError("it cannot be read") from error
        CHECKS[kind](parts, config)
        return config

    return parse


def _check_database(parts: SplitResult, config: dict[str, Any]) -> None:
    if not parts.path.strip("/"):
        raise ValueError("it names no database")


def _check_cache(parts: SplitResult, config: dict[str, Any]) -> None:
    if config["BACKEND"].endswith("RedisCache"):
        if not parts.hostname and not parts.path.strip("/"):
            raise ValueError("it names no host")
        if importlib.util.find_spec("redis") is None:
            raise ValueError("the Python package redis is not installed")
    if parts.scheme == "dbcache" and not config["LOCATION"]:
        raise ValueError("it names no table")


def _check_email(parts: SplitResult, config: dict[str, Any]) -> None:
    if parts.scheme.startswith("smtp") and not config["EMAIL_HOST"]:
        raise ValueError("it names no host")
    if parts.scheme == "filemail" and not config["EMAIL_FILE_PATH"]:
        raise ValueError("it names no folder")


CHECKS = {"db": _check_database, "cache": _check_cache, "email": _check_email}
