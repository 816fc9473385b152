"""The official addresses of forms: deep where the fact files confirm one, and honest where they do not."""

import re
from urllib.parse import urlsplit

from tests.welcome_pages.plan.shipped_content import shipped_content

FRONT = {
    "da": re.compile("forside"),
    "en": re.compile("front page", re.IGNORECASE),
    "de": re.compile("Startseite"),
    "pl": re.compile("strona główna"),
    "ru": re.compile("главная страница"),
}
ROOTS = {
    *("link-borger", "link-borger-choose-doctor", "link-borger-holiday", "link-digst-daycare"),
    *("link-danskelejere-moving", "link-fstyr-licence", "link-lifeindenmark", "link-mitid-passport"),
    *("link-motorst", "link-nemkonto", "link-nyidanmark-contract", "link-nyidanmark-eu-employee"),
    *("link-siri-danish", "link-skat", "link-sundhed", "link-uvm-school"),
    *("link-virk", "link-workindenmark-contract", "link-workplacedenmark"),
}
"""Front pages, because the facts name no address below them. The label says what to search for there."""


def _used() -> dict[str, dict]:
    facts = {item["key"]: item for item in shipped_content().facts}
    forms = [file.data for file in shipped_content().pages if file.kind == "form"]
    return {key: facts[key] for form in forms for key in form["sources"]}


def test_no_form_links_to_a_bare_front_page_except_those_that_say_so():
    bare = {key for key, fact in _used().items() if not urlsplit(fact["value"]).path.removeprefix("/en-gb").strip("/")}
    assert bare == ROOTS
    for key in bare:
        own_pages = _used()[key].get("other_languages") or {}
        for language, words in FRONT.items():
            assert language in own_pages or words.search(_used()[key]["label"][language]), (key, language)


def test_two_addresses_of_one_form_are_never_the_same_link_with_the_same_words():
    facts = _used()
    for file in (file for file in shipped_content().pages if file.kind == "form"):
        shown = [(facts[key]["value"], facts[key]["label"]["da"]) for key in file.data["sources"]]
        assert len(shown) == len(set(shown)), file.reference
    assert len({(fact["value"], fact["label"]["da"]) for fact in facts.values()}) == len(facts)


def test_the_addresses_that_the_fact_files_confirm_are_used():
    facts = _used()
    assert facts["link-skat-tax-card"]["other_languages"].keys() == {"de", "pl"}
    assert facts["link-skat"]["other_languages"]["pl"] == "https://skat.dk/pl"
    assert facts["link-skat-assessments"]["value"].endswith("oid=2244336")
    assert facts["link-virk-rut"]["value"] == "https://virk.dk/rut"
