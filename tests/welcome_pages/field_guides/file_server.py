"""A server that answers as the servers of authorities do: well, wrongly, slowly or never."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class FileServer:
    """Serves `/form.pdf` and some addresses that go wrong."""

    def __init__(self) -> None:
        self.file = b"%PDF first version"
        self.closing = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.answer(self)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True

    def __enter__(self) -> "FileServer":
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()

    def address(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"http://127.0.0.1:{self.http.server_port}{path}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        if request.path == "/form.pdf":
            self.send(request, 200, self.file)
        elif request.path == "/page":
            self.send(request, 200, b"<html></html>", "text/html; charset=utf-8")
        elif request.path == "/empty":
            self.send(request, 200, b"")
        elif request.path == "/moved":
            self.redirect(request, "/form.pdf")
        elif request.path == "/circle":
            self.redirect(request, "/circle")
        elif request.path == "/elsewhere":
            self.redirect(request, "file:///etc/hostname")
        elif request.path == "/broken":
            self.head(request, 200, "1000")
            request.wfile.write(b"%PDF")
        elif request.path == "/error":
            self.send(request, 500, b"oops")
        elif request.path == "/never":
            self.closing.wait(10)
        elif request.path == "/drip":
            self.drip(request)
        else:
            self.send(request, 404, b"not here")

    def head(self, request: BaseHTTPRequestHandler, status: int, length: str, kind: str = "application/pdf") -> None:
        """Send the head of an answer."""
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", length)
        request.end_headers()

    def send(self, request: BaseHTTPRequestHandler, status: int, body: bytes, kind: str = "application/pdf") -> None:
        """Send a whole answer."""
        self.head(request, status, str(len(body)), kind)
        request.wfile.write(body)

    def redirect(self, request: BaseHTTPRequestHandler, target: str) -> None:
        """Send elsewhere."""
        request.send_response(302)
        request.send_header("Location", target)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def drip(self, request: BaseHTTPRequestHandler) -> None:
        """Send a byte of the head now and then, so that no single read takes too long."""
        try:
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.closing.wait(0.1):
                request.wfile.write(b"x")
                request.wfile.flush()
        except OSError:
            pass
