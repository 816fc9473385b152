"""Fails when Wagtail's own search can do what ours is for: docs/departures/public-search.md tells what to delete then."""

import pytest
from wagtail.models import Page

from tests.factories import Tree, add_guide, translate


@pytest.mark.storage
@pytest.mark.parametrize("typed", ["skattekortets", "boernehave", "hvor får jeg en børnehave"])
def test_stock_wagtail_does_not_find_a_danish_word_as_people_type_it(tree: Tree, typed: str):
    add_guide(tree.arrival, "boernehave", title="Børnehave", summary="Skriv dit barn op.")
    assert not [page for page in Page.objects.live().search(typed) if page.slug in {"skattekort", "boernehave"}]


def test_stock_wagtail_does_not_find_the_danish_word_among_polish_pages(tree: Tree):
    translate(tree.tax, "pl", strings={"Skattekort": "Karta podatkowa", "Skat af løn.": "Podatek od wynagrodzenia."})
    polish = Page.objects.live().filter(locale=tree.locales["pl"])
    assert not [page for page in polish.search("skattekort") if page.title == "Karta podatkowa"]
