"""Every text that ships is in the language it claims, addresses the reader in one way, and has the same figures."""

import re
from collections import Counter

import pytest
from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from tests.welcome_pages.starter_content.shipped import LANGUAGES, Text, all_texts, content, words_of
from welcome_pages.starter_content.reader import CONTENT

CODES = {
    Language.DANISH: "da",
    Language.ENGLISH: "en",
    Language.GERMAN: "de",
    Language.POLISH: "pl",
    Language.RUSSIAN: "ru",
}
SHORTEST = 60
PROPER_NAMES = """
    Ringkøbing-Skjern Ringkøbing Skjern Holstebro Struer Herning Ikast-Brande Ikast Brande Lemvig Aarhus Tarm Videbæk
    Hvide Sande Vinderup Bording Engesvang Ejstrupholm Nørre Snede Isenvad Klovborg Region Midtjylland Udbetaling
    Danmark SIRI ICS West Borgerservice Jobcenter Skattestyrelsen Motorstyrelsen MitID NemKonto Digital Post
    Pladsanvisning Sundhedskortet Boligselskabet Boligforening Fruehøjgaard FællesBo BoMidtVest NordVestBO Danske
    Lejere LLO Sprogcenter Sprogcentret Midt Lærdansk Studieprøven DU1 DU2 DU3 PD1 PD2 PD3 Statsgymnasium Gymnasium
    Lundgårdskolen ISIB School IB Diploma pre-IB Bibliotekerne Pakhuset Frivillig Vest Internationals RKSK
    International Society Expat Fair Facebook
"""
QUOTED = re.compile(r"\([^)]*\)|[‘„«”“][^’”»“]*[’”»“]")

ONE_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

# Named exceptions, each with its reason.
FOREIGN_NAMES = """
    Aalborg Esbjerg Odense Sønderborg Gødstrup Nørregade Poznań Anna Maria Kowalska BørneTelefonen DigitalHotlinen
    Giftlinjen Livslinien Lev Uden Vold Info Norden STAR dao BIC HEADSTART Kompetencer til et Grønt Danmark Polen
    Świadectwo dojrzałości ukończenia szkoły podstawowej Pre-IB
"""
"""Names that occur in short texts only, also of two Polish certificates and of a Danish project."""
SHARED_WORDS = {
    "en": "december e-mail metal",
    "de": "eu-dokument formularen juli kommunikation",
    "pl": "chip mentor metal transport",
    "ru": "",
}
"""Words that are spelled as in Danish and occur in the other language in short texts only."""
OTHER_FIGURES = {
    "municipalities/struer/skoler.yaml": "says after which class a Danish gymnasium begins: a German one "
    "begins earlier",
}
ONLY_NAMES = {"fact ics-west-cpr-municipalities-all": "a list of 18 municipalities"}
QUOTES_DANISH = {"label of fact link-borger-moving": "quotes the Danish title of the page, with its du"}
THEY_AND_NOT_YOU = (
    "De skriver under",
    "De får hjælp",
    "De vigtigste numre",
    "De hedder",
    "De har en side",
    "De er for børn",
    "De har også",
    "De handler",
    "De vestjyske",
)


def words_pattern(words: list[str], flags: int = 0) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?:['’]?s)?(?![\w-])", flags)


NAMES = words_pattern(PROPER_NAMES.split())


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*CODES).with_preloaded_language_models().build()


@pytest.fixture(scope="module")
def danish_words() -> re.Pattern[str]:
    """What may stand in Danish in every language: the official words."""
    words = [word for term in content().terms for word in (term["word"]["da"], *term["synonyms"]["da"])]
    return words_pattern(words, re.IGNORECASE)


def prose(text: str, language: str, danish_words: re.Pattern[str]) -> str:
    """Return the words of a text that tell its language: no tokens, no names, no Danish terms, no quotations."""
    words = QUOTED.sub(" ", words_of(text, with_labels=False))
    if language != "da":
        words = danish_words.sub(" ", words)
    return " ".join(NAMES.sub(" ", words).split())


def test_every_text_is_in_the_language_it_claims(detector, danish_words):
    checked, wrong = Counter(), []
    for place, versions in all_texts():
        for language, text in versions.items():
            words = prose(text, language, danish_words)
            if len(words) < SHORTEST:
                continue
            checked[language] += 1
            found = detector.detect_language_of(words)
            if (found is None or CODES[found] != language) and place not in ONLY_NAMES:
                wrong.append(f"{place} [{language}] looks like {found}: {words}")
    assert not wrong, "\n".join(wrong)
    assert min(checked[language] for language in LANGUAGES) > 450


def test_a_text_under_the_wrong_language_would_be_noticed(detector, danish_words):
    """The same detector, asked about every text under the code of another language, agrees to next to none."""
    agreed = total = 0
    for _place, versions in all_texts():
        for claimed, real in zip(LANGUAGES, (*LANGUAGES[1:], LANGUAGES[0]), strict=True):
            words = prose(versions[real], claimed, danish_words)
            if len(words) >= SHORTEST:
                total += 1
                agreed += CODES[detector.detect_language_of(words)] == claimed
    assert total > 2000
    assert agreed <= total / 50


def vocabulary(text: str, language: str, danish_words: re.Pattern[str]) -> set[str]:
    """Return the words of a text, without names, official Danish words and quotations."""
    words = QUOTED.sub(" ", words_of(text, with_labels=language != "da"))
    return {word.lower() for word in ONE_WORD.findall(NAMES.sub(" ", danish_words.sub(" ", words))) if len(word) > 2}


def left_in_danish(texts: list[Text], danish_words: re.Pattern[str]) -> list[str]:
    """Return the words of short texts that are Danish: they occur in Danish texts and in no long one of the language.

    Long texts are judged by the detector, so what stands in them is of their language.
    """
    names = {word.lower() for word in FOREIGN_NAMES.split()}
    danish = set().union(*(vocabulary(text.versions["da"], "da", danish_words) for text in texts))
    found = []
    for language in LANGUAGES[1:]:
        words = [
            (text.place, text.versions[language], vocabulary(text.versions[language], language, danish_words))
            for text in texts
        ]
        known = set().union(*(said for _place, text, said in words if len(text) >= SHORTEST))
        known |= names | set(SHARED_WORDS[language].split())
        found += [
            f"{place} [{language}] {word}: {text}"
            for place, text, said in words
            if len(prose(text, language, danish_words)) < SHORTEST
            for word in sorted(said & danish - known)
        ]
    return found


def is_example(place: str) -> bool:
    """Say whether a text is the example of a field of a form."""
    name, _colon, line = place.partition(":")
    if not name.startswith("field_guides/"):
        return False
    return "example:" in (CONTENT / name).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_no_short_text_has_a_danish_word_left_in_it(danish_words):
    """What is shorter than the detector can judge is compared with the words of the Danish texts.

    What is to be written into a form, names and addresses, is the same in every language.
    """
    examples = {place for place, versions in all_texts() if len(set(versions.values())) == 1 or is_example(place)}
    texts = [text for text in all_texts() if text.place not in examples]
    assert left_in_danish(texts, danish_words) == []


@pytest.mark.parametrize("left", ["Vælg lejlighed", "Ring to kommunen"])
def test_a_danish_word_in_a_short_text_would_be_noticed(left, danish_words):
    versions = {**dict.fromkeys(LANGUAGES, "Ring"), "da": left, "pl": left}
    found = left_in_danish([*all_texts(), Text("here", versions)], danish_words)
    assert any(line.startswith("here [pl]") for line in found)


def figures(text: str) -> tuple[Counter[str], set[str]]:
    """Return the numbers of a text, and names with a figure such as A1; 6.000, 6 000 and 6000 are one number."""
    words = re.sub(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))", "", words_of(text)).replace(",", ".")
    return Counter(re.findall(r"(?<![A-Za-z\d])\d+(?:\.\d+)?", words)), set(re.findall(r"[A-Za-z]+\d+", words))


def test_every_text_has_the_same_figures_in_all_languages():
    wrong = [
        f"{place} [{language}]: {figures(text)} and not {figures(versions['da'])}"
        for place, versions in all_texts()
        for language, text in versions.items()
        if figures(text) != figures(versions["da"]) and place.partition(":")[0] not in OTHER_FIGURES
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Omkring 6.000 borgere", "Around 6,000 citizens", True),
        ("12 000 domów", "12000 Häuser", True),
        ("2,5 timer", "2.5 hours", True),
        ("10–12 timer", "10-12 hours", True),
        ("form A1, A1", "form A1", True),
        ("5 dage", "6 days", False),
        ("15 år", "years", False),
        ("form A1", "form S1", False),
    ],
)
def test_figures_are_compared_as_numbers(one, other, is_same):
    assert (figures(one) == figures(other)) is is_same


def test_danish_texts_say_du():
    """The polite De, Dem and Deres would stand in the middle of a sentence; at its beginning De is also “they”."""
    address = re.compile(r"\b(?:De|Dem|Deres|Jer|Eder)\b")
    for place, versions in all_texts():
        for sentence in re.split(r"(?<=[.!?:])\s+", words_of(versions["da"])):
            match = address.search(sentence)
            assert not match or sentence.startswith(THEY_AND_NOT_YOU), f"{place}: {sentence}"


@pytest.mark.parametrize(
    ("language", "forbidden"),
    [
        ("de", r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\w*|[Ee]uch|[Ee]uer|[Ee]ure\w*)\b"),
        ("pl", r"\b(?:[Pp]an(?:i|a|u|em|ią|ie)?|Państw(?:o|a|u|em))\b"),
        (
            "ru",
            r"\b(?:[Тт](?:ы|ебя|ебе|обой|вой|воя|воё|вои|воего|воей|воих))\b|(?<=[а-яё,;—] )В(?:ы|ас|ам|ами|аш\w*)\b",
        ),
    ],
)
def test_nobody_is_addressed_in_another_way(language, forbidden):
    pattern = re.compile(forbidden)
    found = [
        f"{place}: {versions[language]}"
        for place, versions in all_texts()
        if pattern.search(words_of(versions[language])) and place not in QUOTES_DANISH
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", OTHER_FIGURES)
def test_an_exception_for_figures_is_still_needed(name):
    needed = [versions for place, versions in all_texts() if place.startswith(f"{name}:")]
    assert any(figures(versions["de"]) != figures(versions["da"]) for versions in needed)


@pytest.mark.parametrize("name", QUOTES_DANISH)
def test_an_exception_for_a_quotation_is_still_needed(name):
    (versions,) = [versions for place, versions in all_texts() if place == name]
    assert re.search(r"\bdu\b", versions["de"])
