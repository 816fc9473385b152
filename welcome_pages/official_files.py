"""Reads the official forms that field guides name, and tells where one has changed or cannot be read."""

import contextlib
import datetime
import hashlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from portal.facts.models import Fact
from portal.texts.findings import Finding

from .form_words import words_by_key
from .models import FieldGuidePage, OfficialFile

SECONDS = 20
LARGEST = 25 * 1024 * 1024
REDIRECTS = 5
CHUNK = 64 * 1024
CONNECTIONS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


class Unreadable(Exception):
    """A file could not be read; says why."""


def checksum(address: str, seconds: float = SECONDS) -> str:
    """Return the checksum of the file at an address. Raises Unreadable, at the latest after so many seconds."""
    until = time.monotonic() + seconds
    try:
        for _step in range(REDIRECTS + 1):
            answer = _ask(address, until)
            if isinstance(answer, bytes):
                return hashlib.sha256(answer).hexdigest()
            address = urljoin(address, answer)
    except (OSError, http.client.HTTPException, ValueError, Unreadable) as error:
        # What was cut off looks broken or empty: the reason is the time.
        if time.monotonic() >= until or isinstance(error, TimeoutError):
            raise Unreadable(f"no answer within {seconds:g} seconds") from error
        raise Unreadable(str(error) or type(error).__name__) from error
    raise Unreadable(f"redirects more than {REDIRECTS} times")


def _ask(address: str, until: float) -> bytes | str:
    """Return the file at an address, or the address to which it redirects."""
    parts = urlsplit(address)
    if parts.scheme not in CONNECTIONS or not parts.hostname:
        raise Unreadable(f"“{address}” is no address on the web")
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection = CONNECTIONS[parts.scheme](parts.hostname, parts.port, timeout=left)
    # The timeout holds for each read: a server that sends a byte now and then is cut off by the timer.
    timer = threading.Timer(left, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("GET", target, headers={"User-Agent": settings.WAGTAIL_SITE_NAME, "Accept": "*/*"})
        response = connection.getresponse()
        if response.status in {301, 302, 303, 307, 308} and response.getheader("Location"):
            return response.getheader("Location") or ""
        if response.status != http.HTTPStatus.OK:
            raise Unreadable(f"answers {response.status} {response.reason}")
        if "html" in (response.getheader("Content-Type") or ""):
            raise Unreadable("is a web page and not the file of a form")
        return _body(response, until)
    finally:
        timer.cancel()
        connection.close()


def _body(response: http.client.HTTPResponse, until: float) -> bytes:
    found = bytearray()
    while chunk := response.read1(CHUNK):
        found += chunk
        if len(found) > LARGEST:
            raise Unreadable(f"is larger than {LARGEST // 1024 // 1024} MB")
        if time.monotonic() >= until:
            raise TimeoutError
    if response.length:
        raise Unreadable("the answer breaks off")
    if not found:
        raise Unreadable("is empty")
    return bytes(found)


def _cut(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        with contextlib.suppress(OSError):  # closed already
            connection.sock.shutdown(socket.SHUT_RDWR)


def check(fact: Fact, today: datetime.date, seconds: float = SECONDS) -> OfficialFile:
    """Read one official form, compare it with what was there before, and write down what was found."""
    row = OfficialFile.objects.filter(fact=fact).first() or OfficialFile(fact=fact)
    row.checked_on = today
    try:
        found = checksum(fact.value, seconds)
    except Unreadable as problem:
        row.failing_since = row.failing_since or today
        row.reason = str(problem)[:300]
    else:
        if row.checksum and row.checksum != found:
            row.changed_on = today
        row.checksum, row.failing_since, row.reason = found, None, ""
    row.save()
    return row


@dataclass(frozen=True)
class NamedFile:
    """An official form and the Danish guides that were written from it."""

    fact: Fact
    guides: list[FieldGuidePage]


def live_guides() -> list[FieldGuidePage]:
    """Return the published Danish guides: the translations share their version of the form."""
    guides = FieldGuidePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return list(guides.select_related("official_file").order_by("path"))


def named_files() -> list[NamedFile]:
    """Return the official forms that published guides name, each once."""
    found: dict[str, NamedFile] = {}
    for guide in live_guides():
        if guide.official_file is not None:
            found.setdefault(guide.official_file_id, NamedFile(guide.official_file, [])).guides.append(guide)
    return list(found.values())


def field_guide_findings() -> Iterator[Finding]:
    """Yield what is wrong or due with field guides: words that do not exist, and forms that changed or are gone."""
    files = {row.pk: row for row in OfficialFile.objects.all()}
    for guide in live_guides():
        where = f"da: {guide.title}"
        known = words_by_key(guide.chosen_words())
        for key in sorted(set(guide.chosen_words()) - known.keys()):
            yield Finding(True, where, f"chooses the form word {key}, which does not exist")
        row = files.get(guide.official_file_id or "")
        if guide.official_file_id is None:
            yield Finding(False, where, f"names no file of the form: compare by hand, last done on {guide.seen_on}")
        elif row and row.changed_on and row.changed_on > guide.seen_on:
            yield Finding(False, where, f"the form has changed on {row.changed_on}: compare, and set “seen on”")
        if row and row.failing_since:
            yield Finding(False, where, f"the form {row.pk} cannot be read since {row.failing_since}: {row.reason}")
