"""The search engine in the site's own database: always there, always current, and the same answers on SQLite and PostgreSQL."""

from collections.abc import Iterable

from django.conf import settings

from ..answers import Filters, Found, Hit, Suggestion, for_untranslated
from ..glossary import glossary_synonyms
from ..highlight import excerpt, mark
from ..models import FOR_MATCHING, SearchDocument
from ..questions import Question
from ..text import Weights
from .completion import complete
from .matching import DANISH, OWN, Search, searches
from .ranking import Asked, Scored, find
from .vocabulary import Vocabulary, current_version, vocabulary

LIKELY = 0.5
"""From this weight on a similar word is offered as what was probably meant."""
WORTH_MARKING = 0.15
"""From this weight on a word is marked: a reader should see why the page answers."""


class EmbeddedBackend:
    """Implements `portal.search.answers.Backend`."""

    name = "embedded"

    def search(self, question: Question, filters: Filters, start: int, size: int) -> Found:
        """Return hits: found by the full-text index, then weighed one by one."""
        version = current_version()
        own = self._search(question, filters, start, size, version)
        if question.language not in vocabulary(settings.LANGUAGE_CODE, version).untranslated:
            return own
        danish, untranslated = for_untranslated(question, filters)
        first, most = max(0, start - own.total), size - len(own.hits)
        return own.followed_by(self._search(danish, untranslated, first, most, version))

    def _search(self, question: Question, filters: Filters, start: int, size: int, version: int) -> Found:
        ways = searches(question, version, glossary_synonyms(question, version))
        found, shown = find(Asked(question, filters, ways, version), start, max(0, size))
        own, danish = vocabulary(question.language, version), vocabulary(settings.LANGUAGE_CODE, version)
        found.hits = _hits(shown, _weights(ways, OWN, own), _weights(ways, DANISH, danish))
        found.suggestion = "" if filters.missing_in else self.correct(question, version)
        return found

    def suggest(self, text: str, language: str, municipality: str, size: int) -> list[Suggestion]:
        """Return titles that begin with what is being typed, forgiving one mistake."""
        version = current_version()
        found = complete(text, vocabulary(language, version), municipality, size)
        danish = vocabulary(settings.LANGUAGE_CODE, version)
        if len(found) < size and language in danish.untranslated:
            found += complete(text, danish, municipality, size - len(found), missing_in=language)
        return found

    def correct(self, question: Question, version: int) -> str:
        """Return the question with the words that the site does not have replaced by those that were probably meant."""
        vocabularies = [vocabulary(code, version) for code in (question.language, settings.LANGUAGE_CODE, "*")]
        changed, words = False, []
        for word in question.words:
            better = "" if any(known.forms(word) for known in vocabularies) else _correction(word, vocabularies[0])
            changed = changed or bool(better)
            words.append(better or word)
        return " ".join(words) if changed else ""


def _correction(word: str, known: Vocabulary) -> str:
    meanings = known.meanings(word)
    likely = [form for form, weight in meanings.items() if weight > LIKELY]
    if not likely:
        return ""
    best = max(likely, key=lambda form: (meanings[form], known.counts[form]))
    return known.written[best]


def _weights(ways: Iterable[Search], kind: int, known: Vocabulary) -> Weights:
    meant: dict[str, float] = {}
    for way in ways:
        for term in way.terms[kind]:
            for word, weight in term.weights.items():
                if weight >= WORTH_MARKING:
                    meant[word] = max(meant.get(word, 0), weight * way.factor * term.rarity)
    return Weights(lambda word: meant.get(known.fold(word), 0.0))


def _hits(scored: list[Scored], own: Weights, danish: Weights) -> list[Hit]:
    rows = SearchDocument.objects.defer(*FOR_MATCHING).in_bulk([one.pk for one in scored])
    return [_hit(rows[one.pk], one.score, own, danish) for one in scored if one.pk in rows]


def _hit(row: SearchDocument, value: float, own: Weights, danish: Weights) -> Hit:
    hit = Hit(
        row.uid,
        row.key,
        row.kind,
        row.language,
        row.title,
        row.path,
        row.municipality,
        row.level,
        value,
        mark(row.title, own),
        excerpt(row.shown_text, own),
        row.danish_title if row.danish_title != row.title else "",
        audiences=tuple(row.audiences),
        is_example=row.is_example,
    )
    return hit.in_danish(mark(hit.danish_title, danish), lambda: excerpt(row.danish_body, danish))
