"""Tokens never stand raw before a reader: summaries show the value, names refuse them, `<title>` has words."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override

from portal.municipalities.models import MunicipalityPage
from tests.factories import add_page, block, make_fact, make_term
from tests.portal.facts.page_form import card_value, refusals, send
from tests.portal.pages.conftest import reader
from tests.portal.pages.reading import CPR
from tests.portal.small_site import admin_browser, make_small_site, stream
from tests.portal.texts.reader import change
from tests.snapshots import commits, tree

__all__ = ["commits", "reader", "tree"]

pytestmark = pytest.mark.django_db

SAID = "Nothing can be cited here: this text also stands in titles and links. Write the words themselves."
SUMMARY = "Ring [[doctor]] om [[term:cpr]]."
LANGUAGES = ["da", "de", "pl", "ru"]


@pytest.fixture
def facts(db):
    make_fact("doctor", "70 11 31 31")
    make_term("cpr", "CPR-nummer")


@pytest.fixture
def citing(facts, tree):
    """The small site, whose guide, life situation, local page and home page cite in their summaries."""
    for page in (tree.cpr, tree.arrival, tree.language_centre, tree.home, tree.herning):
        change(page, summary=SUMMARY)
    return tree


@pytest.mark.parametrize(
    "path", ["", "guide/", "guide/ankomst/", CPR, f"herning/{CPR}", "herning/", "herning/sprogcenter/"]
)
def test_no_page_shows_a_token(citing, reader, path):
    page = reader(f"/da/{path}")
    assert page.status == 200
    assert "[[" not in page.response.content.decode()


@pytest.mark.parametrize("path", ["", "guide/ankomst/", "herning/"])
def test_a_summary_in_a_list_shows_the_value_of_its_fact(citing, reader, path):
    assert "70 11 31 31" in reader(f"/da/{path}").main_text


def test_the_description_for_search_engines_has_the_words(citing, reader):
    description = reader(f"/da/{CPR}").soup.find("meta", attrs={"name": "description"})["content"]
    assert description == "Ring 70 11 31 31 om CPR-nummer."


@pytest.mark.parametrize("token", ["[[doctor]]", "[[term:cpr]]", "[[term:cpr|nummer]]", "[[half"])
@pytest.mark.parametrize("name", ["title", "seo_title", "content_owner", "key"])
def test_a_name_cannot_cite(facts, name, token):
    page = make_small_site().guide()
    setattr(page, name, f"Ring {token}")
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert gettext(SAID) in refused.value.message_dict[name]


def test_the_name_of_a_municipality_cannot_cite(facts):
    page = add_page(make_small_site().home, MunicipalityPage, "herning", name="Herning")
    page.name = "Herning [[doctor]]"
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == ["name"]


def test_the_heading_of_a_contact_card_cannot_cite(facts):
    page = make_small_site().guide()
    item = {"type": "item", "value": "doctor", "id": "i1"}
    page.body = stream(page, block("contact", {"heading": "Ring [[doctor]]", "facts": [item]}, "c1"))
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert gettext(SAID) in " ".join(refused.value.messages)


def test_the_form_says_so(facts):
    page, browser = make_small_site().guide(), admin_browser()
    card = ("contact", card_value("doctor", heading="Ring [[doctor]]"))
    assert gettext(SAID) in refusals(send(browser, page, title="Ring [[doctor]]"))
    assert gettext(SAID) in refusals(send(browser, page, card))


@pytest.mark.usefixtures("catalogues")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_is_in_the_language_of_the_editor(language):
    with override(language):
        assert gettext(SAID) != SAID


def test_a_heading_and_a_text_may_cite(facts):
    page = make_small_site().guide()
    page.body = stream(page, block("section", {"heading": "Ring [[doctor]]", "text": "<p>[[doctor]]</p>"}, "b1"))
    page.summary = page.search_description = SUMMARY
    page.full_clean()
