"""The API of the search as other programs rely on it: what stands in an answer, how long it holds, what is refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from portal.search.documents import Kind
from portal.search.models import BestBet, SearchDocument
from tests.conftest import ROOT
from tests.factories import Tree, in_language, make_fact

from .documents import make_document, make_page, put

pytestmark = pytest.mark.django_db

SEARCH, SUGGEST = "/api/search/", "/api/suggest/"
BOTH = pytest.mark.parametrize("address", [SEARCH, SUGGEST])


@pytest.fixture
def site(tree: Tree) -> Tree:
    """The small site with something to find: a translated guide, a Danish one, and a page of Herning."""
    put(
        *make_page(
            "T11-tax-card",
            {"da": "Skattekort", "pl": "Karta podatkowa"},
            {"da": "Du betaler skat af din løn.", "pl": "Płacisz podatek <b>od</b> wynagrodzenia & nic więcej."},
            path="guide/ankomst/skattekort/",
        ),
        *make_page("T12-tax-return", {"da": "Årsopgørelse af skat"}, path="guide/ankomst/aarsopgoerelse/"),
        *make_page(
            "herning/skat",
            {"da": "Hjælp til skat i Herning", "pl": "Pomoc: podatek w Herning"},
            kind=Kind.LOCAL,
            municipality="herning",
            path="skat/",
        ),
    )
    return tree


def ask(client: Client, address: str = SEARCH, **parameters: Any) -> Any:
    """Return the JSON of an answer that is expected to be one."""
    response = client.get(address, parameters)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def results(client: Client, **parameters: Any) -> dict[str, dict[str, Any]]:
    """Return the results by key."""
    return {result["key"]: result for result in ask(client, **parameters)["results"]}


# What stands in an answer -----------------------------------------------------------------------------------------------


def test_an_answer_has_what_the_contract_names(site: Tree, client: Client):
    answer = ask(client, q="skat", lang="da")
    assert answer.keys() >= {"query", "lang", "total", "results", "suggestion", "backend"}
    assert (answer["query"], answer["lang"], answer["total"]) == ("skat", "da", 3)
    assert answer["backend"] == "embedded"
    for result in answer["results"]:
        names = {"key", "kind", "title", "url", "excerpt", "lang", "municipality"}
        assert set(result) == {*names, "excerpt_lang", "audiences", "is_example"}


def test_results_come_in_the_language_asked_for_and_lead_to_its_pages(site: Tree, client: Client):
    result = results(client, q="podatek", lang="pl")["T11-tax-card"]
    assert result["title"] == "Karta podatkowa"
    assert result["lang"] == "pl"
    assert result["url"] == "/pl/guide/ankomst/skattekort/"
    assert client.get(result["url"]).status_code == 200


def test_the_excerpt_is_a_text_and_no_markup(site: Tree, client: Client):
    result = results(client, q="podatek", lang="pl")["T11-tax-card"]
    assert result["excerpt"] == "Płacisz podatek <b>od</b> wynagrodzenia & nic więcej."


def test_a_text_that_has_not_been_translated_is_offered_in_danish_and_says_so(site: Tree, client: Client):
    found = results(client, q="skat", lang="pl")
    assert found["T12-tax-return"]["lang"] == "da"
    assert found["T12-tax-return"]["url"] == "/pl/guide/ankomst/aarsopgoerelse/"
    assert next(iter(found)) != "T12-tax-return", "what the reader can read comes first"


def test_in_a_municipality_shared_pages_are_read_inside_it(site: Tree, client: Client):
    found = results(client, q="skat", lang="da", m="herning")
    assert found["T11-tax-card"]["url"] == "/da/herning/guide/ankomst/skattekort/"
    assert found["herning/skat"]["url"] == "/da/herning/skat/"
    assert found["herning/skat"]["municipality"] == "herning"


def test_a_page_of_a_municipality_has_its_own_address_wherever_it_is_found(site: Tree, client: Client):
    assert results(client, q="skat", lang="da")["herning/skat"]["url"] == "/da/herning/skat/"
    assert "herning/skat" not in results(client, q="skat", lang="da", m="holstebro")


def test_results_can_be_narrowed_to_a_kind_and_are_counted_by_kind_and_place(site: Tree, client: Client):
    answer = ask(client, q="skat", lang="da", kind="local")
    assert [result["key"] for result in answer["results"]] == ["herning/skat"]
    assert answer["total"] == 1
    assert answer["facets"]["kind"] == {"guide": 2, "local": 1}
    assert ask(client, q="skat", lang="da")["facets"]["municipality"] == {"": 2, "herning": 1}


def test_pages_of_results_follow_one_another_without_gap_or_repetition(tree: Tree, client: Client):
    put(*(make_document(f"Skat {number}", origin=f"s{number:02}") for number in range(23)))
    pages = [ask(client, q="skat", page=page) for page in (1, 2, 3, 4)]
    assert [len(page["results"]) for page in pages] == [10, 10, 3, 0]
    assert [page["pages"] for page in pages] == [3] * 4
    assert len({result["key"] for page in pages for result in page["results"]}) == 23


def test_danish_is_spoken_to_those_who_name_no_language_and_empty_values_are_none(site: Tree, client: Client):
    assert ask(client, q="skat") == ask(client, q="skat", lang="da", m="", kind="", page="")


def test_nothing_asked_is_nothing_found(site: Tree, client: Client):
    answer = ask(client, q="")
    assert (answer["total"], answer["results"], answer["backend"]) == (0, [], "")
    assert ask(client, SUGGEST, q="") == []


def test_a_misspelt_question_gets_a_suggestion(site: Tree, client: Client):
    assert ask(client, q="skattekrot", lang="da")["suggestion"] == "skattekort"


def test_what_is_being_typed_is_completed(site: Tree, client: Client):
    found = ask(client, SUGGEST, q="kart", lang="pl")
    assert found == [{"text": "Karta podatkowa", "url": "/pl/guide/ankomst/skattekort/", "kind": "guide", "lang": "pl"}]
    assert ask(client, SUGGEST, q="kart", lang="pl", m="herning")[0]["url"].startswith("/pl/herning/")


def test_a_text_that_has_not_been_translated_is_suggested_in_danish_behind_the_others(site: Tree, client: Client):
    put(*make_page("T13-skat", {"da": "Skat og SU", "pl": "Skat i SU"}), *make_page("T14", {"da": "Skatteret"}))
    found = [(one["text"], one["lang"]) for one in ask(client, SUGGEST, q="skat", lang="pl")]
    assert ("Skatteret", "da") in found
    assert found.index(("Skat i SU", "pl")) < found.index(("Skatteret", "da"))
    assert "Skatteret" not in [one["text"] for one in ask(client, SUGGEST, q="skat", lang="de") if one["lang"] == "de"]
    assert [one["lang"] for one in ask(client, SUGGEST, q="skat", lang="da")].count("da") > 1


@pytest.fixture
def emergency(site: Tree) -> None:
    """An emergency number and a page that words lead to."""
    make_fact("emergency-112", "112", label={"da": "Alarm", "pl": "Numer alarmowy"})
    BestBet.objects.create(key="fire", words={"pl": "pożar", "da": "brand"}, fact_id="emergency-112", is_urgent=True)
    BestBet.objects.create(key="tax", words={"pl": "podatek"}, page=site.tax)


def test_words_of_an_emergency_are_answered_with_the_number_first(emergency: None, client: Client):
    first, *_rest = ask(client, SUGGEST, q="pozar", lang="pl")
    assert first == {"text": "Numer alarmowy: 112", "url": "/pl/search/?q=pozar", "kind": "contact", "lang": "pl"}
    assert client.get(first["url"]).status_code == 200
    assert ask(client, q="pożar w domu", lang="pl")["best_bets"] == [
        {"title": "Numer alarmowy", "value": "112", "url": "", "lang": "pl", "is_urgent": True}
    ]
    assert ask(client, SUGGEST, q="pozar", lang="pl", m="herning")[0]["url"] == "/pl/herning/search/?q=pozar"


def test_what_the_editors_recommend_stands_beside_the_results_and_in_no_suggestion(emergency: None, client: Client):
    answer = ask(client, q="podatek", lang="pl", m="herning")
    assert [(bet["title"], bet["url"], bet["is_urgent"]) for bet in answer["best_bets"]] == [
        ("Skattekort", "/pl/herning/guide/ankomst/skattekort/", False)
    ]
    assert answer["results"]
    assert [one["text"] for one in ask(client, SUGGEST, q="podatek", lang="pl")].count("Skattekort") == 0
    assert ask(client, q="bolig", lang="pl")["best_bets"] == []


# How it is sent -----------------------------------------------------------------------------------------------------------


@BOTH
def test_an_answer_may_be_kept_by_everybody_for_a_minute(site: Tree, client: Client, address: str):
    response = client.get(address, {"q": "skat", "lang": "pl"}, headers={"accept-language": "ru"})
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["Content-Language"] == "pl"
    assert not {"Cookie", "Accept-Language"} & set(response.headers.get("Vary", "").split(", "))
    assert not response.cookies


@BOTH
def test_an_answer_that_has_not_changed_is_not_sent_again(site: Tree, client: Client, address: str):
    first = client.get(address, {"q": "skat"})
    again = client.get(address, {"q": "skat"}, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again.headers["Content-Language"] == first.headers["Content-Language"] == "da"
    SearchDocument.objects.filter(title="Skattekort").update(title="Skattekortet")
    cache.clear()
    changed = client.get(address, {"q": "skat"}, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200


@BOTH
def test_other_sites_may_ask(site: Tree, client: Client, address: str):
    for parameters in ({"q": "skat"}, {}):
        response = client.get(address, parameters, headers={"origin": "https://example.org"})
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@BOTH
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_possible(site: Tree, address: str, method: str):
    browser = Client(enforce_csrf_checks=True)
    response = getattr(browser, method)(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert response.json()["error"]["parameter"] is None
    assert browser.head(f"{address}?q=skat").status_code == 200


# What is refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("lang=pl", "q"),
        ("q=skat&lang=xx", "lang"),
        ("q=skat&lang=PL", "lang"),
        ("q=skat&lang=pl'--", "lang"),
        ("q=skat&m=aarhus", "m"),
        ("q=skat&m=../admin", "m"),
        ("q=skat&kind=page", "kind"),
        ("q=skat&kind=GUIDE", "kind"),
        ("q=skat&page=0", "page"),
        ("q=skat&page=-1", "page"),
        ("q=skat&page=101", "page"),
        ("q=skat&page=1000000000", "page"),
        ("q=skat&page=1.5", "page"),
        ("q=skat&page=١", "page"),
        ("q=skat&page=one", "page"),
        ("q=skat&q=loen", "q"),
        ("q=skat&lang=da&lang=pl", "lang"),
        ("q=skat&sort=date", "sort"),
        ("q=skat&q%00=1", "q\0"),
        (f"q={'a' * 2001}", "q"),
    ],
)
def test_a_parameter_that_cannot_be_understood_is_refused_by_name(
    site: Tree, client: Client, query: str, parameter: str
):
    response = client.get(f"{SEARCH}?{query}")
    assert response.status_code == 400
    assert response.json()["error"]["parameter"] == parameter
    assert response.json()["error"]["message"]
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["q=skat&kind=guide", "q=skat&page=2", "q=skat&m=aarhus", "q=skat&lang=xx", ""])
def test_the_completion_refuses_what_it_does_not_know(site: Tree, client: Client, query: str):
    assert client.get(f"{SUGGEST}?{query}").status_code == 400


def test_more_parameters_than_anybody_needs_are_refused_in_json(site: Tree, client: Client):
    response = client.get(f"{SEARCH}?{'&'.join(f'q{number}=1' for number in range(2000))}")
    assert response.status_code == 400
    assert response.json()["error"]["message"]


def test_a_refusal_is_in_the_language_asked_for_and_otherwise_in_english(site: Tree, client: Client):
    messages = {
        language: client.get(SEARCH, {"q": "skat", "page": "0", "lang": language})
        for language in [*dict(settings.LANGUAGES), "xx"]
    }
    texts = {language: response.json()["error"]["message"] for language, response in messages.items()}
    assert texts["en"] == "A whole number from 1 to 100 is expected."
    assert len({texts[language] for language in dict(settings.LANGUAGES)}) == 5
    assert messages["pl"].headers["Content-Language"] == "pl"
    assert messages["xx"].headers["Content-Language"] == "en"


def test_a_municipality_or_language_that_is_closed_is_refused(site: Tree, client: Client):
    in_language(site.herning, "pl").unpublish()
    assert client.get(SEARCH, {"q": "skat", "lang": "pl", "m": "herning"}).status_code == 400
    assert client.get(SEARCH, {"q": "skat", "lang": "da", "m": "herning"}).status_code == 200
    in_language(site.home, "ru").unpublish()
    response = client.get(SEARCH, {"q": "skat", "lang": "ru"})
    assert (response.status_code, response.json()["error"]["parameter"]) == (400, "lang")


@BOTH
def test_too_many_requests_are_asked_to_wait(site: Tree, client: Client, address: str, settings: Any):
    settings.THROTTLES = {"search": (2, 3600), "suggest": (2, 3600)}
    statuses = [client.get(address, {"q": "skat", "lang": "da"}).status_code for _request in range(4)]
    assert statuses == [200, 200, 429, 429]
    refused = client.get(address, {"q": "skat", "lang": "da"})
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["Cache-Control"] == "no-store"
    assert refused.json()["error"]["message"]
    assert client.get(address, {"q": "skat"}, REMOTE_ADDR="198.51.100.7").status_code == 200, "somebody else"


def test_the_schema_names_the_languages_kinds_and_limits_that_hold():
    schema = yaml.safe_load(Path(ROOT / "docs/api/openapi.yaml").read_text())
    parameters = schema["components"]["parameters"]
    assert parameters["lang"]["schema"]["enum"] == ["", *dict(settings.LANGUAGES)]
    assert schema["components"]["schemas"]["Kind"]["enum"] == Kind.values
    text = schema["info"]["description"]
    for name in ("search", "suggest"):
        assert f"{settings.THROTTLES[name][0]:,} times" in text
