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

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import visit_counts

logger = logging.getLogger(__name__)

IPV6_NETWORK = 64
"""Bits of an IPv6 address that belong to one connection: whoever has one address has all the others below it."""


def seconds_to_wait(name: str, request: HttpRequest, counted: str = "") -> int:
    """Count one use and return 0, or return the seconds after which the visitor may try again.

    `settings.THROTTLES` says how many uses are possible in how many seconds. `counted` is counted instead of the visitor:
    the hash of a contact, whoever uses it.
    """
    times, seconds = settings.THROTTLES[name]
    visitor = counted or visitor_of(request)
    if not visitor:
        return 0
    now = time.time()
    window = int(now // seconds)
    key = f"throttle:{name}:{window}:{visitor}"
    end = (window + 1) * seconds
    used = _count_in_cache(key, seconds) if name in settings.THROTTLES_IN_CACHE else _count_for_all_workers(key, end)
    return 0 if used <= times else max(1, math.ceil(end - now))


def _count_for_all_workers(key: str, end: int) -> int:
    hashed = salted_hmac("throttle", key, algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            return visit_counts.count(hashed, datetime.datetime.fromtimestamp(end, datetime.UTC))
    except DatabaseError as error:
        logger.warning("Visits cannot be counted: %s", error)
        return 0


def _count_in_cache(key: str, seconds: int) -> int:
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key)
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
