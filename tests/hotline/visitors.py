"""Somebody who goes through the steps of booking with scripts off: sends forms as they stand in the page."""

import re
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client


class Forms(HTMLParser):
    """The forms of a page, with what they would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms and their fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"method": given.get("method", "get"), "action": given.get("action", ""), "fields": {}})
        elif tag == "input" and self.forms and "disabled" not in given:
            self._input(given)
        elif tag == "select":
            self._select = given["name"]
            self.forms[-1]["fields"].setdefault(self._select, "")
        elif tag == "option" and "selected" in given:
            self.forms[-1]["fields"][self._select] = given.get("value", "")

    def _input(self, given: dict[str, str]) -> None:
        if given.get("type") in {"radio", "checkbox"} and "checked" not in given:
            return
        if given.get("name"):
            self.forms[-1]["fields"][given["name"]] = given.get("value", "")


class Visitor:
    """One visitor with a browser without scripts."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.address = ""
        self.response: HttpResponse = HttpResponse()

    @property
    def html(self) -> str:
        """What the browser shows."""
        return self.response.content.decode()

    @property
    def heading(self) -> str:
        """The heading of the page."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""

    def open(self, address: str) -> "Visitor":
        """Open an address."""
        self.address = address
        self.response = self.client.get(address)
        return self._follow()

    def send(self, part: str = "book/", action: str = "", **values: str) -> "Visitor":
        """Fill in the form whose action holds this, and send it by the button with this address."""
        forms = [form for form in Forms(self.html).forms if part in urljoin(self.address, form["action"])]
        form = forms[0]
        fields = {**form["fields"], **values}
        address = urljoin(self.address, action or form["action"])
        self.address = address
        if form["method"] == "get" and not action:
            self.response = self.client.get(address, fields)
        else:
            with patch("portal.visitor_forms.FASTEST", -1):
                self.response = self.client.post(address, fields)
        return self._follow()

    def _follow(self) -> "Visitor":
        while self.response.status_code in {302, 303}:
            self.address = urljoin(self.address, self.response["Location"])
            self.response = self.client.get(self.address)
        self.address = urlsplit(self.address).path
        return self
