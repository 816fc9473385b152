"""The list of all external addresses on public pages, with the date of the source."""

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.external_addresses.collecting import external_addresses
from tests.factories import add_guide, block, make_fact, publish, translate

pytestmark = pytest.mark.django_db


def typed(address: str, number: int = 1) -> dict:
    """Return a section in whose text somebody has typed a link."""
    return block("section", {"heading": "Mere", "text": f'<p>Se <a href="{address}">her</a>.</p>'}, f"t{number}")


def listed() -> dict[str, tuple[str, list[str]]]:
    """Return address → (key of the fact, titles of the pages)."""
    return {one.address: (one.fact, [page.title for page in one.pages]) for one in external_addresses()}


@pytest.fixture
def siri(tree, commits):
    """A guide that names a fact among its official pages, with an English page for other languages."""
    make_fact(
        "link-siri",
        "https://siri.example.dk/da",
        "link",
        other_languages={"en": "https://siri.example.dk/en?a=1&b=2"},
        label={"da": "SIRI"},
        checked_on=datetime.date(2026, 11, 1),
        check_again_on=datetime.date(2027, 5, 1),
        confidence="M",
    )
    guide = add_guide(tree.arrival, "ophold", title="Ophold", sources=[block("fact", "link-siri", "f1")])
    call_command("sync_locale_trees")  # the guide in the other languages, as a task makes it every hour
    return guide


def test_a_fact_is_listed_with_its_source_and_the_pages_that_cite_it(tree, siri):
    tree.cpr.body = [block("note", "<p>Se [[link-siri]].</p>", "n1")]
    publish(tree.cpr)
    (danish,) = [one for one in external_addresses() if one.address == "https://siri.example.dk/da"]
    assert (danish.fact, danish.language) == ("link-siri", "da")
    assert danish.source == ("source.dk", datetime.date(2026, 11, 1), datetime.date(2027, 5, 1), "M")
    assert [(page.title, page.url) for page in danish.pages] == [
        ("Cpr nummer", "/da/guide/ankomst/cpr-nummer/"),
        ("Ophold", "/da/guide/ankomst/ophold/"),
    ]


def test_the_address_for_readers_of_another_language_is_listed_too(siri):
    found = {one.address: one.language for one in external_addresses()}
    assert found["https://siri.example.dk/en?a=1&b=2"] == "en"


def test_a_fact_that_no_public_page_cites_is_not_listed(siri):
    make_fact("link-unused", "https://unused.example.dk/", "link")
    assert "https://unused.example.dk/" not in listed()
    siri.unpublish()
    assert "https://siri.example.dk/da" not in listed()


def test_an_address_in_a_text_is_listed_without_a_date(tree):
    add_guide(
        tree.arrival,
        "andet",
        title="Andet",
        summary="Skriv på https://plain.example.dk/side. Eller ring.",
        what_to_bring='<p><a href="https://typed.example.dk/?a=1&amp;b=2">skema</a></p>',
        body=[typed("https://body.example.dk/x")],
    )
    assert listed() == {
        "https://body.example.dk/x": ("", ["Andet"]),
        "https://plain.example.dk/side": ("", ["Andet"]),
        "https://typed.example.dk/?a=1&b=2": ("", ["Andet"]),
    }
    assert all(one.source is None for one in external_addresses())


def test_addresses_of_this_site_are_none(tree, settings):
    add_guide(tree.arrival, "andet", body=[typed(f"{settings.BASE_URL}/da/guide/")])
    assert listed() == {}


def test_what_only_some_may_read_is_not_listed(tree):
    guide = add_guide(tree.arrival, "andet", body=[typed("https://secret.example.dk/")])
    PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert listed() == {}


def test_a_page_counts_once_in_all_its_languages(tree, commits):
    guide = add_guide(tree.arrival, "andet", title="Andet", body=[typed("https://body.example.dk/x")])
    translate(guide, "pl")
    (only,) = external_addresses()
    assert [page.url for page in only.pages] == ["/da/guide/ankomst/andet/"]


# The report -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(client, siri, tree):
    add_guide(tree.arrival, "andet", title="Andet", body=[typed("https://body.example.dk/x")])
    client.force_login(User.objects.create_superuser("editor", "editor@example.dk", "x" * 20))
    return client


def rows(client, **query):
    html = client.get(reverse("portal_external_addresses"), query).content.decode()
    table = BeautifulSoup(html, "html.parser").select("main table tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in table]


def test_editors_see_the_list_and_what_has_no_date(editor):
    first, second, _third = rows(editor)
    assert first[0] == "https://body.example.dk/x"
    assert (first[1], first[2]) == ("skrevet på en side, ikke en oplysning", "ingen dato")
    assert first[-1] == "1: Andet"
    assert second[0] == "https://siri.example.dk/da"
    assert second[1] == "link-siri: source.dk"
    assert "2026" in second[2]


def test_the_list_is_searched_and_sorted(editor):
    assert [row[0] for row in rows(editor, q="BODY")] == ["https://body.example.dk/x"]
    assert rows(editor, q="nope") == []
    assert rows(editor, ordering="-check_again_on")[0][0] == "https://body.example.dk/x"
    assert rows(editor, ordering="nonsense") == rows(editor)


def test_it_is_exported_as_a_table(editor):
    answer = editor.get(reverse("portal_external_addresses"), {"export": "csv"})
    exported = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    assert exported[1][:3] == ["https://body.example.dk/x", "skrevet på en side, ikke en oplysning", "ingen dato"]
    assert exported[2][2:5] == ["2026-11-01", "2027-05-01", "Mellem: officiel, men gammel, eller kun delvist bekræftet"]
    assert editor.get(reverse("portal_external_addresses"), {"export": "xlsx"}).status_code == 200


def test_the_command_prints_the_same_as_a_table(editor):
    output = io.StringIO()
    call_command("check_content", "--addresses", stdout=output)
    found = list(csv.DictReader(io.StringIO(output.getvalue())))
    assert [row["Address"] for row in found] == sorted(listed())
    assert found[0]["Checked on"] == "no date"
    assert found[1]["Checked on"] == "2026-11-01"
    assert found[1]["Addresses of these pages"] == "/da/guide/ankomst/ophold/"


def test_it_costs_the_same_with_one_and_with_many_pages(tree, siri):
    counts = []
    for number in range(9):
        add_guide(tree.arrival, f"side-{number}", body=[typed(f"https://body.example.dk/{number}")])
        if number in {0, 8}:
            external_addresses()
            with CaptureQueriesContext(connection) as captured:
                external_addresses()
            counts.append(len(captured))
    assert counts[0] == counts[1]
