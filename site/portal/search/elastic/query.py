"""The queries of a question: many ways in which a document may answer, each with its weight.

The weights are few and general, and were chosen on two sets of graded questions; the same design keeps its place over a
wide range of them, so that no single one matters much.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from elasticsearch.dsl import query
from elasticsearch.dsl.query import Query

from ..answers import Filters
from ..documents import WEIGHTS
from ..languages import search_language
from ..questions import Question

TITLE = 3
"""How much more a word counts in a title than in a text."""
TIE = 0.3
"""What the other fields add to the best one."""
OWN_MUNICIPALITY, OTHER_MUNICIPALITY = 2.0, 0.5
"""A document of the reader's municipality is first where it answers at least half as well as the best."""
STEMS, PARTS, PAIRS, INSIDE, OTHER_TITLES, DANISH, SYNONYM = 1.0, 0.2, 0.4, 0.35, 0.5, 0.5, 0.9
"""Ways to be found by the words of a question."""
NEIGHBOURS, MOST_OF_THEM, GRAMS = 0.8, 0.5, 0.12
"""What makes one document that was found better than another."""
MISTAKES, READING, OTHER_LANGUAGES = 0.9, 0.6, 0.8
"""Ways to be found by what words may have meant that no document has."""
LONG_WORD = 5
"""Letters from which a word may stand inside of another one."""
SIMILAR = "60%"
"""Three-letter pieces that two words which are similar have in common."""

OWN_FIELDS = [f"title^{TITLE}", "text"]
GRAM_FIELDS = ["title.grams", "text.grams", "danish_title.grams", "other_titles.grams"]
DANISH_FIELDS = [f"danish_title^{TITLE}", "danish_text"]
OWN_TEXTS, DANISH_TEXTS = ["title", "text"], ["danish_title", "danish_text"]
TEXT_FIELDS = [*OWN_TEXTS, *DANISH_TEXTS]


@dataclass(frozen=True)
class Guesses:
    """What the words of a question that no document has may have meant."""

    unknown: Sequence[str]
    corrections: Sequence[Sequence[str]] = ()
    """For each of them the stems of the site that are written nearly like its own."""
    danish_corrections: Sequence[Sequence[str]] = ()
    elsewhere: Mapping[str, float] = field(default_factory=dict)
    """Key of a topic → how well its texts in other languages answer."""


def query_of(question: Question, filters: Filters, guesses: Guesses | None) -> Query:
    """Return what finds documents. Which of them stand for their topic is part of it, so that nothing is found twice."""
    ways = [*_ways(question), *(_guesses(question, guesses) if guesses else ())]
    found = query.Bool(must=[query.Bool(should=ways, minimum_should_match=1)], filter=list(_conditions(filters)))
    return _weighed(found, filters.municipality or question.place)


def better(question: Question, filters: Filters) -> Query:
    """Return what makes one document better than another: too dear for all that are found, and asked of the best."""
    words = question.content
    ways = [_words(words, GRAM_FIELDS, GRAMS, minimum_should_match=SIMILAR), *_inside(question.words)]
    if len(question.words) > 1:
        ways.append(_words(words, OWN_FIELDS, NEIGHBOURS, type="phrase", slop=1))
        ways.append(_words(words, OWN_FIELDS, MOST_OF_THEM, type="cross_fields", minimum_should_match="2<70%"))
    return _weighed(query.Bool(should=ways), filters.municipality or question.place)


def has_word(word: str) -> Query:
    """Return what documents match that have a word in any form, in the language of the index or in Danish."""
    return _words(word, TEXT_FIELDS, 1.0)


def elsewhere(unknown: Sequence[str]) -> Query:
    """Return what is asked of the other languages about words that the language of the question does not have."""
    ways = [_words(" ".join(unknown), OWN_FIELDS, 1.0), *_inside(unknown)]
    main = query.Term("is_main", True)
    return query.Bool(must=[query.Bool(should=ways, minimum_should_match=1)], filter=[main])


def marked_words(question: Question, guesses: Guesses | None) -> Query:
    """Return what is marked in titles and texts."""
    texts = [question.content, *question.synonyms, *(useful_readings(question) if guesses else ())]
    fields = TEXT_FIELDS if _has_danish(question) else OWN_TEXTS
    ways = [_words(text, fields, 1.0) for text in texts]
    for stems in guesses.corrections if guesses else ():
        ways.append(_words(" ".join(stems), OWN_TEXTS, 1.0, analyzer="folded"))
    for stems in guesses.danish_corrections if guesses else ():
        ways.append(_words(" ".join(stems), DANISH_TEXTS, 1.0, analyzer="folded"))
    return query.Bool(should=ways)


def useful_readings(question: Question) -> list[str]:
    """Return the readings in letters that the texts have: Latin ones, or those of the language."""
    own_letters = set(search_language(question.language).latin)
    readings = ((reading, {letter for letter in reading.lower() if letter.isalpha()}) for reading in question.readings)
    return [reading for reading, letters in readings if letters <= own_letters or all(map(_is_latin, letters))]


def _is_latin(letter: str) -> bool:
    return letter < "\u0250"


def _ways(question: Question) -> Iterator[Query]:
    """Yield the ways in which documents have the words themselves, also as parts of others or as two words."""
    words = question.content
    yield _words(words, OWN_FIELDS, STEMS)
    yield _words(words, ["title.pairs"], TITLE * PAIRS, analyzer="own_stems")
    yield _words(words, ["other_titles"], OTHER_TITLES)
    yield from _parts(question, words, PARTS)
    if len(question.words) > 1:
        yield _words(words, OWN_FIELDS, PAIRS, analyzer="own_pairs")
    if _has_danish(question):
        yield _words(words, DANISH_FIELDS, DANISH)
        if len(question.words) > 1:
            yield _words(words, DANISH_FIELDS, DANISH * PAIRS, analyzer="danish_pairs")
    for text in question.synonyms:
        yield from _own_and_danish(question, text, SYNONYM)


def _guesses(question: Question, guesses: Guesses) -> Iterator[Query]:
    """Yield the ways to find what was meant by words that no document has."""
    yield _words(" ".join(guesses.unknown), GRAM_FIELDS, GRAMS, minimum_should_match=SIMILAR)
    yield from _inside(guesses.unknown)
    for stems in guesses.corrections:
        yield _words(" ".join(stems), OWN_FIELDS, MISTAKES, analyzer="folded")
    for stems in guesses.danish_corrections:
        yield _words(" ".join(stems), DANISH_FIELDS, MISTAKES * DANISH, analyzer="folded")
    for text in useful_readings(question):
        yield from _own_and_danish(question, text, READING)
        yield from _parts(question, text, READING * PARTS)
        yield _words(text, ["other_titles"], READING * OTHER_TITLES)
        yield _words(text, GRAM_FIELDS, READING * GRAMS, minimum_should_match=SIMILAR)
    for key, score in guesses.elsewhere.items():
        yield query.ConstantScore(filter=query.Term("key", key), boost=OTHER_LANGUAGES * score)


def _parts(question: Question, text: str, boost: float) -> Iterator[Query]:
    """Yield the ways in which documents have a part of a word."""
    if search_language(question.language).has_compounds:
        yield _words(text, OWN_FIELDS, boost, analyzer="own")
    if _has_danish(question):
        yield _words(text, DANISH_FIELDS, boost * DANISH, analyzer="danish")


def _inside(words: Iterable[str]) -> Iterator[Query]:
    """Yield the ways in which documents have a word inside of another one."""
    for word in words:
        if len(word) >= LONG_WORD:
            yield query.MultiMatch(query=word, fields=GRAM_FIELDS, type="phrase", boost=INSIDE)


def _own_and_danish(question: Question, text: str, boost: float) -> Iterator[Query]:
    yield _words(text, OWN_FIELDS, boost)
    if _has_danish(question):
        yield _words(text, DANISH_FIELDS, boost * DANISH)


def _has_danish(question: Question) -> bool:
    return question.language != settings.LANGUAGE_CODE


def _words(text: str, fields: Iterable[str], boost: float, **options: object) -> Query:
    all_options = {"type": "best_fields", "tie_breaker": TIE, **options}
    return query.MultiMatch(query=text, fields=list(fields), boost=boost, **all_options)


def _conditions(filters: Filters) -> Iterator[Query]:
    """Yield what holds for every document that is counted, whichever kind and municipality is chosen."""
    if filters.municipality:
        here = query.Term("municipality", filters.municipality)
        yield query.Bool(
            should=[query.Term("is_main", True), here], must_not=[query.Term("replaced_in", filters.municipality)]
        )
    else:
        yield query.Term("is_main", True)
    if filters.missing_in:
        yield query.Term("missing_in", filters.missing_in)


def _weighed(found: Query, place: str) -> Query:
    """Return a query by which some kinds count less, documents of the reader's municipality more, those of others less."""
    weights = [{"filter": query.Term("kind", kind), "weight": weight} for kind, weight in WEIGHTS.items()]
    if place:
        here, shared = query.Term("municipality", place), query.Term("municipality", "")
        weights += [
            {"filter": here, "weight": OWN_MUNICIPALITY},
            {"filter": query.Bool(must_not=[here, shared]), "weight": OTHER_MUNICIPALITY},
        ]
    return query.FunctionScore(query=found, functions=weights, boost_mode="multiply")
