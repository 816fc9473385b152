"""The words of the site in one language, kept in memory until something changes, and which of them a typed word may mean.

Mistakes, endings, compounds and joined words are all settled here, against words that the site really has. What is left
for the database is to find documents by exact words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..languages import search_language
from ..models import SearchDocument, SearchState, SearchWord
from ..text import fold, stem
from .index import OTHER

SAME_STEM = 0.95
ONE_MISTAKE, TWO_MISTAKES = 0.7, 0.4
PART, INSIDE = 0.5, 0.3
"""A compound for its part and a part for its compound: at an end, or somewhere inside."""
COMPOUNDS_OF_A_KNOWN_WORD, MISTAKES_IN_A_KNOWN_WORD = 0.4, 0.2
"""How much less all that counts where the word as typed exists."""
SHORTEST_PART, SHORTEST_INSIDE, SHORTEST_WITHOUT_COMPOUNDS = 4, 5, 6
SHORTEST_FOR_ONE, SHORTEST_FOR_TWO = 4, 7
MOST_MEANINGS = 40
MOST_REMEMBERED = 5000
"""Typed words whose meanings are remembered, about two megabytes."""
LINKS = ("", "s", "e", "n", "es", "en")
"""Letters between the parts of a compound: arbejd-s-tilladelse."""

Weights = dict[str, float]
"""Word of the site → how surely it is meant, up to 1."""


@dataclass
class Vocabulary:
    """The words of one language with the number of documents that have them."""

    code: str
    documents: int = 0
    words: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    stem_of: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    in_titles: list[str] = field(default_factory=list)
    folded_as_danish: dict[str, list[str]] = field(default_factory=dict)
    untranslated: frozenset[str] = frozenset()
    """Danish only: the languages whose readers get some document in Danish."""
    remembered: dict[str, Weights] = field(default_factory=dict)

    def fold(self, word: str) -> str:
        """Return a typed word as this vocabulary has its words."""
        return fold(word, "" if self.code == OTHER else self.code)

    def stem(self, folded: str) -> str:
        """Return the stem of a folded word."""
        return folded if self.code == OTHER else stem(folded, self.code)

    def forms(self, typed: str) -> Weights:
        """Return the words of the site that are a typed word, in whichever form."""
        folded = self.fold(typed)
        found: Weights = dict.fromkeys(self.stems.get(self.stem(folded), ()), SAME_STEM)
        for word in self.folded_as_danish.get(fold(typed, settings.LANGUAGE_CODE), ()):
            found[word] = SAME_STEM
        if folded in self.counts:
            found[folded] = 1.0
        return found

    def has(self, typed: str) -> bool:
        """Say whether the site has a word, in some form or at the beginning of a compound."""
        base = self.stem(self.fold(typed))
        return bool(self.forms(typed)) or (
            len(base) >= SHORTEST_INSIDE and any(word.startswith(base) for word in self.words)
        )

    def meanings(self, typed: str) -> Weights:
        """Return the words of the site that a typed word may stand for. Remembered: people ask the same things."""
        if typed not in self.remembered:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            self.remembered[typed] = self._meanings(typed)
        return self.remembered[typed]

    def _meanings(self, typed: str) -> Weights:
        folded, found = self.fold(typed), self.forms(typed)
        is_known = bool(found)
        self._add_compounds(folded, found, COMPOUNDS_OF_A_KNOWN_WORD if is_known else 1.0)
        self._add_mistakes(folded, found, MISTAKES_IN_A_KNOWN_WORD if is_known else 1.0)
        if len(found) > MOST_MEANINGS:
            found = dict(sorted(found.items(), key=lambda item: -item[1])[:MOST_MEANINGS])
        return found

    def _add_compounds(self, folded: str, found: Weights, factor: float) -> None:
        language = search_language(self.code)
        base, no_parts = self.stem(folded), language.no_compound_parts
        if len(base) >= SHORTEST_PART and folded not in no_parts and base not in no_parts:
            for word in self.words:
                if base in word and word not in found:
                    at_an_end = word.startswith(base) or self.stem_of[word].endswith(base)
                    if at_an_end or len(base) >= SHORTEST_INSIDE:
                        share = 0.6 + 0.4 * len(base) / len(word)
                        _raise(found, word, (PART if at_an_end else INSIDE) * share * factor)
        shortest = SHORTEST_PART if language.has_compounds else SHORTEST_WITHOUT_COMPOUNDS
        if len(folded) > shortest + 1:
            for word in self.words:
                part = self.stem_of[word]
                if len(part) >= shortest and part in folded and word not in no_parts and part not in no_parts:
                    at_an_end = folded.startswith(part) or base.endswith(part)
                    _raise(found, word, (PART if at_an_end else INSIDE) * factor)

    def _add_mistakes(self, folded: str, found: Weights, factor: float) -> None:
        if len(folded) < SHORTEST_FOR_ONE or folded.isdigit():
            return
        most = 2 if len(folded) >= SHORTEST_FOR_TWO else 1
        matches = process.extract(folded, self.words, scorer=OSA.distance, score_cutoff=most, limit=MOST_MEANINGS)
        for word, distance, _place in matches:
            is_likely = word[0] == folded[0] or (distance == 1 and len(folded) > SHORTEST_FOR_ONE)
            if distance and is_likely and not word.isdigit():
                weight = (ONE_MISTAKE if distance == 1 else TWO_MISTAKES) * factor
                for form in self.stems[self.stem_of[word]]:
                    _raise(found, form, weight if form == word else weight * SAME_STEM)

    def parts(self, typed: str) -> list[str]:
        """Return the words of the site that a typed word is put together from, nothing where it is a word of the site."""
        folded = self.fold(typed)
        if len(folded) < 2 * SHORTEST_PART - 2 or self.forms(typed):
            return []
        best: dict[int, tuple[int, list[str]]] = {0: (0, [])}
        for start in range(len(folded) - 2):
            if start not in best:
                continue
            cost, before = best[start]
            for end in range(start + 3, len(folded) + 1):
                piece = folded[start:end]
                forms = piece if piece in self.counts else next(iter(self.stems.get(piece, ())), "")
                if not forms or piece in search_language(self.code).no_compound_parts:
                    continue
                for link in LINKS if end < len(folded) else ("",):
                    after = end + len(link)
                    if folded.startswith(link, end) and cost + 1 < best.get(after, (99, []))[0]:
                        best[after] = (cost + 1, [*before, forms])
        return best.get(len(folded), (0, []))[1]


def _raise(found: Weights, word: str, weight: float) -> None:
    if weight > found.get(word, 0):
        found[word] = weight


VERSION = f"SELECT version FROM {SearchState._meta.db_table} WHERE id = 1"  # noqa: S608  a constant
_memory: dict[str, tuple[int, Vocabulary]] = {}


def current_version() -> int:
    """Return the number that changes with every change of what can be found."""
    with connection.cursor() as cursor:  # every question asks: docs/departures/rows-in-sql.md
        cursor.execute(VERSION)
        row = cursor.fetchone()
    return row[0] if row else 0


def vocabulary(code: str, version: int) -> Vocabulary:
    """Return the words of a language as of a version, from memory where that is current."""
    known = _memory.get(code)
    if known is None or known[0] != version:
        known = (version, _read(code))
        _memory[code] = known
    return known[1]


def _read(code: str) -> Vocabulary:
    rows: Iterable[tuple[str, str, str, int, int]] = SearchWord.objects.filter(language=code).values_list(
        "word", "stem", "written", "documents", "titles"
    )
    documents = SearchDocument.objects.all() if code == OTHER else SearchDocument.objects.filter(language=code)
    missing = documents.exclude(missing_in=[]).values_list("missing_in", flat=True)
    untranslated = (
        frozenset(language for languages in missing for language in languages) if code != OTHER else frozenset()
    )
    made = Vocabulary(code, documents.count(), untranslated=untranslated)
    for word, base, written, count, titles in rows:
        made.words.append(word)
        made.counts[word] = count
        made.stems.setdefault(base, []).append(word)
        made.stem_of[word] = base
        made.written[word] = written
        if titles:
            made.in_titles.append(word)
        if code != settings.LANGUAGE_CODE and (danish := fold(word, settings.LANGUAGE_CODE)) != word:
            made.folded_as_danish.setdefault(danish, []).append(word)
    return made
