"""Fetches an address that a stranger gave us: only from the public internet, and never more than we are willing to read.

Knows nothing of Django: it runs in a process of its own, which is ended when its time is over.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_REDIRECTS = 3
CONNECT_SECONDS = 10
TOTAL_SECONDS = 30
MOST_OCTETS = 2 * 1024 * 1024
CHUNK = 16 * 1024
USUAL_PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
TRANSLATED_IPV4 = ipaddress.ip_network("64:ff9b::/96")


class FetchError(Exception):
    """The address cannot be read; the argument is a code that `portal` has words for."""


@dataclass(frozen=True)
class Fetched:
    """What came back. Without a body nothing has changed since the last time."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


@dataclass
class Deadline:
    """The moment at which everything must be over."""

    ends: float = field(default_factory=lambda: time.monotonic() + TOTAL_SECONDS)

    def left(self) -> float:
        """Return the seconds that are left. Raises FetchError where there are none."""
        seconds = self.ends - time.monotonic()
        if seconds <= 0:
            raise FetchError("timeout")
        return seconds


def fetch(
    address: str,
    *,
    etag: str = "",
    last_modified: str = "",
    trusted: frozenset[str] = frozenset(),
    seconds: float = TOTAL_SECONDS,
) -> Fetched:
    """Return what stands at an address. `trusted` are "host:port" that may be inside our own network. Raises FetchError."""
    deadline = Deadline(time.monotonic() + seconds)
    headers = {
        "User-Agent": "newcomer-calendar-import",
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "gzip",
    }
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = checked(address, trusted)
        connection, response = _ask(parts, headers, trusted, deadline)
        try:
            if response.status == 304 and (etag or last_modified):
                return Fetched(None, etag, last_modified)
            if response.status in REDIRECTS:
                address = urljoin(address, response.headers.get("Location", ""))
                continue
            if response.status != 200:
                raise FetchError(f"status:{response.status}")
            new_etag = _header(response, "ETag")
            return Fetched(_read(response, connection, deadline), new_etag, _header(response, "Last-Modified"))
        finally:
            connection.close()
    raise FetchError("redirects")


def checked(address: str, trusted: frozenset[str]) -> SplitResult:
    """Return the parts of an address that we are willing to ask. Raises FetchError."""
    if address.lower().startswith("webcal://"):
        address = "https://" + address[len("webcal://") :]
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchError("address") from error
    if parts.scheme not in USUAL_PORTS or not parts.hostname or parts.username or parts.password:
        raise FetchError("address")
    if not address.isascii() or any(sign <= " " for sign in address):
        raise FetchError("address")
    if port not in {None, *USUAL_PORTS.values()} and f"{parts.hostname}:{port}" not in trusted:
        raise FetchError("address")
    return parts


def is_public(text: str) -> bool:
    """Say whether an IP address is one of the public internet, whatever it is wrapped in."""
    found = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in TRANSLATED_IPV4:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _ask(
    parts: SplitResult, headers: dict[str, str], trusted: frozenset[str], deadline: Deadline
) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    host, port = parts.hostname or "", parts.port or USUAL_PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port)
    try:
        connection.sock = _connect(host, port, parts.scheme, trusted, deadline)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers=headers)
        return connection, connection.getresponse()
    except FetchError:
        connection.close()
        raise
    except TimeoutError as error:
        connection.close()
        raise FetchError("timeout") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        connection.close()
        raise FetchError("connection") from error


def _connect(host: str, port: int, scheme: str, trusted: frozenset[str], deadline: Deadline) -> socket.socket:
    """Connect to an address that was looked at: asking the name a second time could give another one."""
    addresses = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if f"{host}:{port}" not in trusted and not all(is_public(address) for address in addresses):
        raise FetchError("private")
    error: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, port), timeout=min(CONNECT_SECONDS, deadline.left()))
        except OSError as problem:
            error = problem
            continue
        if scheme == "http":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    raise error or OSError("no address")


def _header(response: http.client.HTTPResponse, name: str) -> str:
    """Return a header that may be sent back, empty where it is unreasonable."""
    value = response.headers.get(name, "")
    return value if len(value) <= 200 and value.isascii() and value.isprintable() else ""


def _read(response: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: Deadline) -> bytes:
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MOST_OCTETS:
        raise FetchError("size")
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"gzip", "x-gzip", "identity", ""}:
        raise FetchError("encoding")
    chunks = _chunks(response, connection, deadline)
    body = b""
    for part in _unzipped(chunks) if "gzip" in encoding else chunks:
        body += part
        if len(body) > MOST_OCTETS:
            raise FetchError("size")
    return body


def _chunks(
    response: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: Deadline
) -> Iterator[bytes]:
    while True:
        seconds = min(CONNECT_SECONDS, deadline.left())
        if connection.sock is not None:
            connection.sock.settimeout(seconds)
        try:
            part = response.read1(CHUNK)
        except TimeoutError as error:
            raise FetchError("timeout") from error
        except (OSError, http.client.HTTPException) as error:
            raise FetchError("connection") from error
        if not part:
            if response.length:
                raise FetchError("connection")  # cut off before its end
            return
        yield part


def _unzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Unzip in small steps, so that little data cannot become much memory."""
    unzip, octets_in = zlib.decompressobj(16 + zlib.MAX_WBITS), 0
    try:
        for chunk in chunks:
            octets_in += len(chunk)
            if octets_in > MOST_OCTETS:
                raise FetchError("size")
            rest = chunk
            while rest:
                yield unzip.decompress(rest, CHUNK)
                rest = unzip.unconsumed_tail
        if not unzip.eof:
            raise FetchError("encoding")
    except zlib.error as error:
        raise FetchError("encoding") from error
