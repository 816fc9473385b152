"""The trees of all languages have one shape: slugs and places follow the Danish page, and no page hides another."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from portal.municipalities.models import MunicipalityPage
from tests.factories import add_guide, add_page, in_language, publish, translate
from tests.portal.pages.forms import page_form
from tests.portal.pages.reading import CPR, LANGUAGES, TAX
from welcome_pages.models import GuideIndexPage, InformationPage, LocalPage, SituationPage

pytestmark = pytest.mark.django_db


def fresh(page):
    """Return a page as it is in the database now."""
    return type(page).objects.get(pk=page.pk)


# Slugs follow ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_slug_reaches_every_language_and_all_pages_below(translated, reader, language):
    section = fresh(translated.arrival)
    section.slug = "ankommet"
    publish(section)
    for path in ("guide/ankommet/", "guide/ankommet/cpr-nummer/", "herning/guide/ankommet/cpr-nummer/"):
        assert reader(f"/{language}/{path}").status == 200, path


def test_a_slug_changed_in_a_draft_reaches_nobody_before_it_is_published(translated, reader):
    guide = fresh(translated.cpr)
    guide.slug = "personnummer"
    draft = guide.save_revision()
    for language in LANGUAGES:
        assert reader(f"/{language}/{CPR}").status == 200
    draft.publish()
    for language in LANGUAGES:
        assert reader(f"/{language}/guide/ankomst/personnummer/").status == 200


def test_the_tree_is_sound_after_renames(translated):
    renames = {"personnummer": translated.cpr, "vejledning": translated.guides, "herning-by": translated.herning}
    for slug, renamed in renames.items():
        page = fresh(renamed)
        page.slug = slug
        publish(page)
    problems = Page.find_problems()
    assert [list(found) for found in problems] == [[]] * len(problems)
    for page in Page.objects.filter(depth__gt=2):
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"


# Slugs that are refused -----------------------------------------------------------------------------------------------


def refused_fields(refusal) -> set[str]:
    return set(refusal.value.message_dict)


@pytest.mark.parametrize("slug", ["ringkøbing", "Herning", "hvor_bor", "-herning", "a--b", "шаг"])
def test_a_slug_is_made_of_small_ascii_letters_digits_and_hyphens(tree, slug):
    with pytest.raises(ValidationError) as refusal:
        add_page(tree.herning, LocalPage, slug)
    assert refused_fields(refusal) == {"slug"}


@pytest.mark.parametrize("slug", ["skole", "trin-2", "2026"])
def test_other_slugs_are_accepted(tree, reader, slug):
    add_page(tree.herning, LocalPage, slug)
    assert reader(f"/da/herning/{slug}/").status == 200


@pytest.mark.parametrize("slug", ["plan", "search", "admin", "api"])
@pytest.mark.parametrize("place", ["home", "herning"])
def test_the_first_word_of_an_address_of_the_site_itself_is_taken(tree, place, slug):
    parent, model = (tree.home, GuideIndexPage) if place == "home" else (tree.herning, LocalPage)
    with pytest.raises(ValidationError) as refusal:
        add_page(parent, model, slug)
    assert refused_fields(refusal) == {"slug"}


@pytest.mark.parametrize("slug", ["guide", "om", "holstebro", "herning"])
def test_a_local_page_cannot_hide_a_shared_section_or_a_municipality(tree, reader, slug):
    with pytest.raises(ValidationError) as refusal:
        add_page(tree.herning, LocalPage, slug)
    assert refused_fields(refusal) == {"slug"}


def test_a_local_page_cannot_be_renamed_into_hiding_a_section(tree):
    page = fresh(tree.language_centre)
    page.slug = "guide"
    with pytest.raises(ValidationError) as refusal:
        publish(page)
    assert refused_fields(refusal) == {"slug"}


def test_a_new_section_cannot_take_a_word_that_a_local_page_has(tree):
    with pytest.raises(ValidationError) as refusal:
        add_page(tree.home, GuideIndexPage, "sprogcenter")
    assert refused_fields(refusal) == {"slug"}


def test_a_new_municipality_cannot_take_a_word_that_a_local_page_has(tree):
    """`/herning/sprogcenter/` would be a municipality inside another one, and the language centre could not be read."""
    with pytest.raises(ValidationError) as refusal:
        add_page(tree.home, MunicipalityPage, "sprogcenter", name="Sprogcenter")
    assert refused_fields(refusal) == {"slug"}


def test_a_page_about_the_site_cannot_take_a_word_that_a_local_page_has(tree):
    with pytest.raises(ValidationError) as refusal:
        add_page(tree.home, InformationPage, "sprogcenter", body=[("note", "<p>Om.</p>")])
    assert refused_fields(refusal) == {"slug"}


def test_municipalities_may_have_local_pages_of_the_same_word(tree, reader):
    add_page(tree.holstebro, LocalPage, "sprogcenter", title="Sprogcenter Holstebro")
    assert reader("/da/holstebro/sprogcenter/").heading == "Sprogcenter Holstebro"
    assert reader("/da/herning/sprogcenter/").heading == "Sprogcenter"


def test_a_guide_may_have_the_word_of_a_local_page_because_it_stands_deeper(tree, reader):
    add_guide(tree.arrival, "sprogcenter")
    assert reader("/da/herning/guide/ankomst/sprogcenter/").status == 200


def test_two_pages_side_by_side_cannot_have_the_same_word(tree):
    with pytest.raises(ValidationError) as refusal:
        add_guide(tree.arrival, "skattekort")
    assert "slug" in refused_fields(refusal)


@pytest.mark.parametrize("action", ["action-publish", ""])
def test_the_form_of_a_new_local_page_says_what_is_wrong_with_its_slug(tree, editor, action):
    form = page_form(LocalPage, title="Guide", slug="guide")
    answer = editor.post(f"/admin/pages/add/welcome_pages/localpage/{tree.herning.pk}/", {**form, action: "x"})
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors
    assert not Page.objects.child_of(tree.herning).filter(slug="guide").exists()


def test_the_form_of_a_new_section_says_what_is_wrong_with_its_slug(tree, editor):
    form = page_form(GuideIndexPage, title="Sprogcenter", slug="sprogcenter")
    address = f"/admin/pages/add/welcome_pages/guideindexpage/{tree.home.pk}/"
    answer = editor.post(address, {**form, "action-publish": "x"})
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors


# Places follow --------------------------------------------------------------------------------------------------------


@pytest.fixture
def family(translated):
    """A second life situation, present in every language."""
    page = add_page(translated.guides, SituationPage, "familie")
    for code, locale in translated.locales.items():
        if code != "da":
            page.copy_for_translation(locale, alias=True)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moved_guide_is_moved_in_every_language(translated, family, reader, language):
    fresh(translated.cpr).move(fresh(family), pos="last-child")
    for place in ("", "herning/"):
        assert reader(f"/{language}/{place}guide/familie/cpr-nummer/").status == 200
        answer = reader(f"/{language}/{place}{CPR}")
        assert (answer.status, answer.leads_to) == (301, f"/{language}/{place}guide/familie/cpr-nummer/")
    assert "Bestil tid" in reader(f"/{language}/herning/guide/familie/cpr-nummer/").main_text
    assert reader(f"/{language}/{TAX}").status == 200, "its neighbour stays"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moved_local_page_changes_its_municipality_in_every_language(translated, reader, language):
    fresh(translated.language_centre).move(fresh(translated.holstebro), pos="last-child")
    assert reader(f"/{language}/holstebro/sprogcenter/").status == 200
    assert reader(f"/{language}/herning/sprogcenter/").leads_to == f"/{language}/holstebro/sprogcenter/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_order_is_the_order_in_every_language(translated, reader, language):
    def order() -> list[str]:
        pages = Page.objects.child_of(in_language(translated.arrival, language))
        return list(pages.order_by("path").values_list("slug", flat=True))

    assert order() == ["skattekort", "cpr-nummer"]
    fresh(translated.tax).move(fresh(translated.cpr), pos="right")
    assert order() == ["cpr-nummer", "skattekort"]
    fresh(translated.tax).move(fresh(translated.arrival), pos="first-child")
    assert order() == ["skattekort", "cpr-nummer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_moved_section_takes_its_guides_along_in_every_language(translated, family, language):
    guides = fresh(translated.guides)
    fresh(family).move(guides, pos="first-child")
    children = Page.objects.child_of(in_language(guides, language)).order_by("path")
    assert list(children.values_list("slug", flat=True)) == ["familie", "ankomst"]
    below = Page.objects.child_of(in_language(translated.arrival, language))
    assert set(below.values_list("slug", flat=True)) == {"skattekort", "cpr-nummer"}


def test_the_tree_is_sound_after_moves(translated, family):
    fresh(translated.cpr).move(fresh(family), pos="first-child")
    fresh(family).move(fresh(translated.arrival), pos="left")
    fresh(translated.tax).move(fresh(family), pos="last-child")
    problems = Page.find_problems()
    assert [list(found) for found in problems] == [[]] * len(problems)
    places = {}
    for language in LANGUAGES:
        below = Page.objects.descendant_of(in_language(translated.guides, language))
        places[language] = list(below.order_by("path").values_list("slug", "depth"))
    assert places == dict.fromkeys(LANGUAGES, places["da"])


def test_a_move_to_where_a_language_has_no_parent_leaves_that_language_alone(translated, reader):
    new = add_page(translated.guides, SituationPage, "familie")  # Danish only so far
    fresh(translated.cpr).move(new, pos="last-child")
    assert reader("/da/guide/familie/cpr-nummer/").status == 200
    assert reader(f"/pl/{CPR}").status == 200


def test_a_translation_published_after_a_move_stays_in_its_new_place(translated, family, reader):
    fresh(translated.cpr).move(fresh(family), pos="last-child")
    translate(translated.cpr, "pl", prefix="ny: ")
    assert reader("/pl/guide/familie/cpr-nummer/").heading.startswith("ny: ")
