"""Loading: what a first, a second and an interrupted load do, and how a changed file reaches the pages."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from wagtail.models import Page, Revision
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from portal.facts.models import Fact, GlossaryTerm
from portal.search.models import BestBet, SearchSynonym
from portal.starter import translations
from portal.starter.located import Problem
from tests.welcome_pages.starter_content.small_content import FACTS, LANGUAGES, fact, five
from welcome_pages.models import LocalPage, StarterRecord
from welcome_pages.starter_content.loader import ContentLoader
from welcome_pages.starter_content.reader import read

GUIDE = "guides/cpr-nummer.yaml"
NEW_PAGE = f"""\
kind: local
owner: Borgerservice
reviewed_on: 2026-11-22
review_again_on: 2027-05-22
title: {five("Bibliotek")}
slug: bibliotek
parent: herning
summary: {five("Lån bøger.")}
body:
  - note:
      text: {five("Læs om [skat](T11-tax-card).")}
"""


def texts_of(page: Page) -> str:
    return " ".join(page.raw_texts())


def test_a_first_load_publishes_every_page_in_every_language(small_site):
    for file in read(small_site.folder.root).pages:
        pages = Page.objects.filter(translation_key=small_site.page(file.slug).translation_key)
        assert {page.locale.language_code for page in pages} == set(LANGUAGES), file.name
        assert all(page.live and page.alias_of_id is None and not page.has_unpublished_changes for page in pages), (
            file.name
        )


def test_each_language_gets_its_own_words(small_site):
    for language in LANGUAGES[1:]:
        page = small_site.page("cpr-nummer", language)
        assert page.title == f"({language}) CPR-nummer"
        assert f"({language}) Ring til lægevagten: [[out-of-hours-doctor]]." in texts_of(page)
        assert (
            page.what_to_bring
            == f"<ul><li>({language}) Pas eller ID-kort.</li><li>({language}) Din lejekontrakt.</li></ul>"
        )
        assert page.how_it_goes == f"<ol><li>({language}) Bestil <b>tid</b> hos kommunen.</li></ol>"


def test_links_and_related_guides_lead_to_the_page_that_the_file_names(small_site):
    tax = {page.pk for page in small_site.versions("skattekort")}
    for page in small_site.versions("cpr-nummer"):
        (link,) = BeautifulSoup(page.what_happens_next, "html.parser").find_all("a")
        assert (int(link["id"]) in tax, link["linktype"], link.text) == (True, "page", "skattekort")
        assert {block["value"] for block in page.related.raw_data} <= tax


def test_every_page_is_a_managed_translation(small_site):
    danish = Page.objects.filter(locale__language_code="da", depth__gt=1)
    assert TranslationSource.objects.count() == danish.count() == 9
    for translation in Translation.objects.all():
        total, translated = translation.get_progress()
        assert total == translated > 0
        assert translation.enabled


def test_parents_stand_before_their_children_in_every_language(small_site):
    for language in LANGUAGES:
        home = small_site.page("forside", language)
        assert small_site.page("cpr-nummer", language).url_path == f"{home.url_path}guide/ankomst/cpr-nummer/"
        assert small_site.page("sprogcenter", language).url_path == f"{home.url_path}herning/sprogcenter/"


def test_every_language_follows_danish(small_site):
    rules = LocaleSynchronization.objects.values_list("locale__language_code", "sync_from__language_code")
    assert sorted(rules) == [("de", "da"), ("en", "da"), ("pl", "da"), ("ru", "da")]


def test_the_first_contact_of_a_municipality_stands_in_every_guide(small_site):
    for language, prefix in (("da", ""), ("ru", "(ru) ")):
        page = small_site.page("herning", language)
        (contact,) = page.main_contact.raw_data
        assert contact["value"]["heading"] == f"{prefix}Borgerservice i Herning"
        assert [block["type"] for block in page.body.raw_data] == ["section"]


def test_a_second_load_changes_nothing(small_site):
    before = small_site.rows()
    loader = small_site.load()
    assert small_site.rows() == before
    assert not loader.counts
    assert not loader.kept


def test_a_load_into_an_empty_database_is_the_same_as_the_first_one(empty_site):
    assert not StarterRecord.objects.exists()
    loader = empty_site.load()
    assert dict(loader.counts) == {"fact": 5, "glossaryterm": 2, "page": 9, "bestbet": 1, "searchsynonym": 3}
    assert Page.objects.filter(depth__gt=1).count() == 9 * len(LANGUAGES)
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()


def test_a_changed_text_reaches_every_language_and_keeps_the_ids_of_blocks(small_site):
    before = {language: list(small_site.page("cpr-nummer", language).body.raw_data) for language in LANGUAGES}
    untouched = Revision.objects.filter(object_id=str(small_site.page("skattekort").pk)).count()
    small_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    loader = small_site.load()
    assert loader.counts["page"] == 1
    for language in LANGUAGES:
        page = small_site.page("cpr-nummer", language)
        assert ("Vent en uge." if language == "da" else f"({language}) Vent en uge.") in texts_of(page)
        assert "Vent ikke" not in texts_of(page)
        assert [block["id"] for block in page.body.raw_data] == [block["id"] for block in before[language]]
        assert page.live
    assert Revision.objects.filter(object_id=str(small_site.page("skattekort").pk)).count() == untouched


def test_only_a_translation_changed_and_only_that_language_has_new_words(small_site):
    danish, german = texts_of(small_site.page("cpr-nummer")), texts_of(small_site.page("cpr-nummer", "de"))
    small_site.folder.change(GUIDE, '"(pl) Vent ikke."', '"Nie czekaj."')
    small_site.load()
    assert "Nie czekaj." in texts_of(small_site.page("cpr-nummer", "pl"))
    assert texts_of(small_site.page("cpr-nummer")) == danish
    assert texts_of(small_site.page("cpr-nummer", "de")) == german


def test_changed_values_that_are_no_texts_reach_every_language(small_site):
    small_site.folder.change(GUIDE, "audiences: [nordic, eu]", "audiences: [permit]")
    small_site.folder.change(GUIDE, "review_again_on: 2027-05-22", "review_again_on: 2027-06-01")
    small_site.load()
    for language in LANGUAGES:
        page = small_site.page("cpr-nummer", language)
        assert page.audiences == ["permit"]
        assert page.review_again_on.isoformat() == "2027-06-01"


def test_a_changed_fact_and_a_changed_term_are_updated(small_site):
    small_site.folder.change("facts/national.yaml", '"P5D"', '"P8D"')
    small_site.folder.change("glossary.yaml", "(pl) Betydning af CPR-nummer.", "Numer osobowy.")
    loader = small_site.load()
    assert Fact.objects.get(key="cpr-deadline").value == "P8D"
    assert GlossaryTerm.objects.get(key="cpr-nummer").meaning["pl"] == "Numer osobowy."
    assert dict(loader.counts) == {"fact": 1, "glossaryterm": 1}


def test_best_bets_lead_to_the_fact_and_the_page_that_the_file_names(small_site):
    bet = BestBet.objects.get()
    assert (bet.key, bet.is_urgent, bet.fact_id) == ("doctor", True, "out-of-hours-doctor")
    assert bet.page_id == small_site.page("cpr-nummer").pk
    assert bet.words["ru"] == "(ru) læge; 1813; skadestue"


def test_a_changed_best_bet_is_updated(small_site):
    small_site.folder.change("search_words.yaml", "vagtlæge", "nattelæge")
    loader = small_site.load()
    assert BestBet.objects.get().words["da"] == "lægevagt; nattelæge; 1813; skadestue"
    assert dict(loader.counts) == {"bestbet": 1}


def test_every_word_that_people_type_is_a_synonym(small_site):
    rows = SearchSynonym.objects.values_list("language", "typed", "meant")
    assert sorted(rows) == [
        ("da", "hovedkort", "skattekort"),
        ("da", "trækkort", "skattekort"),
        ("pl", "PIT", "karta podatkowa; skattekort"),
    ]


def test_changed_and_new_synonyms_are_loaded(small_site):
    small_site.folder.change("synonyms.yaml", "meant: [skattekort]", "meant: [skattekort, skat]")
    small_site.folder.change("synonyms.yaml", "typed: [PIT]", "typed: [PIT, PIT-2]")
    loader = small_site.load()
    assert dict(loader.counts) == {"searchsynonym": 3}
    assert SearchSynonym.objects.get(typed="hovedkort").meant == "skattekort; skat"
    assert SearchSynonym.objects.get(typed="PIT-2").meant == "karta podatkowa; skattekort"


def test_a_new_page_file_becomes_a_page_in_every_language(small_site):
    small_site.folder.write("municipalities/herning/bibliotek.yaml", NEW_PAGE)
    loader = small_site.load()
    assert dict(loader.counts) == {"page": 1}
    pages = LocalPage.objects.filter(slug="bibliotek")
    assert sorted(page.locale.language_code for page in pages) == sorted(LANGUAGES)
    assert all(page.live and page.alias_of_id is None for page in pages)
    assert small_site.page("bibliotek", "ru").title == "(ru) Bibliotek"
    assert small_site.page("bibliotek", "ru").get_parent().pk == small_site.page("herning", "ru").pk


def test_a_new_municipality_and_its_pages_are_added_in_one_load(small_site):
    """The file of the page below comes first in the alphabet; the page above it is made first all the same."""
    index = small_site.folder.path("municipalities/herning/index.yaml").read_text(encoding="utf-8")
    struer = index.replace("slug: herning", "slug: struer").replace(
        "[sprogcentret](herning/sprogcenter)", "sprogcentret"
    )
    small_site.folder.write("municipalities/struer/index.yaml", struer)
    small_site.folder.write("municipalities/struer/a.yaml", NEW_PAGE.replace("parent: herning", "parent: struer"))
    assert dict(small_site.load().counts) == {"page": 2}
    for home, page in zip(small_site.versions("struer"), small_site.versions("bibliotek"), strict=True):
        assert page.get_parent().pk == home.pk
        assert home.live
        assert page.live


def test_a_new_fact_can_be_cited_by_a_changed_page_in_the_same_load(small_site):
    small_site.folder.write("facts/national.yaml", FACTS + fact("poison-line", "phone", "82 12 12 12"))
    small_site.folder.change(GUIDE, five("Vent ikke."), five("Forgiftning: [[poison-line]]."))
    small_site.load()
    assert "(ru) Forgiftning: [[poison-line]]." in texts_of(small_site.page("cpr-nummer", "ru"))


@pytest.mark.parametrize("stops_after", [0, 17])
def test_an_interrupted_load_is_completed_by_the_next_one(empty_site, monkeypatch, stops_after):
    """Each page is translated into four languages: the load stops at the first, the second … of all these steps."""
    done = []
    fill = translations.fill

    def fill_or_fail(*arguments):
        if len(done) == stops_after:
            raise ConnectionError("the machine was switched off")
        done.append(arguments)
        fill(*arguments)

    monkeypatch.setattr(translations, "fill", fill_or_fail)
    with pytest.raises(ConnectionError):
        empty_site.load()
    monkeypatch.undo()
    loader = empty_site.load()
    assert not loader.kept
    assert loader.counts["page"] == 9 - stops_after // 4
    assert Page.objects.filter(depth__gt=1, live=True, alias_of=None).count() == 9 * len(LANGUAGES)
    assert "(ru) Ring først: [[herning-phone]]." in texts_of(empty_site.page("note-cpr-nummer", "ru"))


def test_loading_inside_a_transaction_is_refused(small_site):
    content = read(small_site.folder.root)
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside a transaction"):
        ContentLoader(content)


def test_a_mistake_in_the_last_file_leaves_the_database_as_it_was(small_site):
    before = small_site.rows()
    small_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    small_site.folder.change("municipalities/herning/sprogcenter.yaml", five("Lær dansk."), '"Lær dansk."')
    with pytest.raises(Problem):
        small_site.load()
    assert small_site.rows() == before
