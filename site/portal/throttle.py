"""How often one visitor may do a thing, in fixed windows of time.

What changes something is counted in the database, so that a limit is one limit however many workers there are. Reading is
counted in Django's cache (`settings.THROTTLES_IN_CACHE`): a search must not wait for a write. The address of a visitor is
hashed with a salt of the day and kept no longer than the window. Where counting fails, everybody may do everything: a site
that answers slowly is better than one that answers nobody.
"""

import datetime
import ipaddress
import logging
import math
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import visit_counts

logger = logging.getLogger(__name__)

T = TypeVar("T")

IPV6_NETWORK = 64
"""Bits of an IPv6 address that belong to one connection: whoever has one address has all the others below it."""


def seconds_to_wait(name: str, request: HttpRequest, counted: str = "") -> int:
    """Count one use and return 0, or return the seconds after which the visitor may try again.

    `settings.THROTTLES` says how many uses are possible in how many seconds. `counted` is counted instead of the visitor:
    the hash of a contact, whoever uses it.
    """
    window = _window(name, counted or visitor_of(request))
    if window is None:
        return 0
    used = (
        _count_in_cache(window)
        if name in settings.THROTTLES_IN_CACHE
        else _counted(lambda: visit_counts.count(window.hashed, window.ends_at))
    )
    return window.seconds_to_wait(used)


def seconds_to_wait_with_contact(name: str, contact_name: str, request: HttpRequest, contact: str) -> int:
    """Count one use of the visitor and one of the hash of a contact, in one statement, for both of which there are limits.

    Who has to wait already uses up nothing of somebody else's contact.
    """
    visitor, other = _window(name, visitor_of(request)), _window(contact_name, contact)
    if visitor is None or other is None:
        return seconds_to_wait(name, request) or seconds_to_wait(contact_name, request, contact)
    first, second = (visitor.hashed, visitor.ends_at), (other.hashed, other.ends_at)
    used, used_contact = _counted(lambda: visit_counts.count_two(first, visitor.times, second)) or (0, 0)
    return visitor.seconds_to_wait(used) or other.seconds_to_wait(used_contact)


@dataclass(frozen=True)
class Window:
    """The time in which the uses of one visitor are counted together."""

    key: str
    times: int
    seconds: int
    end: int
    now: float

    @property
    def hashed(self) -> str:
        """Return the key as the database has it."""
        return salted_hmac("throttle", self.key, algorithm="sha256").hexdigest()

    @property
    def ends_at(self) -> datetime.datetime:
        """Return when nothing of it matters any more."""
        return datetime.datetime.fromtimestamp(self.end, datetime.UTC)

    def seconds_to_wait(self, used: int | None) -> int:
        """Return 0, or the seconds until it is over for those who have used up what is possible."""
        return 0 if (used or 0) <= self.times else max(1, math.ceil(self.end - self.now))


def _window(name: str, visitor: str) -> Window | None:
    if not visitor:
        return None
    times, seconds = settings.THROTTLES[name]
    now = time.time()
    number = int(now // seconds)
    return Window(f"throttle:{name}:{number}:{visitor}", times, seconds, (number + 1) * seconds, now)


def _counted(count: Callable[[], T]) -> T | None:
    """Return what was counted for all workers, or None where the database cannot count."""
    try:
        # A statement alone is a transaction of its own; inside another one a mistake in it must not break that.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return count()
    except DatabaseError as error:
        logger.warning("Visits cannot be counted: %s", error)
        return None


def _count_in_cache(window: Window) -> int:
    try:
        cache.add(window.key, 0, timeout=window.seconds)
        return cache.incr(window.key)
    except ValueError:  # the cache dropped the key in between
        return 0
    except Exception as error:  # every cache library raises its own errors
        logger.warning("Visits cannot be counted: %s", error)
        return 0


def visitor_of(request: HttpRequest) -> str:
    """Return what tells one visitor from another today and nobody who it is; empty where it cannot be told."""
    address = address_of(request)
    if address is None:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            address = ipaddress.ip_network((address, IPV6_NETWORK), strict=False).network_address
        else:
            address = address.ipv4_mapped
    return salted_hmac(f"throttle {timezone.localdate()}", str(address), algorithm="sha256").hexdigest()[:32]


def address_of(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address of the visitor.

    `X-Forwarded-For` is what anybody may write, but for the entries that our own proxies have added at its end:
    `settings.TRUSTED_PROXIES` says how many these are.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(forwarded) >= proxies:
            address = forwarded[-proxies]
    try:
        return ipaddress.ip_address(address)
    except ValueError:  # a Unix socket has no address
        return None
