"""Words lead to their pages however they are typed: the same on every engine and every database."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from portal.search.service import suggest

from .documents import find, keys, make_page, put

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pages(engine: str, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Four pages in five languages, made once: the tests of this file only read."""
    with django_db_blocker.unblock(), transaction.atomic():
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
        yield
        transaction.set_rollback(True)


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
        ("żłobka", "pl", "daycare"),
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
        ("L\u0435k\u0430rz", "pl", "doctor"),
        ("Aryt", "de", "doctor"),
    ],
)
def test_the_wrong_alphabet_and_the_wrong_keyboard_are_understood(pages: None, typed: str, language: str, wanted: str):
    assert keys(typed, language)[:1] == [wanted]


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("Hvor kan jeg få et skattekort i Danmark?", "da", "tax"),
        ("Where can my child go to kindergarten?", "en", "daycare"),
        ("Wie finde ich einen Arzt?", "de", "doctor"),
        ("Gdzie mogę zapisać dziecko do przedszkola?", "pl", "daycare"),
        ("Как записать ребёнка в детский сад?", "ru", "daycare"),
    ],
)
def test_a_whole_question_finds_the_page_it_is_about(pages: None, question: str, language: str, wanted: str):
    assert keys(question, language)[:1] == [wanted]


def test_a_word_of_a_third_language_finds_the_page_in_the_readers_language(pages: None):
    first = find("Haftpflicht", "en").hits[0]
    assert (first.key, first.language) == ("licence", "en")


def test_nothing_is_found_for_words_that_nobody_wrote(pages: None):
    found = find("qqqqwwww")
    assert (found.hits, found.total) == ([], 0)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("skatekort", "da", "skattekort"),
        ("przedszkloe", "pl", "przedszkole"),
        ("skattekort", "da", ""),
        ("skattekortet", "da", ""),
        ("qqqqwwww", "da", ""),
    ],
)
def test_what_was_probably_meant_is_offered_and_nothing_else(pages: None, typed: str, language: str, meant: str):
    assert find(typed, language).suggestion == meant


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "a\"b'c",
        "* OR *",
        "skat*",
        "NEAR(a b)",
        "title:skat^1000",
        "x:y",
        "(((",
        "{}[]",
        "-skat",
        "skat~2",
        "/skat.*/",
        "\\",
        "%",
        "_",
        "😀",
        "\x00\x01",
        "\ud800",
        "skat;--",
        "<script>alert(1)</script>",
        "https://www.skat.dk/borger?x=1&y=2",
        "+45 70 11 31 31",
        "og",
        "",
        "skat " * 60,
        "x" * 5000,
    ],
)
def test_no_sign_breaks_the_search(pages: None, typed: str):
    find(typed)
    suggest(typed, "da")


def test_signs_of_query_languages_mean_nothing(pages: None):
    assert keys("NOT skattekort") == keys("skattekort")
    assert keys('"skattekort" -skattekort') == keys("skattekort")
    assert find("*").total == 0


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
