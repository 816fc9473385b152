"""As many pages for stock Wagtail as there are made-up documents for us, so that both search in the same amount."""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from portal.search.models import SearchDocument

BATCH = 1000
FIRST = 100_000
"""The place of the first made-up page below the root: behind all others."""
BACKENDS = ("default", "elasticsearch")


@contextmanager
def made_up_pages(rows: Sequence[SearchDocument]) -> Iterator[None]:
    """Let Wagtail's own backends find a page for each row by its title; gone afterwards.

    A page in the index of stock Wagtail has no running text, which makes its work less than ours.
    """
    with transaction.atomic():
        pages = _pages(rows)
        try:
            while batch := list(itertools.islice(pages, BATCH)):
                stored = Page.objects.bulk_create(batch)
                for name in BACKENDS:
                    get_search_backend(name).get_index_for_model(Page).add_items(Page, stored)
            get_search_backend("elasticsearch").get_index_for_model(Page).refresh()
            yield
        finally:
            transaction.set_rollback(True)


def _pages(rows: Sequence[SearchDocument]) -> Iterator[Page]:
    root, locales = Page.get_first_root_node(), {one.language_code: one for one in Locale.objects.all()}
    for number, row in enumerate(rows):
        yield Page(
            title=row.title,
            draft_title=row.title,
            slug=row.origin,
            path=Page._get_path(root.path, root.depth + 1, FIRST + number),
            depth=root.depth + 1,
            url_path=f"{root.url_path}{row.origin}/",
            locale=locales[row.language],
            live=True,
        )
