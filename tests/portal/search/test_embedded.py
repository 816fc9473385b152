"""What people find in the embedded index, on SQLite and on PostgreSQL alike."""

import pytest

from portal.search.embedded.index import count_words_again
from portal.search.models import SearchDocument, SearchWord
from portal.search.service import suggest

from .documents import find, keys, make_document, make_page, put

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def pages() -> None:
    """Four pages in five languages."""
    put(
        *make_page(
            "tax",
            {
                "da": "Skattekort",
                "en": "Tax card",
                "de": "Steuerkarte",
                "pl": "Karta podatkowa",
                "ru": "Налоговая карта",
            },
            {
                "da": "Din arbejdsgiver henter skattekortet. Du betaler skat af din løn.",
                "en": "Your employer gets the tax card. You pay tax on your wages.",
                "de": "Ihr Arbeitgeber ruft die Steuerkarte ab. Sie zahlen Steuern auf Ihren Lohn.",
                "pl": "Pracodawca pobiera kartę podatkową. Płacisz podatek od wynagrodzenia.",
                "ru": "Работодатель получает налоговую карту. Вы платите налог с зарплаты.",
            },
        ),
        *make_page(
            "daycare",
            {
                "da": "Dagtilbud til børn",
                "en": "Childcare",
                "de": "Kinderbetreuung",
                "pl": "Żłobek i przedszkole",
                "ru": "Детский сад и ясли",
            },
            {
                "da": "Skriv dit barn op til en børnehave eller vuggestue.",
                "en": "Put your child on the list for a kindergarten or nursery.",
                "de": "Melden Sie Ihr Kind für einen Kindergarten oder eine Krippe an.",
                "pl": "Zapisz dziecko do żłobka albo przedszkola.",
                "ru": "Запишите ребёнка в детский сад или ясли.",
            },
        ),
        *make_page(
            "doctor",
            {"da": "Læge", "en": "Doctor", "de": "Arzt", "pl": "Lekarz", "ru": "Врач"},
            {
                "da": "Du vælger en læge i Ringkøbing, når du får sundhedskortet.",
                "en": "You choose a doctor in Ringkøbing when you get the health card.",
                "de": "Sie wählen einen Arzt in Ringkøbing, wenn Sie die Gesundheitskarte bekommen.",
                "pl": "Wybierasz lekarza w Ringkøbing, gdy dostajesz kartę zdrowia.",
                "ru": "Вы выбираете врача в Рингкёбинге, когда получаете карту здоровья.",
            },
        ),
        *make_page(
            "licence",
            {
                "da": "Kørekort",
                "en": "Driving licence",
                "de": "Führerschein",
                "pl": "Prawo jazdy",
                "ru": "Водительские права",
            },
            {"de": "Den Führerschein umtauschen. Er gilt auch für die Haftpflichtversicherung."},
        ),
    )


@pytest.mark.parametrize(
    ("typed", "language", "wanted"),
    [
        ("skattekort", "da", "tax"),
        ("skattekortet", "da", "tax"),
        ("SKATTEKORT!", "da", "tax"),
        ("skatekort", "da", "tax"),
        ("bornehave", "da", "daycare"),
        ("boernehave", "da", "daycare"),
        ("laege", "da", "doctor"),
        ("Ringkobing læge", "da", "doctor"),
        ("tax cards", "en", "tax"),
        ("taxcard", "en", "tax"),
        ("Fuehrerschein", "de", "licence"),
        ("Fuhrerschein", "de", "licence"),
        ("Steuer", "de", "tax"),
        ("kartę podatkową", "pl", "tax"),
        ("karty podatkowej", "pl", "tax"),
        ("zlobek", "pl", "daycare"),
        ("żlobka", "pl", "daycare"),
        ("налоговую карту", "ru", "tax"),
        ("ребенка в сад", "ru", "daycare"),
    ],
)
def test_a_word_is_found_however_it_is_typed(pages: None, typed: str, language: str, wanted: str):
    assert keys(typed, language)[:1] == [wanted]


@pytest.mark.parametrize("language", ["en", "de", "pl", "ru"])
def test_the_danish_word_of_a_letter_finds_the_page_in_the_readers_language(pages: None, language: str):
    first = find("børnehave", language).hits[0]
    assert (first.key, first.language) == ("daycare", language)


@pytest.mark.parametrize(
    ("typed", "language", "wanted"),
    [
        ("скаттекорт", "ru", "tax"),
        ("yfkjujdfz rfhnf", "ru", "tax"),
        ("nalogovaya karta", "ru", "tax"),
        ("ылфееулщке", "da", "tax"),
        ("Fьhrerschein".replace("ь", "ü"), "de", "licence"),
    ],
)
def test_the_wrong_alphabet_and_the_wrong_keyboard_are_understood(pages: None, typed: str, language: str, wanted: str):
    assert keys(typed, language)[:1] == [wanted]


def test_a_whole_question_finds_the_page_it_is_about(pages: None):
    assert keys("Hvor kan jeg få et skattekort i Danmark?")[:1] == ["tax"]
    assert keys("Gdzie mogę zapisać dziecko do przedszkola?", "pl")[:1] == ["daycare"]


def test_a_word_of_a_third_language_finds_the_page_in_the_readers_language(pages: None):
    first = find("Haftpflicht", "en").hits[0]
    assert (first.key, first.language) == ("licence", "en")


def test_nothing_is_found_for_words_that_nobody_wrote(pages: None):
    found = find("qqqqwwww")
    assert (found.hits, found.total) == ([], 0)


def test_what_was_probably_meant_is_offered(pages: None):
    assert find("skatekort").suggestion == "skattekort"
    assert find("przedszkloe", "pl").suggestion == "przedszkole"
    assert find("skattekort").suggestion == ""


def test_the_words_are_marked_and_everything_else_is_escaped():
    put(make_document("Kort & <b>skat</b>", 'Et "skattekort" <script>alert(1)</script> er et kort.'))
    hit = find("skat").hits[0]
    assert "<mark>skat</mark>" in hit.title_html
    assert "&lt;b&gt;" in hit.title_html
    assert "<script>" not in hit.excerpt_html
    assert "<mark>skattekort</mark>" in hit.excerpt_html


def test_an_excerpt_shows_the_place_where_the_words_stand():
    put(make_document("Bolig", f"{'Noget andet. ' * 60} Depositum betales før indflytning. {'Og mere. ' * 60}"))
    assert "<mark>Depositum</mark>" in find("depositum").hits[0].excerpt_html


def test_the_municipality_of_the_reader_comes_first_and_others_not_at_all():
    put(
        make_document("Bibliotek", "Lån bøger.", origin="shared"),
        make_document("Herning Bibliotek", "Lån bøger i Herning.", origin="herning", municipality="herning"),
        make_document("Struer Bibliotek", "Lån bøger i Struer.", origin="struer", municipality="struer"),
    )
    assert keys("bibliotek", municipality="herning") == ["herning", "shared"]
    assert set(keys("bibliotek")) == {"shared", "herning", "struer"}


def test_a_guide_stands_once_also_where_a_municipality_adds_to_it():
    put(
        make_document("CPR-nummer", "Få et nummer.", origin="cpr", key="T09"),
        make_document(
            "CPR-nummer", "I Herning: bestil tid. Få et nummer.", origin="cpr", key="T09", municipality="herning"
        ),
    )
    assert [(hit.key, hit.municipality) for hit in find("cpr").hits] == [("T09", "")]
    assert [(hit.key, hit.municipality) for hit in find("cpr", municipality="herning").hits] == [("T09", "herning")]
    assert find("bestil tid", municipality="struer").hits[:1] == [] or keys("bestil tid", municipality="struer") == [
        "T09"
    ]


def test_kinds_are_counted_and_can_be_chosen():
    put(
        make_document("Vælg en læge", "Find en læge.", origin="guide"),
        make_document("Ring til en læge", "70 11 31 31", origin="phone", kind="contact"),
    )
    found = find("læge", kinds=("contact",))
    assert [hit.key for hit in found.hits] == ["phone"]
    assert found.kinds == {"guide": 1, "contact": 1}


def test_a_text_that_is_only_danish_comes_after_those_in_the_readers_language():
    put(
        *make_page("both", {"da": "Fagforening", "pl": "Związek zawodowy"}, {"pl": "Fagforening po duńsku."}),
        *make_page("danish", {"da": "Fagforening for håndværkere"}),
    )
    assert [(hit.key, hit.language) for hit in find("fagforening", "pl").hits] == [("both", "pl"), ("danish", "da")]


def test_pages_of_results_follow_one_another_without_gaps():
    put(*(make_document(f"Bolig {number}", "Lej en bolig.") for number in range(25)))
    from portal.search.answers import Filters
    from portal.search.service import search

    pages = [search("bolig", "da", Filters(), page=number) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [10, 10, 5]
    assert len({hit.key for page in pages for hit in page.hits}) == 25
    assert pages[0].total == 25


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "a\"b'c",
        "* OR *",
        "NEAR(a b)",
        "x:y",
        "(((",
        "-skat",
        "\\",
        "%",
        "_",
        "😀",
        "\x00\x01",
        "skat;--",
        "og",
        "",
    ],
)
def test_no_sign_breaks_the_search(pages: None, typed: str):
    find(typed)
    suggest(typed, "da")


# Completion -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "language", "title"),
    [
        ("skat", "da", "Skattekort"),
        ("børn", "da", "Dagtilbud til børn"),
        ("born", "da", "Dagtilbud til børn"),
        ("zlob", "pl", "Żłobek i przedszkole"),
        ("skat", "pl", "Karta podatkowa"),
        ("dcotor", "en", "Doctor"),
        ("stuer", "de", "Steuerkarte"),
    ],
)
def test_titles_are_completed(pages: None, typed: str, language: str, title: str):
    assert title in [suggestion.text for suggestion in suggest(typed, language)]


# The index ------------------------------------------------------------------------------------------------------------


def counts() -> dict[tuple[str, str], tuple[int, int]]:
    rows = SearchWord.objects.values_list("language", "word", "documents", "titles")
    return {(language, word): (documents, titles) for language, word, documents, titles in rows}


def test_the_counts_of_words_stay_right_through_changes_and_removals(pages: None):
    put(*make_page("tax", {"da": "Skat", "en": "Tax"}))
    from portal.search.embedded.index import store

    store("test", ["doctor"], [])
    kept = counts()
    count_words_again()
    assert kept == counts()
    assert ("da", "skattekort") not in kept


def test_what_has_not_changed_is_not_written_again():
    document = make_document("Skat", origin="tax")
    put(document)
    before = SearchDocument.objects.get()
    put(document)
    assert SearchDocument.objects.get().pk == before.pk


def test_a_language_that_the_search_knows_nothing_of_is_searched_all_the_same():
    put(make_document("Податкова картка", "Ваш роботодавець.", "uk", origin="tax"))
    assert keys("податкова картка", "uk") == ["tax"]
    assert keys("податкову картку", "uk") == ["tax"]
