"""A web server on this machine that answers as calendars of others do, well or badly."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """One server. `answer` is what it does with a request; `requests` are the headers of those that came."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.requests = answer, []
        self.stopped = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.requests.append(dict(self.headers))
                self.close_connection = True
                with suppress(BrokenPipeError, ConnectionResetError):
                    outer.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.host = f"127.0.0.1:{self.http.server_address[1]}"
        self.url = f"http://{self.host}/calendar.ics"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.stopped.set()
        self.http.shutdown()
        self.http.server_close()

    def serves(self, body: str | bytes, **headers: str) -> None:
        """Let it answer with a calendar, and "unchanged" where it is asked for that."""
        content = body.encode() if isinstance(body, str) else body

        def answer(handler: BaseHTTPRequestHandler) -> None:
            etag = headers.get("ETag")
            if etag and handler.headers.get("If-None-Match") == etag:
                handler.send_response(304)
                handler.end_headers()
                return
            send(handler, content, headers=headers)

        self.answer = answer


@contextmanager
def running(answer: Answer) -> Iterator[Server]:
    server = Server(answer)
    try:
        yield server
    finally:
        server.stop()


def send(
    handler: BaseHTTPRequestHandler, body: bytes = b"", status: int = 200, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def not_found(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"gone", 404)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"X-NOISE:0123456789012345678901234567890123456789\r\n" * 200)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"X")
        handler.wfile.flush()
        time.sleep(0.2)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(60)


def claims_two_gigabytes(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(2 * 1024**3))
    handler.end_headers()
    handler.wfile.write(b"BEGIN:VCALENDAR\r\n")


def huge_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        handler.wfile.write(b"x" * 65536)


def bomb(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"BEGIN:VEVENT\r\n" * 4_000_000, 9), headers={"Content-Encoding": "gzip"})


def to(address: str) -> Answer:
    return lambda handler: send(handler, status=302, headers={"Location": address})


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
