"""A page as a reader and a search engine see it: the one place that knows which element holds what."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

LANGUAGES = ["da", "en", "de", "pl", "ru"]
OTHERS = LANGUAGES[1:]
CPR = "guide/ankomst/cpr-nummer/"
TAX = "guide/ankomst/skattekort/"


@dataclass(frozen=True)
class SwitcherEntry:
    """One language in the language switcher."""

    language: str
    marked_as: str
    name: str
    address: str
    is_current: bool


@dataclass
class Reading:
    """What came back for one address."""

    response: HttpResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def leads_to(self) -> str:
        return self.response.headers["Location"]

    @cached_property
    def text(self) -> str:
        return self.response.content.decode()

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")

    # What search engines are told -------------------------------------------------------------------------------------

    @property
    def canonical(self) -> str:
        (link,) = self.soup.head.find_all("link", rel="canonical")
        return link["href"]

    @property
    def alternates(self) -> dict[str, str]:
        links = self.soup.head.find_all("link", rel="alternate", hreflang=True)
        found = {link["hreflang"]: link["href"] for link in links}
        assert len(found) == len(links), "a language is named twice"
        return found

    @property
    def is_indexed(self) -> bool:
        return not any("noindex" in tag["content"] for tag in self.soup.head.find_all("meta", attrs={"name": "robots"}))

    # What people see --------------------------------------------------------------------------------------------------

    @property
    def page_language(self) -> str:
        return self.soup.html["lang"]

    @property
    def text_language(self) -> str:
        return self.soup.main["lang"]

    @property
    def heading(self) -> str:
        return self.soup.main.h1.get_text(strip=True)

    @property
    def main_text(self) -> str:
        return self.soup.main.get_text(" ", strip=True)

    @property
    def switcher(self) -> list[SwitcherEntry]:
        return [
            SwitcherEntry(
                link["hreflang"], link["lang"], link.get_text(strip=True), link["href"], link.has_attr("aria-current")
            )
            for link in self.soup.header.select("nav.languages a[hreflang]")
        ]

    @property
    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [(link["href"], link.get_text(strip=True)) for link in self.soup.select("nav.breadcrumbs a")]

    @property
    def sections(self) -> list[str]:
        return [link["href"] for link in self.soup.select("nav.sections a") if not is_way_out(link)]

    @property
    def notes(self) -> list[Tag]:
        return self.soup.main.select("aside.local-note")

    @property
    def links(self) -> list[Tag]:
        """All links to pages of this site."""
        return [link for link in self.soup.body.find_all("a", href=True) if is_internal(link["href"])]

    def links_of_text(self, text: str) -> list[str]:
        """The addresses behind the links with exactly this text, "" for a link without an address."""
        return [a.get("href", "") for a in self.soup.main.find_all("a") if a.get_text(strip=True) == text]

    def leaving(self, municipality: str) -> list[str]:
        """The links that lead out of a municipality, but for the one that says so."""
        inside = re.compile(rf"/[a-z]+/{municipality}/")
        return [link["href"] for link in self.links if not is_way_out(link) and not inside.match(path_of(link["href"]))]


def is_internal(address: str) -> bool:
    """Say whether an address belongs to this site."""
    return address.startswith(("/", settings.BASE_URL)) and not address.startswith("//")


def is_way_out(link: Tag) -> bool:
    """Say whether a link declares itself as the way out of the municipality."""
    return "up" in link.get("rel", [])


def path_of(address: str) -> str:
    """Return the path of an address."""
    return urlsplit(address).path


def read(client: Client, path: str, **headers: str) -> Reading:
    """Ask for an address, without following redirects."""
    return Reading(client.get(path, headers=headers or None))
