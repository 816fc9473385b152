"""One thing has one name in each language: that of the glossary."""

import re
from collections import Counter

import pytest

from portal.facts.tokens import TOKEN
from tests.welcome_pages.starter_content.shipped import LANGUAGES, content, page_texts, register_texts, words_of
from tests.welcome_pages.starter_content.words_of_terms import is_form_of

FORMS = ("forms/", "field_guides/", "form word", "meaning of form word")
"""Texts beside the printed words of a form keep to these."""

# fmt: off
SHORTER: dict[tuple[str, str], tuple[str, ...]] = {
    # The name without a word that the sentence says already, or that a native leaves out at the second mention.
    ("egen-laege", "da"): ("læge", "læger"),
    ("blaat-eu-sygesikringskort", "en"): ("European Health Insurance Card",),
    ("friskole", "en"): ("Independent",),
    ("friskole", "ru"): ("Независимая",),
    ("folkeskole", "en"): ("primary and lower secondary school",),
    ("modtageklasse", "pl"): ("klasy przygotowawcze", "klasę przygotowawczą"),
    ("modtageklasse", "ru"): ("подготовительные классы", "подготовительный класс"),
    ("pant", "en"): ("deposit",),
    ("pant", "pl"): ("kaucja", "kaucję"),
    ("pant", "ru"): ("залог",),
    # Housing has no plural in English.
    ("almen-bolig", "en"): ("non-profit home", "non-profit homes"),
    # Notice is what one gives.
    ("opsigelse", "en"): ("giving notice",),
}
"""(term, language) → labels that are no form of a name in the glossary, each group with its reason."""

FORBIDDEN = {
    "de": {
        r"(?<!-)\bSteuernummer": "Steuer-Personennummer (skattepersonnummer): a Steuernummer is a German number",
        r"\bBürgerbüro|\bBürgeramt": "Bürgerservice",
        r"\b[Bb]oligselskab(?!et)|\bWohnungs(?:bau)?gesellschaft|\bWohnungsverein": "Wohnungsgenossenschaft",
        r"\bSprachschule": "Sprachzentrum",
        r"\bGesundheitskarte|\bVersichertenkarte": "Krankenversicherungskarte (sundhedskort)",
        r"\bFinanzamt|\bSteuerbehörde": "Steueramt (Skattestyrelsen)",
        r"\bAufenthaltstitel|\bAufenthaltsgenehmigung": "Aufenthaltserlaubnis",
        r"\bArbeitsgenehmigung": "Arbeitserlaubnis",
        r"\bAnmeldebescheinigung|\bEU-Aufenthaltsbescheinigung": "EU-Aufenthaltsdokument",
        r"\bWohnbeihilfe|\bWohnzuschuss|\bMietzuschuss": "Wohngeld (boligstøtte)",
        r"\bLohnzettel|\bGehaltsabrechnung": "Lohnabrechnung",
    },
    "pl": {
        r"\b[Pp]ocz(?:t|ci)\w* cyfrow": "Digital Post",
        r"\b[Bb]oligselskab(?!et)|\b(?:[Tt]owarzystw|[Oo]rganizacj)\w+ mieszkaniow": "spółdzielnia mieszkaniowa",
        r"\b[Ss]zko\w+ językow": "centrum językowe",
        r"\bNIP\b": "numer identyfikacji podatkowej (skattepersonnummer)",
        r"\b[Kk]art\w+ ubezpieczenia zdrowotnego": "karta zdrowia (sundhedskort)",
        r"\burz\w+ (?:gminy|miasta)\b": "gmina; punkt obsługi mieszkańców (Borgerservice)",
        r"\b[Zz]asił\w+ (?:mieszkaniow|rodzinn)": "dodatek mieszkaniowy, świadczenie na dziecko",
        r"\b[Ff]undusz\w* bezrobocia": "kasa ubezpieczenia od bezrobocia (A-kasse)",
    },
    "ru": {
        r"\b[Цц]ифров\w+ почт(?!ов)": "Digital Post",
        r"\bкоммун(?:а|ы|е|у|ой)\b": "муниципалитет",
        r"\b[Жж]илищн\w+ (?:товариществ|кооператив|обществ|компани)": "жилищная ассоциация (boligforening)",
        r"\bязыков\w+ школ": "языковой центр",
        r"\b[Нн]алогов\w+ (?:служб|инспекци)": "Налоговое управление (Skattestyrelsen)",
        r"\bводительск\w+ удостоверени": "водительские права",
        r"\bпрописк": "регистрация адреса",
        r"\bслужб\w+ для граждан": "центр обслуживания граждан (Borgerservice)",
        r"\b[Сс]правк\w+ о (?:проживании|регистрации)": "свидетельство о регистрации гражданина ЕС",
    },
    "en": {
        r"\b[Ll]anguage school": "language centre",
        r"\b[Hh]ousing compan": "housing association",
        r"\b[Ss]tate school": "public primary and lower secondary school (folkeskole)",
        r"\b[Tt]ax authorit": "Danish Tax Agency",
        r"\bNational Insurance number|\b[Ss]ocial security number": "CPR number",
        r"\b[Tt]enancy agreement": "rental contract",
    },
}
"""Language → second names of a thing that has one, and the name that the glossary gives it."""
# fmt: on


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_a_term_is_a_form_of_its_name(language):
    terms = {term["key"]: term for term in content().terms}
    checked, wrong = 0, []
    for place, versions in page_texts():
        for match in TOKEN.finditer(versions[language]):
            label, key = match[3], match[2]
            if not match[1] or not label:
                continue
            checked += 1
            if not is_form_of(label, terms[key], language) and label not in SHORTER.get((key, language), ()):
                wrong.append(f"{place}: “{label}” for {terms[key]['word'][language]}")
    assert wrong == []
    assert checked > 300


@pytest.mark.parametrize("language", FORBIDDEN)
def test_nothing_has_a_second_name(language):
    found = [
        f"{place}: {match[0]} is {name}"
        for place, versions in [*page_texts(), *register_texts()]
        if not place.startswith((*FORMS, "word of term"))
        for pattern, name in FORBIDDEN[language].items()
        if (match := re.search(pattern, words_of(versions.get(language, ""))))
    ]
    assert found == []


def test_every_shorter_label_is_still_used():
    used: Counter[tuple[str, str, str]] = Counter()
    for _place, versions in page_texts():
        for language, text in versions.items():
            used.update((match[2], language, match[3]) for match in TOKEN.finditer(text) if match[1] and match[3])
    kept = [(key, language, label) for (key, language), labels in SHORTER.items() for label in labels]
    assert [item for item in kept if not used[item]] == []


@pytest.mark.parametrize(
    ("key", "language", "label", "is_form"),
    [
        ("cpr-nummer", "pl", "numerem CPR", True),
        ("cpr-nummer", "da", "CPR-nummeret", True),
        ("skattepersonnummer", "de", "Steuernummer", False),
        ("skattepersonnummer", "de", "dänische Steuer-Personennummer", True),
        ("eu-opholdsdokument", "ru", "свидетельства о регистрации гражданина ЕС", True),
        ("eu-opholdsdokument", "ru", "справку из SIRI", False),
        ("almen-bolig", "da", "boligselskaber", False),
        ("siri", "pl", "Duńską Agencję Rekrutacji i Integracji Międzynarodowej", True),
        ("lejekontrakt", "en", "tenancy agreement", False),
    ],
)
def test_a_form_is_told_from_another_word(key, language, label, is_form):
    (term,) = [term for term in content().terms if term["key"] == key]
    assert is_form_of(label, term, language) is is_form
