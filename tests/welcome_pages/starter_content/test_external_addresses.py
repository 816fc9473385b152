"""Every external address that the shipped pages show stands in the report of external addresses, with its source."""

import csv
import io
import re
from html import unescape

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from portal.external_addresses.collecting import external_addresses
from portal.pages.rows import relative_path
from portal.pages.sitemap import public_pages

pytestmark = [pytest.mark.starter, pytest.mark.xdist_group("starter"), pytest.mark.usefixtures("starter_site")]

HREF = re.compile(r'(?:href|action|src)="(https?://[^"]+)"')
FURTHER = (
    "plan/?who=permit&why=work&stay=long&children=1&m=herning&arrival=2027-01-04",
    "plan/?who=commuter&why=work&stay=short&children=0&m=holstebro&arrival=2027-01-04",
    "herning/plan/?who=eu&why=family&stay=long&children=1&arrival=2027-01-04",
    "struer/velkomstpakke/",
    "holstebro/kalender/",
    "hotline/book/",
    "ikast-brande/guide/fritid/internationale-klubber/",
)
"""Addresses that show more than the page at the plain one."""


def addresses_shown(language: str) -> dict[str, str]:
    """Return every external address on the public pages of a language, with a page that shows it."""
    pages = public_pages().filter(locale__language_code=language).order_by("path")
    paths = [relative_path(url_path) for url_path in pages.values_list("url_path", flat=True)]
    client, found = Client(), {}
    for path in dict.fromkeys([*paths, *FURTHER]):
        answer = client.get(f"/{language}/{path}", follow=True)
        assert answer.status_code == 200, f"/{language}/{path}"
        body = re.sub(r"<head>.*?</head>", "", answer.content.decode(), flags=re.DOTALL)
        for address in HREF.findall(body):
            if not address.startswith((f"{settings.BASE_URL}/", "http://testserver/")):
                found.setdefault(unescape(address), f"/{language}/{path}")
    return found


@pytest.mark.parametrize("language", ["da", "en", "de", "pl", "ru"])
def test_every_address_on_a_public_page_is_in_the_list(language):
    listed = {one.address for one in external_addresses()}
    assert {address: page for address, page in addresses_shown(language).items() if address not in listed} == {}


def test_the_shipped_texts_type_no_address_that_could_be_a_fact():
    undated = {one.address for one in external_addresses() if one.source is None}
    assert {address for address in undated if not address.startswith("https://example.org")} == {
        "https://www.datatilsynet.dk/"
    }


def test_every_listed_fact_says_when_it_was_checked_and_who_cites_it():
    for one in external_addresses():
        assert one.pages, one.address
        if one.fact:
            assert one.source is not None
            assert one.source.checked_on < one.source.check_again_on
            assert one.source.confidence in {"H", "M"}


def test_the_command_prints_the_same_list_as_a_table():
    output = io.StringIO()
    call_command("check_content", "--addresses", stdout=output)
    rows = list(csv.DictReader(io.StringIO(output.getvalue())))
    assert [row["Address"] for row in rows] == [one.address for one in external_addresses()]
    assert all(row["Checked on"] for row in rows)
