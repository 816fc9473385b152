"""What the search finds of clubs: in their own municipality, and in every other in whose list they stand."""

from collections.abc import Iterator
from dataclasses import replace

from portal.pages.rows import relative_path
from portal.pages.sitemap import real_public_pages
from portal.search.documents import Document, Kind
from portal.search.page_source import PageSource, PageVersions, page_text

from ..models import ClubPage, ClubsPage


class ClubSource(PageSource):
    """Clubs, by name, what they offer, kind, country and languages."""

    def __init__(self) -> None:
        super().__init__("club", ClubPage, Kind.LOCAL)

    def documents_of(self, versions: PageVersions) -> Iterator[Document]:
        """Yield the club, and its entry in the list of every other municipality that has one in that language."""
        yield from super().documents_of(versions)
        first = next(iter(versions.values()))
        wanted = set(first.danish.also_in) if isinstance(first, ClubPage) else set()
        if not wanted:
            return
        texts = {language: page_text(page) for language, page in versions.items()}
        lists = real_public_pages().filter(pk__in=ClubsPage.objects.values("pk"))
        for url_path, language in lists.values_list("url_path", "locale__language_code"):
            municipality, _slash, rest = relative_path(url_path).partition("/")
            if municipality in wanted and language in versions:
                page = versions[language]
                document = self.document(page, versions, texts, municipality)
                yield replace(document, path=f"{rest}#{page.slug}")
