"""What the search finds of this room: each page by itself, a guide also inside every municipality that adds to it."""

from collections.abc import Iterator

from portal.pages.base import BasePage
from portal.pages.rows import relative_path
from portal.pages.sitemap import real_public_pages
from portal.search.documents import Document, Kind
from portal.search.page_source import PageSource, PageVersions, page_text

from .models import FieldGuidePage, FormPage, GuidePage, LocalNotePage


class GuideSource(PageSource):
    """Guides. A note of a municipality makes a document of its own, for readers of that municipality."""

    def __init__(self) -> None:
        super().__init__("guide", GuidePage, Kind.GUIDE)
        self.models = (GuidePage, LocalNotePage)

    def origin_of(self, page: BasePage) -> str:
        """Return the translation key of the guide, also for a note on it."""
        return str(page.guide.translation_key if isinstance(page, LocalNotePage) else page.translation_key)

    def key_of(self, page: BasePage) -> str:
        """Return the key of the topic."""
        return page.key

    def level_of(self, page: BasePage) -> str:
        """Return the level that the guide names."""
        return page.level

    def documents_of(self, versions: PageVersions) -> Iterator[Document]:
        """Yield the guide, and the guide with each municipality's note, in every language that really has both."""
        yield from super().documents_of(versions)
        first = next(iter(versions.values()))
        for municipality, notes in self._notes(first).items():
            here = {language: page for language, page in versions.items() if language in notes}
            texts = {language: f"{page_text(notes[language])}\n{page_text(page)}" for language, page in here.items()}
            for page in here.values():
                yield self.document(page, here, texts, municipality)

    def _notes(self, guide: BasePage) -> dict[str, dict[str, LocalNotePage]]:
        """Return the real public notes on a guide: municipality → language → note."""
        notes = LocalNotePage.objects.filter(
            guide__translation_key=guide.translation_key, pk__in=real_public_pages().values("pk")
        ).select_related("locale")
        found: dict[str, dict[str, LocalNotePage]] = {}
        for note in notes.order_by("path"):
            slug = relative_path(note.url_path).split("/", 1)[0]
            found.setdefault(slug, {})[note.locale.language_code] = note
        return found


class KeyedSource(PageSource):
    """Pages that have a key of their own."""

    def key_of(self, page: BasePage) -> str:
        """Return the key of the page."""
        return page.key


class EmployerSource(KeyedSource):
    """Chapters and checklists for employers, by title, summary and headings.

    Their texts are about what newcomers search for too; in full they would stand before the guides that are for these.
    """

    def documents_of(self, versions: PageVersions) -> Iterator[Document]:
        """Yield the page in every language, without its running text."""
        texts = {language: "\n".join(_headings(page)) for language, page in versions.items()}
        for page in versions.values():
            yield self.document(page, versions, texts)


def _headings(page: BasePage) -> list[str]:
    blocks = getattr(page, "body", None)
    return [block["value"]["heading"] for block in blocks.raw_data if block["type"] == "section"] if blocks else []


class FormSource(KeyedSource):
    """Forms. Their Danish title and number are words of every version: they stand on the letter."""

    def __init__(self) -> None:
        super().__init__("form", FormPage, Kind.FORM)


class FieldGuideSource(PageSource):
    """Field guides. To other programs they are the form that they explain."""

    def __init__(self) -> None:
        super().__init__("field-guide", FieldGuidePage, Kind.FORM)

    def key_of(self, page: BasePage) -> str:
        """Return the key of the form."""
        return FormPage.objects.parent_of(page).values_list("key", flat=True).get()
