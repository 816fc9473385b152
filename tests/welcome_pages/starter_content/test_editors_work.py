"""What editors and translators changed, withdrew or deleted stays as they left it, also where the file changes."""

from collections.abc import Callable

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from portal.facts.models import Fact, GlossaryTerm
from portal.search.models import BestBet, SearchSynonym
from tests.welcome_pages.starter_content.small_content import LANGUAGES, five
from welcome_pages.models import GuidePage, LocalNotePage

GUIDE = "guides/cpr-nummer.yaml"
CENTRE = "municipalities/herning/sprogcenter.yaml"
BETS, SYNONYMS = "search_words.yaml", "synonyms.yaml"


def texts_of(page: Page) -> str:
    return " ".join(page.raw_texts())


def change_guide(site) -> None:
    site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))


def edit_string(site, slug: str, language: str, old: str, new: str) -> None:
    """Change a translated text as the editor of wagtail-localize does, and publish it."""
    page = site.page(slug, language)
    string = StringTranslation.objects.get(context__object_id=page.translation_key, locale=page.locale, data=old)
    string.data, string.tool_name = new, ""
    string.save()
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    translation.save_target(publish=True)


def test_a_page_that_an_editor_published_stays(small_site):
    page = small_site.page("cpr-nummer")
    page.summary = "Redaktørens ord."
    page.save_revision().publish()
    small_site.load()
    change_guide(small_site)
    loader = small_site.load()
    assert small_site.page("cpr-nummer").summary == "Redaktørens ord."
    assert "Vent ikke." in texts_of(small_site.page("cpr-nummer"))
    assert loader.kept == [GUIDE]
    assert not loader.counts


def test_a_draft_that_an_editor_saved_stays_a_draft(small_site):
    page = small_site.page("cpr-nummer")
    page.summary = "Ikke færdig."
    draft = page.save_revision()
    change_guide(small_site)
    loader = small_site.load()
    page = small_site.page("cpr-nummer")
    assert page.latest_revision_id == draft.pk
    assert page.has_unpublished_changes
    assert page.summary == "Dit nummer i Danmark."
    assert loader.kept == [GUIDE]


def test_a_translated_text_that_a_translator_changed_stays_while_the_rest_is_updated(small_site):
    edit_string(small_site, "cpr-nummer", "pl", "(pl) Ret.", "Masz prawo.")
    small_site.load()
    assert "Masz prawo." in texts_of(small_site.page("cpr-nummer", "pl"))
    change_guide(small_site)
    small_site.load()
    polish = texts_of(small_site.page("cpr-nummer", "pl"))
    assert "Masz prawo." in polish
    assert "(pl) Vent en uge." in polish
    assert "(ru) Ret." in texts_of(small_site.page("cpr-nummer", "ru"))


def test_a_translator_wins_where_the_file_changes_the_very_same_translation(small_site):
    edit_string(small_site, "cpr-nummer", "pl", "(pl) Ret.", "Masz prawo.")
    small_site.folder.change(GUIDE, '"(pl) Ret."', '"Prawo."')
    small_site.load()
    assert "Masz prawo." in texts_of(small_site.page("cpr-nummer", "pl"))
    assert "Prawo." not in texts_of(small_site.page("cpr-nummer", "pl"))


def change_fact(_site) -> None:
    fact = Fact.objects.get(key="cpr-deadline")
    fact.value = "P14D"
    fact.save()


def change_term(_site) -> None:
    term = GlossaryTerm.objects.get(key="cpr-nummer")
    term.meaning = {**term.meaning, "pl": "Redaktor."}
    term.save()


@pytest.mark.parametrize(
    ("edit", "name", "value"),
    [
        (change_fact, "fact cpr-deadline", lambda: Fact.objects.get(key="cpr-deadline").value == "P14D"),
        (
            change_term,
            "term cpr-nummer",
            lambda: GlossaryTerm.objects.get(key="cpr-nummer").meaning["pl"] == "Redaktor.",
        ),
    ],
)
def test_a_fact_or_term_that_an_editor_changed_stays(small_site, edit, name, value: Callable[[], bool]):
    edit(small_site)
    small_site.load()
    assert value()
    small_site.folder.change("facts/national.yaml", '"P5D"', '"P8D"')
    small_site.folder.change("glossary.yaml", "(pl) Betydning af CPR-nummer.", "Numer osobowy.")
    loader = small_site.load()
    assert value()
    assert loader.kept == [name]


def test_a_best_bet_that_an_editor_changed_or_deleted_stays_so(small_site):
    bet = BestBet.objects.get()
    bet.words = {**bet.words, "da": "vagtlæge"}
    bet.save()
    small_site.folder.change(BETS, "urgent: true", "urgent: false")
    loader = small_site.load()
    assert (BestBet.objects.get().is_urgent, BestBet.objects.get().words["da"]) == (True, "vagtlæge")
    assert loader.kept == ["best bet doctor"]
    bet.delete()
    small_site.folder.change(BETS, "urgent: false", "urgent: true\n  everywhere: [læge]")
    small_site.folder.change(BETS, '  everywhere: ["1813", skadestue]\n', "")
    loader = small_site.load()
    assert not BestBet.objects.exists()
    assert loader.kept == ["best bet doctor"]


def test_synonyms_that_an_editor_wrote_changed_or_deleted_stay_so(small_site):
    SearchSynonym.objects.filter(typed="hovedkort").update(meant="skattekort; bikort")
    SearchSynonym.objects.get(typed="trækkort").delete()
    SearchSynonym.objects.create(language="pl", typed="PIT-11", meant="roczne rozliczenie")
    small_site.folder.change(SYNONYMS, "meant: [skattekort]", "meant: [skat]")
    small_site.folder.change(SYNONYMS, "typed: [PIT]", "typed: [PIT, PIT-11]")
    loader = small_site.load()
    assert loader.kept == ["synonym da trækkort", "synonym da hovedkort", "synonym pl PIT-11"]
    assert dict(SearchSynonym.objects.values_list("typed", "meant")) == {
        "hovedkort": "skattekort; bikort",
        "PIT": "karta podatkowa; skattekort",
        "PIT-11": "roczne rozliczenie",
    }


def test_a_new_best_bet_leads_to_its_fact_where_its_page_was_deleted(small_site):
    LocalNotePage.objects.all().delete()
    for page in small_site.versions("skattekort"):
        page.delete()
    bet = small_site.folder.path(BETS).read_text(encoding="utf-8")
    tax = bet.replace("key: doctor", "key: tax").replace("T09-cpr-number", "T11-tax-card")
    nothing = tax.replace("key: tax", "key: nothing").replace("  fact: out-of-hours-doctor\n", "")
    small_site.folder.write(BETS, bet + tax + nothing)
    loader = small_site.load()
    assert BestBet.objects.get(key="tax").page_id is None
    assert loader.kept == ["best bet nothing"]
    assert not BestBet.objects.filter(key="nothing").exists()


def test_a_page_that_an_editor_deleted_does_not_come_back(small_site):
    for page in small_site.versions("sprogcenter"):
        page.delete()
    small_site.load()
    assert not Page.objects.filter(slug="sprogcenter").exists()
    small_site.folder.change(CENTRE, five("Tilmelding"), five("Sådan gør du"))
    loader = small_site.load()
    assert not Page.objects.filter(slug="sprogcenter").exists()
    assert loader.kept == [CENTRE]


def test_a_changed_page_is_loaded_without_its_links_to_a_deleted_page(small_site):
    LocalNotePage.objects.all().delete()
    for page in small_site.versions("skattekort"):
        page.delete()
    small_site.folder.change(GUIDE, five("Vent ikke."), five("Vent en uge."))
    loader = small_site.load()
    assert not loader.kept
    for language in LANGUAGES:
        page = small_site.page("cpr-nummer", language)
        assert "Vent en uge." in texts_of(page)
        assert "og et skattekort." in page.what_happens_next
        assert not page.related.raw_data


def test_a_new_page_below_a_deleted_one_is_left_out_and_the_rest_is_loaded(small_site):
    for page in small_site.versions("herning"):
        page.delete()
    source = small_site.folder.path(CENTRE).read_text(encoding="utf-8")
    small_site.folder.write(
        "municipalities/herning/bibliotek.yaml", source.replace("slug: sprogcenter", "slug: bibliotek")
    )
    change_guide(small_site)
    loader = small_site.load()
    assert loader.kept == ["municipalities/herning/bibliotek.yaml"]
    assert dict(loader.counts) == {"page": 1}
    assert not Page.objects.filter(slug__in=["herning", "bibliotek"]).exists()


def test_a_deleted_fact_and_a_deleted_term_do_not_come_back(small_site):
    for page in GuidePage.objects.filter(slug="cpr-nummer"):
        page.deadlines = []
        page.save_revision().publish()
    Fact.objects.get(key="cpr-deadline").delete()
    GlossaryTerm.objects.get(key="borgerservice").delete()
    small_site.load()
    small_site.folder.change("facts/national.yaml", '"P5D"', '"P8D"')
    small_site.folder.change("glossary.yaml", "(pl) Betydning af Borgerservice.", "Punkt obsługi.")
    loader = small_site.load()
    assert not Fact.objects.filter(key="cpr-deadline").exists()
    assert not GlossaryTerm.objects.filter(key="borgerservice").exists()
    assert loader.kept == ["fact cpr-deadline", "term borgerservice"]


def test_a_page_that_an_editor_unpublished_stays_offline(small_site):
    small_site.page("cpr-nummer").unpublish()
    change_guide(small_site)
    loader = small_site.load()
    assert not GuidePage.objects.filter(slug="cpr-nummer", live=True).exists()
    assert loader.kept == [GUIDE]


def test_a_translation_that_an_editor_unpublished_stays_offline_while_the_others_are_updated(small_site):
    small_site.page("cpr-nummer", "pl").unpublish()
    change_guide(small_site)
    loader = small_site.load()
    assert not small_site.page("cpr-nummer", "pl").live
    assert "(ru) Vent en uge." in texts_of(small_site.page("cpr-nummer", "ru"))
    assert loader.kept == [f"{GUIDE} (pl)"]


def test_a_translation_that_an_editor_deleted_does_not_come_back(small_site):
    small_site.page("sprogcenter", "pl").delete()
    small_site.folder.change(CENTRE, five("Tilmelding"), five("Sådan gør du"))
    loader = small_site.load()
    assert {page.locale.language_code for page in Page.objects.filter(slug="sprogcenter")} == {"da", "en", "de", "ru"}
    assert loader.kept == [f"{CENTRE} (pl)"]


def test_a_page_that_an_editor_moved_stays_where_it_is_and_is_updated(small_site):
    home = small_site.page("forside")
    index = small_site.page("guide")
    situation = index.add_child(
        instance=type(small_site.page("ankomst"))(title="Bolig", slug="bolig", locale=home.locale, content_owner="X")
    )
    small_site.page("cpr-nummer").move(situation, pos="last-child")
    change_guide(small_site)
    loader = small_site.load()
    page = small_site.page("cpr-nummer")
    assert page.get_parent().pk == situation.pk
    assert "Vent en uge." in texts_of(page)
    assert not loader.kept


def test_a_page_that_somebody_made_before_the_file_came_is_not_overwritten(small_site):
    herning = small_site.page("herning")
    own = type(small_site.page("sprogcenter"))(
        title="Vores bibliotek", slug="bibliotek", locale=herning.locale, content_owner="X"
    )
    herning.add_child(instance=own)
    source = small_site.folder.path(CENTRE).read_text(encoding="utf-8")
    small_site.folder.write(
        "municipalities/herning/bibliotek.yaml", source.replace("slug: sprogcenter", "slug: bibliotek")
    )
    loader = small_site.load()
    assert small_site.page("bibliotek").title == "Vores bibliotek"
    assert loader.kept == ["municipalities/herning/bibliotek.yaml"]
