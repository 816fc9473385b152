"""A title or summary that is still Danish is marked as Danish wherever it stands, not on its own page only."""

import pytest

from tests.factories import Tree, build_tree, in_language, translate
from tests.portal.elements import by_text, language_of
from tests.portal.pages.conftest import reader
from tests.portal.pages.reading import CPR, TAX
from tests.portal.texts.reader import change
from tests.snapshots import built_once

__all__ = ["reader"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits", "waiting_tasks")]


@pytest.fixture
def half(commits) -> Tree:
    """The small site, half of it in Polish."""
    return build_half()


@built_once
def build_half() -> Tree:
    """Build the small site in Polish: everywhere the title is Danish and the rest Polish, in "Tax" the other way round."""
    tree = build_tree()
    change(tree.guides, summary="Alt om livet her.", show_in_menus=True)
    change(tree.arrival, summary="De første dage.")
    change(tree.language_centre, summary="Lær dansk.")
    change(tree.tax, related=[{"type": "guide", "value": tree.cpr.pk, "id": "r1"}])
    change(tree.home, featured=[{"type": "page", "value": tree.cpr.pk, "id": "f1"}])
    change(in_language(tree.home, "pl"), featured=[{"type": "page", "value": tree.cpr.pk, "id": "f1"}])
    words = {
        "Dit nummer i Danmark.": "Twój numer w Danii.",
        "Alt om livet her.": "Wszystko o życiu tutaj.",
        "De første dage.": "Pierwsze dni.",
        "Lær dansk.": "Naucz się duńskiego.",
    }
    for page in (tree.guides, tree.arrival, tree.cpr, tree.language_centre):
        translate(page, "pl", strings=words)
    translate(tree.tax, "pl", strings={"Skattekort": "Karta podatkowa"})
    return tree


@pytest.mark.parametrize(
    ("path", "danish", "polish"),
    [
        ("", "Ankomst", "Pierwsze dni."),  # life situations
        ("guide/ankomst/", "Cpr nummer", "Twój numer w Danii."),
        ("herning/", "Sprogcenter", "Naucz się duńskiego."),
        ("herning/", "Ankomst", "Pierwsze dni."),
    ],
)
def test_a_danish_title_in_a_list_is_marked_and_its_translated_summary_is_not(half, reader, path, danish, polish):
    main = reader(f"/pl/{path}").soup.main
    assert language_of(by_text(main, danish)) == "da"
    assert language_of(by_text(main, polish)) == "pl"


def test_a_danish_summary_in_a_list_is_marked_and_its_translated_title_is_not(half, reader):
    main = reader("/pl/guide/ankomst/").soup.main
    assert language_of(by_text(main, "Karta podatkowa")) == "pl"
    assert language_of(by_text(main, "Skat af løn.")) == "da"


@pytest.mark.parametrize(
    ("path", "place", "danish"),
    [
        ("", "section[aria-labelledby=featured-heading]", "Cpr nummer"),
        (TAX, "nav.breadcrumbs", "Ankomst"),
        ("", "nav.sections", "Guide"),
        ("nope/", "nav.sections", "Guide"),
        (TAX, "section.related", "Cpr nummer"),
    ],
)
def test_a_danish_title_is_marked_in_menu_breadcrumbs_and_links(half, reader, path, place, danish):
    found = reader(f"/pl/{path}").soup.select_one(place)
    assert language_of(by_text(found, danish)) == "da"


def test_a_translated_title_is_not_marked(half, reader):
    translate(half.cpr, "pl", strings={"Cpr nummer": "Numer CPR"})
    assert language_of(by_text(reader("/pl/guide/ankomst/").soup.main, "Numer CPR")) == "pl"
    assert reader(f"/pl/{CPR}").status == 200
