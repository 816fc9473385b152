"""What pages of certain kinds have to say: procedures, pages of municipalities, official pages in the right language."""

import re
from urllib.parse import urlsplit

import pytest

from portal.facts.tokens import citations
from tests.welcome_pages.starter_content.shipped import LANGUAGES, MUNICIPALITIES, content, page_file, page_texts

PROCEDURES = """
    T02 T04 T05 T06 T08 T09 T10 T11 T12 T13 T14 T17 T18 T19 T23 T25 T28 T29 T30 T31 T32 T33 T34 T36 T37 T38 T39 T40 T42
    T43 T47 T48 T51 T52 T60 T61 T62 T63
"""
LOW_CONFIDENCE = """
    telefon-og-internet kom-rundt koeb-en-bolig regninger-og-svindel trafikregler frivillig-og-kirke
    valg-og-indflydelse aegteskab-og-skilsmisse
"""
# fmt: off
SAYS_SO = {
    "da": r"[Vv]i skriver ikke|vi ikke har (?:set|fundet|tjekket|bekræftet)|[Vv]i har ikke (?:set|fundet|tjekket|bekræftet)",
    "en": r"[Ww]e (?:do not (?:say|give|list|print)|print no|have not (?:seen|found|checked|confirmed))",
    "de": r"[Ww]ir (?:nennen|schreiben|haben)\b[^.]*\b(?:nicht|kein\w*)|schreiben wir hier nicht|nicht auf einer offiziellen",
    "pl": r"[Nn]ie (?:piszemy|podajemy|znaleźliśmy|sprawdziliśmy)",
    "ru": r"[Мм]ы (?:здесь )?не (?:пишем|приводим|указываем|нашли|проверили|называем)",
}
UNCONFIRMED = {
    "da": r"ikke (?:er )?bekræftet|[Vv]i har ikke en|[Vv]i skriver ikke (?:navne|telefon)",
    "en": r"not confirmed|no confirmed|not been confirmed|have not confirmed",
    "de": r"nicht bestätigt|keine bestätigte",
    "pl": r"nie (?:są|jest) potwierdzon|potwierdzonej listy",
    "ru": r"не подтвержден|не подтверждён|подтверждённого списка",
}
# fmt: on
WITHOUT_OWN_PAGE = {
    "link-lifeindenmark-pension",
    "link-lifeindenmark-parental-leave",
    "link-nyidanmark-eu-employee",
    "link-nyidanmark-contract",
    "link-nyidanmark-interns",
    "link-norden-parental-benefit",
    "link-workindenmark-contract",
    "link-holstebro-danish",
    "link-nemkonto",
    "link-danskelejere-moving",
    "link-fstyr-licence",
    "link-borger-choose-doctor",
    "link-borger-holiday",
    "link-digst-daycare",
}  # fmt: skip
"""Facts that name the title of an official page and lead to the front page: nobody has seen the page's address."""


def test_what_is_a_procedure_says_what_to_bring_how_and_what_next():
    guides = {file.data["key"][:3]: file.data for file in content().pages if file.kind == "guide"}
    assert [
        key for key in PROCEDURES.split() if not all(guides[key].get(part) for part in ("bring", "how", "next"))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LOW_CONFIDENCE.split())
def test_a_page_of_low_confidence_says_that_it_is_one(name, language):
    texts = [versions[language] for _place, versions in page_texts(f"guides/{name}.yaml")]
    assert any(re.search(SAYS_SO[language], text) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_local_pages_say_whom_to_ask_and_not_what_is_unconfirmed(language):
    found = [
        f"{place}: {versions[language]}"
        for place, versions in page_texts("municipalities/")
        if re.search(UNCONFIRMED[language], versions[language])
    ]
    assert found == []


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_municipality_speaks_of_furnished_homes_and_of_volunteering(municipality):
    housing = " ".join(text.versions["da"] for text in page_texts(f"municipalities/{municipality}/bolig.yaml"))
    assert re.search(r"møbleret|møblerede", housing)
    assert page_file(f"municipalities/{municipality}/faellesskab.yaml").kind == "local"
    community = page_texts(f"municipalities/{municipality}/faellesskab.yaml")
    assert any(("term:", "frivillig") in citations(text.versions["da"]) for text in community)


def test_a_link_that_names_an_official_page_leads_to_it():
    """A reader who is promised a page by its title should not have to look for it from the front page."""
    found = {
        item["key"]
        for item in content().facts
        if item["kind"] == "link" and re.search(r"”.+”", item["label"]["da"])
        for address in (item["value"], *(item.get("other_languages") or {}).values())
        if urlsplit(address).path in {"", "/"}
    }
    assert found == WITHOUT_OWN_PAGE


def test_tax_and_work_are_explained_in_german_and_polish_where_the_authority_does():
    links = {item["key"]: item for item in content().facts if item["kind"] == "link"}
    for key in ("link-skat", "link-skat-tax-card", "link-workplacedenmark"):
        assert {"de", "pl"} <= set(links[key]["other_languages"]), key
