"""A translation service on this machine: it answers as DeepL's and LibreTranslate's programming interfaces do.

It keeps tags and damages every word outside of them, as a real service does with a word that it does not know.
"""

import html
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from portal.texts.translators import GuardedDeepLTranslator

KEY = "the-key"
MOST_TEXTS = 50
TAG = re.compile(r"(<[^>]+>)")


def damage(text: str) -> str:
    """Change the case of every word outside of tags: `[[doctor]]` becomes `[[DOCTOR]]`."""

    def change(part: str) -> str:
        return part if TAG.match(part) else html.escape(html.unescape(part).swapcase(), quote=False)

    return "".join(map(change, TAG.split(text)))


class Service(ThreadingHTTPServer):
    """The service, with what it was asked and how it shall misbehave."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self.status = 200
        self.body: bytes | None = None
        self.change = lambda text: text
        """What happens to each answer on top."""
        self.leaves_out = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def texts(self) -> list[list[str]]:
        """The texts of every request."""
        return [request["texts"] for request in self.requests]


class Handler(BaseHTTPRequestHandler):
    """Answers `/v2/translate` (DeepL, a form) and `/translate` (LibreTranslate, JSON)."""

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = self.deepl(content) if self.path == "/v2/translate" else self.libretranslate(content)
        self.server.requests.append(asked)
        if self.server.status != 200 or self.server.body is not None:
            return self.answer(self.server.status, self.server.body or b'{"message": "no"}')
        if asked["key"] != KEY:
            return self.answer(403, b'{"message": "Forbidden"}')
        if len(asked["texts"]) > MOST_TEXTS:
            return self.answer(400, b'{"message": "Too many texts in request."}')
        translated = [self.server.change(damage(text)) for text in asked["texts"]]
        translated = translated[: len(translated) - self.server.leaves_out]
        return self.answer(200, json.dumps(asked["wrap"](translated)).encode())

    def deepl(self, content: str) -> dict[str, Any]:
        form = parse_qs(content, keep_blank_values=True)
        assert form["tag_handling"] == ["xml"]
        for text in form["text"]:
            ElementTree.fromstring(f"<text>{text}</text>")
        return {
            "key": self.headers.get("Authorization", "").removeprefix("DeepL-Auth-Key "),
            "texts": form["text"],
            "from": form["source_lang"][0],
            "to": form["target_lang"][0],
            "wrap": lambda texts: {"translations": [{"text": text} for text in texts]},
        }

    def libretranslate(self, content: str) -> dict[str, Any]:
        asked = json.loads(content)
        assert asked["format"] == "html"
        return {
            "key": asked["api_key"],
            "texts": asked["q"],
            "from": asked["source"],
            "to": asked["target"],
            # It parses and writes HTML: `<x id="1"/>` comes back as `<x id="1"></x>`.
            "wrap": lambda texts: {"translatedText": [str(BeautifulSoup(text, "html.parser")) for text in texts]},
        }

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Keep the output of the tests free of requests."""


@contextmanager
def running() -> Iterator[Service]:
    """Run the service while a test needs it."""
    service = Service()
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()
        thread.join()


class NearbyDeepLTranslator(GuardedDeepLTranslator):
    """DeepL at the address of the options."""

    def get_api_endpoint(self) -> str:
        return f"{self.options['ADDRESS']}/v2/translate"
