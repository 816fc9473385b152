"""Reads the whole site over HTTP, following every link from the five home pages, and keeps what the tests ask about."""

import http.client
import itertools
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.conftest import LANGUAGES, MUNICIPALITIES

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
OTHER_SHEET = re.compile(r"/guide/(?!ankomst/cpr-nummer/).*/opslag/")
"""Every guide has a wall sheet beside each other language, in every municipality: those of one guide are read."""
DATE = re.compile(r"(.*/aktiviteter/[^/]+/)[\d-]+(/|\.ics)")
INLINE = frozenset({"a", "abbr", "b", "button", "code", "dfn", "em", "i", "small", "span", "strong", "time"})


@dataclass
class Link:
    """A link as it stands in a page."""

    url: str
    fragment: str
    rel: frozenset[str]
    language: str
    """What `hreflang` says, empty without it."""
    in_switcher: bool


@dataclass
class Reading:
    """What one address answered."""

    path: str
    status: int
    cookie: str = ""
    html: str = ""
    language: str = ""
    main_language: str = ""
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    """Level and text."""
    canonical: str = ""
    is_noindex: bool = False
    alternates: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Addresses of style sheets, scripts and images."""
    ids: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Language as marked up, and text, of each part of each block."""

    @property
    def address(self) -> tuple[str, str, str]:
        """Return language, municipality (or ""), and what follows."""
        return split(self.path)


def split(path: str) -> tuple[str, str, str]:
    """Split the path of a page into language, municipality (or ""), and what follows."""
    _root, language, rest = path.split("/", 2)
    first, _slash, below = rest.partition("/")
    return (language, first, below) if first in MUNICIPALITIES else (language, "", rest)


class _Reader(HTMLParser):
    """Fills a `Reading` from HTML. The HTML checker has a test of its own, so elements may be taken as they come."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading
        self.stack: list[tuple[str, str, int]] = [("", "", 0)]
        self.numbers = itertools.count(1)
        self.parts: dict[tuple[int, str], list[str]] = defaultdict(list)
        self.switcher_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, and remember language and block of what it contains."""
        values = {name: value or "" for name, value in attrs}
        self._note(tag, values)
        if tag in VOID:
            return
        _tag, language, block = self.stack[-1]
        if tag not in INLINE or "popover" in values:
            block = next(self.numbers)
        self.stack.append((tag, values.get("lang", language), block))
        if tag == "nav" and values.get("class") == "languages":
            self.switcher_depth = len(self.stack)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while len(self.stack) > 1 and self.stack.pop()[0] != tag:
            pass
        if len(self.stack) < self.switcher_depth:
            self.switcher_depth = 0

    def handle_data(self, data: str) -> None:
        """Keep text by block and language; title and headings also by themselves."""
        tag, language, block = self.stack[-1]
        if tag == "title":
            self.reading.title += data
        elif tag not in {"script", "style"}:
            self.parts[block, language].append(data)
            if any(open_tag in HEADINGS for open_tag, _language, _block in self.stack):
                level, text = self.reading.headings.pop()
                self.reading.headings.append((level, text + data))

    def _note(self, tag: str, values: dict[str, str]) -> None:
        reading = self.reading
        if values.get("id"):
            reading.ids.append(values["id"])
        match tag:
            case "html":
                reading.language = values.get("lang", "")
            case "main":
                reading.main_language = values.get("lang", "")
            case heading if heading in HEADINGS:
                reading.headings.append((int(heading[1]), ""))
            case "a" if "href" in values:
                url, fragment = urldefrag(urljoin(reading.path, values["href"]))
                rel = frozenset(values.get("rel", "").split())
                is_inside = bool(self.switcher_depth)
                reading.links.append(Link(url, fragment, rel, values.get("hreflang", ""), is_inside))
            case "link":
                self._note_head_link(values)
            case "meta" if values.get("name") == "robots":
                reading.is_noindex = "noindex" in values["content"]
            case "img" | "script" if "src" in values:
                reading.files.append(values["src"])

    def _note_head_link(self, values: dict[str, str]) -> None:
        match values["rel"]:
            case "canonical":
                self.reading.canonical = values["href"]
            case "alternate":
                self.reading.alternates[values["hreflang"]] = values["href"]
            case "stylesheet" | "icon":
                self.reading.files.append(values["href"])


def read_html(path: str, status: int, html: str, cookie: str = "") -> Reading:
    """Return what the tests ask about a page."""
    reading = Reading(path, status, cookie, html)
    reader = _Reader(reading)
    reader.feed(html)
    reader.close()
    texts = [(language, " ".join("".join(parts).split())) for (_block, language), parts in reader.parts.items()]
    reading.texts = [(language, text) for language, text in texts if text]
    return reading


class Crawl:
    """All pages of the site by path."""

    def __init__(self, server: str) -> None:
        self.host = urlsplit(server).netloc
        self.pages: dict[str, Reading] = {}
        self.found_on: dict[str, str] = {}
        """Path → the first page that links there."""
        self.sitemap: list[str] = []
        self.dates: dict[tuple[str, ...], str] = {}
        """Activity, and page or file → the date that is read."""
        self._local = threading.local()

    def run(self) -> "Crawl":
        """Follow all links. Two workers of the server answer, so more threads than that gain little."""
        self.sitemap = re.findall(r"<loc>(.*?)</loc>", self.get("/sitemap.xml")[1])
        with ThreadPoolExecutor(3) as pool:
            waiting: set[Future[Reading]] = set()
            self._ask([f"/{language}/" for language in LANGUAGES], "the start", pool, waiting)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    reading = future.result()
                    self.pages[reading.path] = reading
                    if "?" not in reading.path:  # filters lead to ever more filters
                        self._ask(internal(reading), reading.path, pool, waiting)
        return self

    def _ask(self, paths: "Iterator[str] | list[str]", source: str, pool: ThreadPoolExecutor, waiting: set) -> None:
        for path in paths:
            if OTHER_SHEET.search(path):
                continue
            date = DATE.fullmatch(path)
            if date and self.dates.setdefault(date.groups(), path) != path:
                continue  # an activity has a page and a file for each of a hundred dates: one of them is read
            if path not in self.found_on:
                self.found_on[path] = source
                waiting.add(pool.submit(self.read, path))

    def get(self, path: str) -> tuple[int, str, str]:
        """Return status, text and cookie of an address, redirects not followed."""
        connection = http.client.HTTPConnection(self.host, timeout=120)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace"), answer.getheader("Set-Cookie") or ""
        finally:
            connection.close()

    def read(self, path: str) -> Reading:
        """Read one page; only pages of the site itself are looked into."""
        status, text, cookie = self.get(path)
        return (
            read_html(path, status, text, cookie)
            if text.lstrip().startswith("<!doctype")
            else Reading(path, status, cookie)
        )


def internal(reading: Reading) -> Iterator[str]:
    """Yield the paths on this site that a page links to or loads."""
    for link in reading.links:
        if link.url.startswith("/"):
            yield link.url
    yield from (file for file in reading.files if file.startswith("/"))
