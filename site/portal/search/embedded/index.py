"""Writes the embedded index: documents, and how many of them have each word. One writer at a time keeps the counts right."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ..documents import Document, sources
from ..models import SearchDocument, SearchState, SearchWord
from ..text import fold, stem, words_of

LONGEST_WORD = 60
BATCH = 100
AS_THEY_ARE = (
    *(
        "language",
        "uid",
        "source",
        "origin",
        "key",
        "kind",
        "municipality",
        "level",
        "path",
        "title",
        "summary",
        "body",
    ),
    *("danish_title", "danish_body", "is_example", "fingerprint"),
)
"""What a row takes from its document without a change."""
OTHER = "*"
"""The "language" of the words of titles in other languages: they are folded, never stemmed."""


def build_row(document: Document) -> SearchDocument:
    """Return the row of a document, analysed, not saved."""
    code, danish = document.language, settings.LANGUAGE_CODE
    title, body = _words(document.title, code), _words(f"{document.summary} {document.body}", code)
    danish_title, danish_body = _words(document.danish_title, danish), _words(document.danish_body, danish)
    others = [word for text in document.other_titles for word in _words(text, "")]
    same = {name: getattr(document, name) for name in AS_THEY_ARE}
    return SearchDocument(
        **same,
        audiences=list(document.audiences),
        other_titles=list(document.other_titles),
        missing_in=list(document.missing_in),
        title_words=" ".join(title),
        body_words=" ".join(body),
        danish_title_words=" ".join(danish_title),
        danish_body_words=" ".join(danish_body),
        other_words=index_terms(code, others),
        own_stems=index_terms(code, (stem(word, code) for word in [*title, *body])),
        danish_stems=index_terms(code, (stem(word, danish) for word in [*danish_title, *danish_body])),
    )


def _words(text: str, code: str) -> list[str]:
    return [fold(word.text, code)[:LONGEST_WORD] for word in words_of(text)]


def index_terms(code: str, words: Iterable[str]) -> str:
    """Return the different words as the full-text index has them: each behind its language, so that languages do not mix."""
    return " ".join(dict.fromkeys(f"{code.replace('-', '')}{word}" for word in words))


def store(source: str, origins: Sequence[str], documents: Iterable[Document]) -> list[SearchDocument]:
    """Make these the only documents of these origins, and return their rows. What has not changed is not written."""
    new = {(document.language, document.uid): document for document in documents}
    with transaction.atomic():
        _lock()
        old = {
            (row.language, row.uid): row
            for row in SearchDocument.objects.filter(source=source, origin__in=list(origins))
        }
        gone = [row for name, row in old.items() if name not in new]
        changed = [
            build_row(document)
            for name, document in new.items()
            if name not in old or old[name].fingerprint != document.fingerprint
        ]
        replaced = [old[row.language, row.uid] for row in changed if (row.language, row.uid) in old]
        if not gone and not changed:
            return list(old.values())
        SearchDocument.objects.filter(pk__in=[row.pk for row in [*gone, *replaced]]).delete()
        SearchDocument.objects.bulk_create(changed, batch_size=BATCH)
        _count(changed, [*gone, *replaced])
        SearchState.objects.update(version=_next_version())
    untouched = {name: row for name, row in old.items() if name in new}
    return list({**untouched, **{(row.language, row.uid): row for row in changed}}.values())


def _lock() -> None:
    """Wait for other writers: two that count the same words at once would count one of them twice."""
    SearchState.objects.get_or_create(pk=1)
    SearchState.objects.select_for_update().get(pk=1)


def _next_version() -> int:
    # Also right where the table was emptied meanwhile: a version never comes back.
    return max(SearchState.objects.get(pk=1).version + 1, int(timezone.now().timestamp() * 1_000_000))


def _count(added: Iterable[SearchDocument], removed: Iterable[SearchDocument]) -> None:
    deltas: dict[tuple[str, str], list[int]] = {}
    for rows, sign in ((added, 1), (removed, -1)):
        for row in rows:
            in_title = set(row.title_words.split())
            for word in in_title.union(row.body_words.split()):
                delta = deltas.setdefault((row.language, word), [0, 0])
                delta[0] += sign
                delta[1] += sign * (word in in_title)
            prefix = len(row.language.replace("-", ""))
            for term in row.other_words.split():
                delta = deltas.setdefault((OTHER, term[prefix:]), [0, 0])
                delta[0] += sign
                delta[1] += sign
    written = _written(added)
    counts: list[tuple[str, str, str, str, int, int]] = []
    for (language, word), (documents, titles) in deltas.items():
        if documents or titles:
            base = word if language == OTHER else stem(word, language)
            counts.append((language, word, base, written.get((language, word), word), documents, titles))
    larger = "GREATEST" if connection.vendor == "postgresql" else "MAX"
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO portal_searchword (language, word, stem, written, documents, titles) VALUES (%s, %s, %s, %s, 0, 0)
            ON CONFLICT (language, word) DO NOTHING
            """,
            [row[:4] for row in counts],
        )
        cursor.executemany(
            f"""
            UPDATE portal_searchword SET documents = {larger}(0, documents + %s), titles = {larger}(0, titles + %s)
            WHERE language = %s AND word = %s
            """,  # noqa: S608  a constant
            [(documents, titles, language, word) for language, word, _stem, _written, documents, titles in counts],
        )
        cursor.execute("DELETE FROM portal_searchword WHERE documents = 0")


def _written(rows: Iterable[SearchDocument]) -> dict[tuple[str, str], str]:
    """Return how the folded words are written, by language and word."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        for word in words_of(f"{row.title} {row.summary} {row.body}"):
            found.setdefault((row.language, fold(word.text, row.language)[:LONGEST_WORD]), word.text[:LONGEST_WORD])
    return found


# All at once ----------------------------------------------------------------------------------------------------------


def rebuild() -> Iterator[tuple[int, int]]:
    """Build every document of every source again and drop what no source knows; yields (done, all) origins as it goes.

    In small transactions, so that readers find everything all the time and editors do not wait.
    """
    plan = {name: list(dict.fromkeys(source.origins())) for name, source in sources().items()}
    done, total = 0, sum(map(len, plan.values()))
    yield done, total
    for name, source in sources().items():
        origins = plan[name]
        for start in range(0, len(origins), BATCH):
            part = origins[start : start + BATCH]
            store(name, part, source.documents(part))
            done += len(part)
            yield done, total
        known = set(origins)
        stored = SearchDocument.objects.filter(source=name).values_list("origin", flat=True).distinct()
        store(name, [origin for origin in stored if origin not in known], [])
    for name in set(SearchDocument.objects.values_list("source", flat=True).distinct()) - plan.keys():
        store(name, list(SearchDocument.objects.filter(source=name).values_list("origin", flat=True).distinct()), [])
    count_words_again()


def count_words_again() -> None:
    """Make the counts of words from nothing, should they ever have gone wrong."""
    with transaction.atomic():
        _lock()
        SearchWord.objects.all().delete()
        rows = SearchDocument.objects.order_by("pk").iterator(chunk_size=BATCH)
        while part := list(islice(rows, BATCH)):
            _count(part, [])
        SearchState.objects.update(version=_next_version())
