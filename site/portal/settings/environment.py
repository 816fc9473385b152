"""Reads the process environment, and turns a wrong value into one line that names the variable."""

import sys
from collections.abc import Callable
from email.utils import parseaddr
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

env = environ.Env()


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
        stop(name, expected, str(error) or repr(text))


def stop(name: str, expected: str, problem: str) -> NoReturn:
    """End the process with one line about one variable."""
    sys.exit(f"{name}: expected {expected}; {' '.join(problem.split())}")


def secret(value: str) -> str:
    """Accept a key long enough that nobody guesses it."""
    if len(value) < 50:
        raise ValueError(f"it has {len(value)} characters")
    return value


def web_address(value: str) -> str:
    """Accept an absolute http or https address and return it without its last slash."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f"{value!r} is no such address")
    return value.rstrip("/")


def email_address(value: str) -> str:
    """Accept an e-mail address, alone or behind a name: Welcome <welcome@example.dk>."""
    _name, address = parseaddr(value)
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain or " " in address:
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
    if not names or any("/" in name or " " in name for name in names):
        raise ValueError(f"{value!r} is no list of host names")
    return names


def port(value: str) -> int:
    """Accept a TCP port."""
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError(f"{value!r} is no port")
    return int(value)


def url_setting(kind: str, schemes: set[str]) -> Callable[[str], dict]:
    """Return a parser that hands an address of one of these schemes to django-environ's method for `kind`."""

    def parse(value: str) -> dict:
        scheme = urlsplit(value).scheme
        if scheme not in schemes:
            raise ValueError(f"the scheme is {scheme!r}")
        try:
            return getattr(env, f"{kind}_url_config")(value)
        except (KeyError, ValueError, ImproperlyConfigured) as error:
            raise ValueError(f"{value!r} cannot be read: {error}") from error

    return parse
