"""What ships is complete, and the facts on which people rely are right: who gives a CPR number, and whom to ring."""

import re
from collections import Counter

import pytest

from portal.facts.tokens import citations
from portal.starter.markup import link_targets
from portal.starter.texts import AMOUNT, PHONE
from tests.welcome_pages.starter_content.shipped import (
    LANGUAGES,
    MUNICIPALITIES,
    all_texts,
    content,
    page_file,
    page_texts,
    sentences,
    words_of,
)
from welcome_pages.starter_content.references import named_facts

TOPICS = (1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 24, 25, 27, 30, 33, 34, 36, 39)
GUIDES = [f"T{number:02}" for number in TOPICS]
OUTDATED = ["NemID", "Statsforvaltning", "PostNord", "sygesikringsbevis", "70 11 31 11", "70113111"]
SHORT_NUMBER = re.compile(r"(?<!\d)(?:112|113|114|1813|1888|116 ?111)(?!\d)")
NO = {
    "da": r"\b(?:ikke|nej|kun)\b",
    "en": r"\b(?:not|no|only|cannot)\b",
    "de": r"\b(?:nicht|kein\w*|nein|nur)\b",
    "pl": r"\b(?:nie|tylko)\b",
    "ru": r"\b(?:не|нет|только|нельзя)\b",
}
ONLINE = {
    "da": r"på nettet",
    "en": r"\bonline\b",
    "de": r"\bonline\b|Online-Antrag",
    "pl": r"\bonline\b|przez internet",
    "ru": r"\bонлайн\b|через интернет",
}
FIRST_ONLINE = ["ikast-brande", "ringkoebing-skjern", "struer"]
NAMES = {
    "da": ["Ikast-Brande", "Ringkøbing-Skjern", "Struer"],
    "en": ["Ikast-Brande", "Ringkøbing-Skjern", "Struer"],
    "de": ["Ikast-Brande", "Ringkøbing-Skjern", "Struer"],
    "pl": ["Ikast-Brande", "Ringkøbing-Skjern", "Struer"],
    "ru": ["Икаст-Бранне", "Рингкёбинг-Скьерн", "Струер"],
}


def matches(patterns: dict[str, str], language: str, text: str) -> bool:
    return bool(re.search(patterns[language], text, re.IGNORECASE))


def fact(key: str) -> dict[str, str]:
    """Return the value of a text fact by language."""
    (item,) = [item for item in content().facts if item["key"] == key]
    return {"da": item["value"], **(item.get("other_languages") or {})}


# Complete -------------------------------------------------------------------------------------------------------------


def test_the_glossary_has_150_complete_terms():
    assert len(content().terms) == 150
    for term in content().terms:
        for field in ("word", "meaning", "synonyms"):
            assert set(term[field]) == set(LANGUAGES), term["key"]
        for language in LANGUAGES:
            assert term["word"][language].strip(), term["key"]
            assert re.search(r"[.!?”“»’)]$", term["meaning"][language].strip()), f"{term['key']} [{language}]"


def test_all_topics_that_were_promised_have_a_guide():
    keys = [file.data["key"] for file in content().pages if file.kind == "guide"]
    topics = Counter(key[:3] for key in keys)
    assert [topic for topic in GUIDES if not topics[topic]] == []
    assert len(keys) >= 24
    assert len(set(topics) - set(GUIDES)) >= 2
    assert max(topics.values()) == 1


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_municipality_has_a_home_with_contacts_local_pages_and_notes(municipality):
    files = [file for file in content().pages if file.name.startswith(f"municipalities/{municipality}/")]
    kinds = Counter(file.kind for file in files)
    assert kinds["municipality"] == 1
    assert kinds["local"] >= 3
    assert kinds["note"] >= 4
    home = next(file for file in files if file.kind == "municipality")
    contacts = [block["contact"] for block in home.data["body"] if "contact" in block]
    assert contacts
    kinds_of_facts = {item["key"]: item for item in content().facts}
    own = [kinds_of_facts[key] for key in contacts[0]["facts"] if kinds_of_facts[key]["municipality"] == municipality]
    assert {item["kind"] for item in own} & {"phone", "email", "link"}, (
        "the first card stands in every guide: it says whom to ask"
    )


def test_every_citation_and_every_link_leads_somewhere():
    """The reader refuses anything else; this is the same question, asked without the reader's own code."""
    facts, terms = {item["key"] for item in content().facts}, {item["key"] for item in content().terms}
    pages = {file.reference for file in content().pages}
    cited: Counter[str] = Counter()
    for place, versions in page_texts():
        for language, text in versions.items():
            for prefix, key in citations(text):
                assert key in (terms if prefix else facts), f"{place} [{language}]: {key}"
                cited[prefix] += 1
            assert set(link_targets(text)) <= pages, f"{place} [{language}]"
    named = [place.value for file in content().pages for place in named_facts(file)]
    assert set(named) <= facts
    assert min(cited["term:"], cited[""], len(named)) > 100


def test_every_text_fact_is_there_in_every_language():
    assert [
        item["key"] for item in content().facts if item["kind"] == "text" and set(fact(item["key"])) != set(LANGUAGES)
    ] == []


def test_municipal_facts_stay_in_their_municipality():
    """A page of one municipality may link to a school of another one, but shows no phone number or address of it."""
    contacts = [item for item in content().facts if item["kind"] in {"phone", "email", "address", "hours"}]
    owners = {item["key"]: item["municipality"] for item in contacts if item["municipality"]}
    for municipality in MUNICIPALITIES:
        for file in content().pages:
            if not file.name.startswith(f"municipalities/{municipality}/"):
                continue
            cited = {
                key for place in page_texts(file.name) for prefix, key in citations(place.versions["da"]) if not prefix
            }
            cited |= {place.value for place in named_facts(file)}
            assert {owners.get(key, municipality) for key in cited} <= {municipality}, file.name


# No figures that go out of date ---------------------------------------------------------------------------------------


def test_no_text_has_an_amount_or_a_rate():
    assert [place for place, versions in all_texts() for text in versions.values() if AMOUNT.search(text)] == []


def test_no_text_has_a_typed_phone_number():
    """The app of the emergency services is called 112 app; that is its name and no number to ring."""
    found = []
    for place, versions in page_texts():
        for language, text in versions.items():
            words = re.sub(r"112[ -]app\w*|112-appen", "", words_of(text))
            if PHONE.search(words) or SHORT_NUMBER.search(words):
                found.append(f"{place} [{language}]: {text}")
    assert found == []


def test_no_outdated_name_or_number_is_shown():
    shown = [(place, text) for place, versions in all_texts() for text in versions.values()]
    shown += [(item["key"], item["value"]) for item in content().facts]
    assert [(place, word) for place, text in shown for word in OUTDATED if word.lower() in words_of(text).lower()] == []


def test_old_names_still_help_readers_who_search():
    """NemID is not shown, but who searches for it finds MitID."""
    synonyms = {term["key"]: term["synonyms"] for term in content().terms}
    assert all("NemID" in synonyms["mitid"][language] for language in LANGUAGES)


def test_the_out_of_hours_doctor_of_this_region_is_the_only_one():
    phones = {item["key"]: "".join(item["value"].split()) for item in content().facts if item["kind"] == "phone"}
    assert phones["out-of-hours-doctor"] == "70113131"
    assert "1813" not in phones.values()
    assert [key for key, value in phones.items() if value.startswith("701131") and value != "70113131"] == []
    everything = " ".join(text for _place, versions in all_texts() for text in versions.values())
    assert not re.search(r"\b1813\b|70 ?11 ?31 ?11", everything)


def test_the_guide_on_doctors_at_night_gives_the_number_and_the_hours():
    guide = page_file("guides/laegevagt-og-sygehus.yaml")
    cited = {key for _place, versions in page_texts(guide.name) for _prefix, key in citations(versions["da"])}
    cited |= {place.value for place in named_facts(guide)}
    assert {"out-of-hours-doctor", "out-of-hours-doctor-hours"} <= cited
    (hours,) = [item["value"] for item in content().facts if item["key"] == "out-of-hours-doctor-hours"]
    assert "Mo-Fr 16:00-08:00" in hours


# Who gives a CPR number -----------------------------------------------------------------------------------------------


def test_holstebro_is_on_no_list_of_those_who_get_a_cpr_number_in_aarhus():
    for key in ("ics-west-cpr-municipalities", "ics-west-cpr-municipalities-all", "ics-west-online-group"):
        for value in fact(key).values():
            assert "Holstebro" not in value, key
            assert "Хольстебро" not in value, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_of_municipalities_name_the_right_ones(language):
    herning = "Хернинг" if language == "ru" else "Herning"
    online, cpr = fact("ics-west-online-group")[language], fact("ics-west-cpr-municipalities")[language]
    assert all(name in online and name in cpr for name in NAMES[language])
    assert herning in cpr
    assert herning not in online


def test_holstebros_note_on_the_cpr_number_sends_nobody_to_ics_west():
    name = "municipalities/holstebro/note-cpr-nummer.yaml"
    assert page_file(name).data["guide"] == "T09-cpr-number"
    cited = {key for _place, versions in page_texts(name) for _prefix, key in citations(versions["da"])}
    cited |= {place.value for place in named_facts(page_file(name))}
    assert "borgerservice" in cited
    assert not [key for key in cited if "ics-west" in key]
    assert not [place for place, versions in page_texts(name) if "T10-ics-west" in link_targets(versions["da"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_holstebro_every_sentence_on_ics_west_and_the_cpr_number_says_no(language):
    said = 0
    for _place, versions in page_texts("municipalities/holstebro/"):
        for sentence in re.split(r"(?<=[.!?])\s+", words_of(versions[language])):
            if "ICS West" in sentence and "CPR" in sentence:
                said += 1
                assert matches(NO, language, sentence), sentence
    assert said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("municipality", FIRST_ONLINE)
def test_the_online_application_before_the_visit_is_stated_where_it_holds(municipality, language):
    for note in ("note-cpr-nummer", "note-ics-west"):
        texts = list(page_texts(f"municipalities/{municipality}/{note}.yaml"))
        told = [
            words_of(versions[language]) for _place, versions in texts if matches(ONLINE, language, versions[language])
        ]
        assert told, note
        cited = {key for _place, versions in texts for _prefix, key in citations(versions[language])}
        assert "link-lifeindenmark-ics-west" in cited, note


@pytest.mark.parametrize("language", LANGUAGES)
def test_herning_tells_nobody_to_apply_online_first(language):
    for _place, versions in page_texts("municipalities/herning/"):
        if "CPR" not in versions[language] and "ICS West" not in versions[language]:
            continue
        for sentence in sentences(versions[language]):
            assert not matches(ONLINE, language, sentence) or matches(NO, language, sentence), sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_the_online_group_by_its_fact(language):
    for name in ("guides/cpr-nummer.yaml", "guides/ics-west.yaml"):
        cited = {key for _place, versions in page_texts(name) for _prefix, key in citations(versions[language])}
        cited |= {place.value for place in named_facts(page_file(name))}
        assert "ics-west-online-group" in cited, name
