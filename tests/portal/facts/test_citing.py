"""A page can cite only what exists, whichever road its text takes into the database."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.segments import TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.blocks import BodyBlock
from portal.facts.fields import CitingCharBlock, CitingRichTextBlock
from tests.factories import AUTHORITY, block, make_fact, make_term
from tests.portal.facts.page_form import card_value, refusals, section_value, send
from tests.portal.small_site import admin_browser, make_small_site, section, stream
from welcome_pages.models import GuidePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_small_site(languages=())


def no_fact(key):
    return gettext("The fact register has no fact “%(key)s”.") % {"key": key}


def no_term(key):
    return gettext("The glossary has no term “%(key)s”.") % {"key": key}


def messages(error):
    return list(error.value.messages)


# Blocks ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "said"), [("[[nope]]", no_fact), ("[[term:nope]]", no_term)])
def test_a_block_refuses_what_does_not_exist_by_name(text, said):
    for citing_block, value in ((CitingCharBlock(), text), (CitingRichTextBlock(), RichText(f"<p>{text}</p>"))):
        with pytest.raises(ValidationError) as refused:
            citing_block.clean(value)
        assert messages(refused) == [said("nope")]


def test_a_block_accepts_what_exists():
    make_fact("doctor")
    make_term("cpr", "CPR-nummer")
    text = "Ring [[doctor]] om [[term:cpr|dit CPR-nummer]]"
    assert CitingCharBlock().clean(text) == text
    assert CitingRichTextBlock().clean(RichText(f"<p>{text}</p>")).source == f"<p>{text}</p>"


def test_everything_that_is_wrong_is_said_at_once_and_once():
    with pytest.raises(ValidationError) as refused:
        CitingCharBlock().clean("[[a]] [[b]] [[a]] [[term:c]]")
    assert messages(refused) == [no_fact("a"), no_fact("b"), no_term("c")]


@pytest.mark.parametrize("text", ["[[Doctor]]", "[[doctor]", "[[out of hours]]"])
def test_broken_brackets_are_explained(text):
    make_fact("doctor")
    with pytest.raises(ValidationError, match=r"\[\[term:cpr-nummer\]\]"):
        CitingCharBlock().clean(text)


def test_a_fact_and_a_term_with_the_same_key_are_not_mistaken_for_each_other():
    make_fact("doctor")
    with pytest.raises(ValidationError) as refused:
        CitingCharBlock().clean("[[term:doctor]]")
    assert messages(refused) == [no_term("doctor")]


@pytest.mark.parametrize(
    "raw",
    [
        block("section", {"heading": "Ring [[nope]]", "text": "<p>x</p>"}, "b1"),
        block("section", {"heading": "x", "text": "<p>[[nope]]</p>"}, "b1"),
        block("warning", "<p>[[nope]]</p>", "b1"),
        block("note", "<ul><li>[[nope]]</li></ul>", "b1"),
    ],
    ids=["heading", "section", "warning", "note"],
)
def test_every_text_block_of_a_page_checks_what_it_cites(raw):
    stream_block = BodyBlock()
    with pytest.raises(ValidationError) as refused:
        stream_block.clean(stream_block.to_python([raw]))
    assert no_fact("nope") in str(refused.value.as_json_data())


# Models: loaders and translations validate no block -------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    ["search_description", "summary", "what_to_bring", "how_it_goes", "what_happens_next"],
)
@pytest.mark.parametrize(("text", "said"), [("[[nope]]", no_fact), ("[[term:nope]]", no_term)])
def test_full_clean_refuses_it_in_every_field(site, field, text, said):
    page = site.guide()
    setattr(page, field, text)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert said("nope") in messages(refused)


def test_full_clean_refuses_it_in_blocks_which_django_itself_does_not_validate(site):
    page = site.guide()
    page.body = stream(page, section("<p>[[nope]]</p>", heading="[[term:neither]]"))
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert set(messages(refused)) == {no_fact("nope"), no_term("neither")}


@pytest.mark.parametrize("field", ["body", "deadlines", "sources"])
def test_full_clean_refuses_a_card_or_a_list_that_shows_what_does_not_exist(site, field):
    page = site.guide()
    item = {"type": "item", "value": "nope", "id": "i1"}
    card = block("contact", {"heading": "Kontakt", "facts": [item]}, "c1")
    raw = card if field == "body" else block("fact", "nope", "f1")
    setattr(page, field, page._meta.get_field(field).to_python([raw]))
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert messages(refused) == [no_fact("nope")]


def test_saving_a_page_by_code_is_refused_too(site):
    page = site.guide()
    page.summary = "[[nope]]"
    with pytest.raises(ValidationError):
        page.save()
    with pytest.raises(ValidationError):
        page.save_revision()
    assert GuidePage.objects.get(pk=page.pk).summary == ""


def test_a_fact_that_was_made_a_moment_ago_can_be_cited(site):
    page = site.guide()
    page.summary = "[[doctor]]"
    with pytest.raises(ValidationError):
        page.full_clean()
    make_fact("doctor")
    page.full_clean()


# The admin ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("publish", [True, False], ids=["publish", "draft"])
@pytest.mark.parametrize(
    "body",
    [
        ("section", section_value("<p>Ring [[nope]]</p>")),
        ("section", section_value("<p>x</p>", heading="[[nope]]")),
        ("warning", rich_text("<p>[[nope]]</p>")),
    ],
    ids=["section", "heading", "warning"],
)
def test_the_edit_form_refuses_a_block_and_says_which_fact_is_missing(site, body, publish):
    page = site.guide()
    revision = page.latest_revision_id
    response = send(admin_browser(), page, body, publish=publish)
    assert no_fact("nope") in refusals(response)
    assert Page.objects.get(pk=page.pk).latest_revision_id == revision


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("summary", "[[nope]]", no_fact),
        ("summary", "[[term:nope]]", no_term),
        ("what_to_bring", rich_text("<p>[[nope]]</p>"), no_fact),
    ],
)
def test_the_edit_form_refuses_a_field_and_says_what_is_missing(site, field, text, said):
    page = site.guide()
    response = send(admin_browser(), page, **{field: text})
    assert said("nope") in refusals(response)
    assert GuidePage.objects.get(pk=page.pk).summary == ""


def test_the_edit_form_refuses_a_card_with_a_fact_that_does_not_exist(site):
    page = site.guide()
    make_fact("doctor")
    response = send(admin_browser(), page, ("contact", card_value("doctor", "nope")))
    refusals(response)
    assert list(GuidePage.objects.get(pk=page.pk).cited_facts()) == [AUTHORITY]


def test_the_edit_form_publishes_what_exists(site):
    make_fact("doctor")
    make_fact("move", "P5D", "deadline")
    make_term("cpr", "CPR-nummer")
    page = site.guide()
    response = send(
        admin_browser(),
        page,
        ("section", section_value("<p>Ring [[doctor]]</p>", heading="Om [[term:cpr]]")),
        ("contact", card_value("doctor")),
        lists={"deadlines": ["move"]},
        summary="Inden [[move]]",
    )
    assert response.status_code == 302
    page = GuidePage.objects.get(pk=page.pk)
    assert "Ring [[doctor]]</p>" in page.body[0].value["text"].source
    assert sorted(page.cited_facts()) == [AUTHORITY, "doctor", "move"]


# The reference index --------------------------------------------------------------------------------------------------


def citing_pages(item):
    return [str(source) for source, _references in ReferenceIndex.get_grouped_references_to(item)]


@pytest.mark.parametrize(
    "fields",
    [
        {"summary": "[[doctor]]"},
        {"what_to_bring": "<p>[[doctor]]</p>"},
        {"body": [section("<p>Ring [[doctor]]</p>")]},
        {"body": [section("<p>x</p>", heading="[[doctor]]")]},
        {"body": [block("contact", {"heading": "x", "facts": [{"type": "item", "value": "doctor", "id": "i"}]}, "c")]},
        {"sources": [block("fact", "doctor", "f")]},
    ],
    ids=["short text", "rich text", "section", "heading", "card", "list"],
)
def test_the_reference_index_knows_who_cites_a_fact(site, fields):
    fact = make_fact("doctor")
    other = make_fact("fire", "112")
    body = fields.pop("body", [])
    site.guide("laege", *body, **fields)
    assert citing_pages(fact) == ["Laege"]
    assert citing_pages(other) == []


def test_the_reference_index_knows_who_cites_a_term(site):
    term = make_term("cpr", "CPR-nummer")
    make_fact("cpr")
    site.guide("laege", section("<p>[[term:cpr|CPR-nummeret]]</p>"))
    assert citing_pages(term) == ["Laege"]


# Search and translators -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "number"), [("da", "70 11 31 31"), ("pl", "+45 70 11 31 31")])
def test_search_finds_a_page_by_the_values_of_its_facts_and_not_by_their_keys(site, language, number):
    make_fact("doctor")
    make_term("cpr", "CPR-nummer")
    ring = section("<p>Ring [[doctor]] &amp; vent</p>", heading="Om [[term:cpr]]")
    note = block("note", "<p>[[doctor]]</p>", "b2")
    page = site.guide("laege", ring, note, what_to_bring="<p>Dit [[term:cpr|nummer]]</p>", summary="Nu: [[doctor]]")
    with override(language):
        found = page.search_text()
    assert found.count(number) == 3
    assert found.count("CPR-nummer") == 2
    assert "Ring " in found
    assert "& vent" in found
    assert "[[" not in found


def test_a_chosen_fact_is_the_same_in_every_language_and_is_not_offered_to_translators(site):
    make_fact("doctor")
    item = {"type": "item", "value": "doctor", "id": "i1"}
    card = block("contact", {"heading": "Kontakt", "facts": [item]}, "c1")
    page = site.guide("laege", card, sources=[block("fact", "doctor", "f1")])
    texts = [segment for segment in extract_segments(page) if not isinstance(segment, TemplateSegmentValue)]
    assert {segment.path for segment in texts} == {"title", "body.c1.heading"}
