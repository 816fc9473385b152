"""Made-up documents for the benchmarks of the search: words by Zipf's law, some of them compounds of others."""

import copy
import itertools
import random
from collections.abc import Iterator

from portal.search.documents import Document, Kind
from portal.search.embedded.index import build_row
from portal.search.models import SearchDocument

LANGUAGES = ("da", "en", "de", "pl", "ru")
SYLLABLES = ["ka", "to", "ri", "sen", "mo", "lup", "dek", "ar", "vin", "sto", "ble", "gra", "ny", "hus", "tal", "kor"]
WORDS = 20_000
WORDS_OF_A_TEXT = 130
DIFFERENT = 20_000
"""So many different texts are made; further documents repeat them under other names."""


def made_up(count: int) -> list[SearchDocument]:
    """Return this many documents as rows, spread over the languages."""
    return repeated([build_row(document) for document in texts(count)], count)


def texts(count: int) -> Iterator[Document]:
    """Yield this many different documents, or as many as there are."""
    chance = random.Random(count)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(WORDS)]
    frequencies = list(itertools.accumulate(1 / (rank + 10) for rank in range(WORDS)))
    for number in range(min(count, DIFFERENT)):
        text = chance.choices(words, cum_weights=frequencies, k=WORDS_OF_A_TEXT)
        yield Document(
            source="bench",
            origin=f"b{number}",
            language=LANGUAGES[number % len(LANGUAGES)],
            key=f"b{number}",
            kind=Kind.GUIDE,
            title=" ".join(text[:4]).capitalize(),
            summary=" ".join(text[4:20]),
            body=" ".join(text[20:]),
            path=f"guide/b{number}/",
        )


def repeated(rows: list[SearchDocument], count: int) -> list[SearchDocument]:
    """Return this many rows: these, and copies of them under other names."""
    found = list(rows)
    for number in range(len(rows), count):
        row = copy.copy(rows[number % len(rows)])
        row.origin = row.key = f"b{number}"
        row.uid, row.path = f"bench:b{number}:", f"guide/b{number}/"
        found.append(row)
    return found
