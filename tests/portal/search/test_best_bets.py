"""Best bets: which words lead to them, what the reader is shown, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from portal.facts import register
from portal.pages.link_scope import LinkScope
from portal.pages.rows import home_of_language, municipality_type_id, top_level
from portal.search.best_bets import best_bets_for
from portal.search.models import BestBet
from portal.search.phrases import PhraseBook
from tests.factories import in_language, make_fact, translate

pytestmark = pytest.mark.django_db


def bet(key: str, words: str | dict[str, str], **fields) -> BestBet:
    row = BestBet(key=key, words=words if isinstance(words, dict) else {"da": words}, **fields)
    row.full_clean()
    row.save()
    return row


def scope_of(language: str, municipality: str = "") -> LinkScope:
    home = home_of_language(language)
    top = top_level(home)
    slugs = {row.slug: row for row in top if row.content_type_id == municipality_type_id()}
    scope = LinkScope()
    scope.enter(home, top, slugs, slugs.get(municipality))
    return scope


def keys(text: str, language: str = "da") -> list[str]:
    return [row.key for row in best_bets_for(text, language, None)]


@pytest.fixture
def emergency() -> None:
    make_fact("emergency-112", "112", label={"da": "Alarm", "pl": "Numer alarmowy <112>"})


# Words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("ambulance", "AMBULANCE!!"),
        ("ambulance", "hvordan ringer jeg til en ambulance"),
        ("ambulance", "ambulancer"),
        ("ambulance", "ambulanse"),
        ("ambulance", "ambualnce"),
        ("lægevagt", "laegevagten"),
        ("lægevagt", "lagevagt"),
        ("trækker ikke vejret", "min mand traekker ikke vejret"),
        ("“brænder”", "brænder"),
        ('"brænder"', "Brænder?!"),
        ("ild; brand ;; ", "brand"),
    ],
)
def test_words_lead_to_a_bet(words, question, emergency):
    bet("emergency", words, fact_id="emergency-112")
    assert keys(question) == ["emergency"]


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("ambulance", "ambulanceredderuddannelse"),
        ("brand", "Ikast-Brande"),
        ("brand", "brandforsikring"),
        ("ild", "ilde"),
        ("trækker ikke vejret", "vejret trækker ikke op"),
        ("trækker ikke vejret", "trækker ikke"),
        ("“brænder”", "brænder til pejsen"),
        ("branden; -brønden", "brønden"),
        ("police", "policy"),
        (" ; ", "hvad som helst"),
        ("!!!", "!!!"),
        ("ambulance", ""),
        ("ambulance", "…"),
    ],
)
def test_other_words_do_not(words, question, emergency):
    bet("emergency", words, fact_id="emergency-112")
    assert keys(question) == []


def test_words_hold_for_their_language_and_danish_ones_where_there_are_none(emergency):
    bet("emergency", {"da": "gift", "pl": "trucizna"}, fact_id="emergency-112")
    assert keys("gift", "da") == ["emergency"]
    assert keys("gift", "pl") == []
    assert keys("trucizna", "pl") == ["emergency"]
    assert keys("gift", "uk") == ["emergency"]


def test_at_most_three_are_shown_and_urgent_ones_first(emergency):
    for number in range(3):
        bet(f"campaign-{number}", "hjælp", fact_id="emergency-112")
    bet("urgent", "hjælp nu", fact_id="emergency-112", is_urgent=True)
    rows = best_bets_for("hjælp nu", "da", None)
    assert [(row.key, row.is_urgent) for row in rows] == [
        ("urgent", True),
        ("campaign-0", False),
        ("campaign-1", False),
    ]


def test_a_long_question_of_many_words_is_answered_quickly(emergency):
    book = PhraseBook("da", [(f"ord{number} ulykke{number} brand{number}", "key") for number in range(3000)])
    assert book.owners_in("ord7 ulykke7 brand7 " * 40) == ["key"]


# What is shown --------------------------------------------------------------------------------------------------------


def test_a_fact_is_shown_with_its_number_as_a_link(emergency):
    bet("emergency", {"pl": "karetka"}, fact_id="emergency-112")
    (row,) = best_bets_for("karetka", "pl", None)
    assert row.title_html == "Numer alarmowy &lt;112&gt;"
    assert 'href="tel:112"' in row.value_html
    assert (row.url, row.language) == ("", "pl")


def test_a_link_is_the_title_and_does_not_say_the_same_words_twice():
    make_fact("helpline", "https://helpline.example/", "link", label={"da": "Linjen", "pl": "Telefon zaufania"})
    bet("helpline", {"pl": "telefon zaufania"}, fact_id="helpline", is_urgent=True)
    (row,) = best_bets_for("telefon zaufania", "pl", None)
    assert 'href="https://helpline.example/"' in row.title_html
    assert ">Telefon zaufania</a>" in row.title_html
    assert row.value_html == ""


def test_it_is_shown_in_the_language_that_was_asked_for(emergency):
    make_fact("doctor", "70 11 31 31", label={"da": "Lægevagten"})
    bet("doctor", {"en": "doctor"}, fact_id="doctor")
    with translation.override("da"):
        (row,) = best_bets_for("doctor", "en", None)
    assert row.title_html == '<span lang="da">Lægevagten</span>'
    assert "+45 70 11 31 31" in row.value_html


def test_a_page_is_shown_in_the_readers_language_and_municipality(tree):
    translate(tree.tax, "pl")
    Page.objects.filter(pk=in_language(tree.tax, "pl").pk).update(title="Karta <podatkowa>")
    bet("tax", {"pl": "podatek"}, page=tree.tax)
    (shared,) = best_bets_for("podatek", "pl", scope_of("pl"))
    assert (shared.title_html, shared.value_html) == ("Karta &lt;podatkowa&gt;", "")
    assert (shared.url, shared.language) == ("/pl/guide/ankomst/skattekort/", "pl")
    (local,) = best_bets_for("podatek", "pl", scope_of("pl", "herning"))
    assert local.url == "/pl/herning/guide/ankomst/skattekort/"


def test_a_page_that_is_only_danish_says_so(tree):
    bet("tax", {"ru": "налог"}, page=tree.tax)
    (row,) = best_bets_for("налог", "ru", scope_of("ru"))
    assert (row.title_html, row.language) == ("Skattekort", "da")


def test_a_page_that_is_not_published_is_not_shown_and_its_fact_still_is(tree, emergency):
    bet("page", "skat", page=tree.tax)
    bet("both", "skat", page=tree.tax, fact_id="emergency-112")
    tree.tax.unpublish()
    rows = best_bets_for("skat", "da", scope_of("da"))
    assert [(row.key, row.url) for row in rows] == [("both", "")]


def test_the_number_of_queries_does_not_grow_with_the_bets(tree):
    def queries_of(count: int) -> int:
        for number in range(count):
            make_fact(f"number-{count}-{number}", "70 11 31 31")
            bet(f"bet-{count}-{number}", "skat", page=tree.tax, fact_id=f"number-{count}-{number}")
        scope = scope_of("da")
        best_bets_for("", "da", scope)
        with register.opened(), CaptureQueriesContext(connection) as queries:
            assert best_bets_for("skat", "da", scope)
        return len(queries)

    assert queries_of(1) == queries_of(3) == 2
    with CaptureQueriesContext(connection) as queries:
        assert best_bets_for("noget andet", "da", scope_of("da")) == []
    assert not [query for query in queries.captured_queries if "bestbet" in query["sql"].lower()]
