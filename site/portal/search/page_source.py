"""Makes pages searchable: every real text in its language, nothing that is a draft, private, or Danish in another tree."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from portal.facts import register
from portal.facts.rendering import plain
from portal.pages.base import BasePage
from portal.pages.rows import relative_path
from portal.pages.sitemap import real_public_pages

from .documents import Document, Kind

PageVersions = dict[str, BasePage]
"""Language → the page in that language."""


def page_text(page: BasePage) -> str:
    """Return the words that a reader of the page sees, without its title and summary."""
    with override(page.locale.language_code):
        texts = (text for text in page.display_texts() if text != page.summary)
        return "\n".join(filter(None, (get_text_for_indexing(plain(text)) for text in texts)))


def page_summary(page: BasePage) -> str:
    """Return the summary of a page with the values of its facts."""
    with override(page.locale.language_code):
        return plain(page.summary)


class PageSource:
    """The pages of one class. Their origin is the translation key, which all languages share."""

    def __init__(self, name: str, model: type[BasePage], kind: Kind) -> None:
        self.name, self.model, self.kind = name, model, kind
        self.models: tuple[type[BasePage], ...] = (model,)
        self.reads_files = False
        """Whether a new version of the software may bring other words: `load_starter_content` looks at all of it then."""

    # What changes -----------------------------------------------------------------------------------------------------

    def origin_of(self, page: BasePage) -> str:
        """Return the origin to update when this page, of one of `models`, has changed."""
        return str(page.translation_key)

    def origins(self) -> Iterable[str]:
        """Return the translation keys of all pages."""
        keys = self.model.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
        return [str(key) for key in keys.values_list("translation_key", flat=True)]

    def origins_citing(self, fact: str) -> Iterable[str]:
        """Return the origins to update when this fact has changed, beside those of the pages that cite it themselves."""
        return ()

    # What is found ----------------------------------------------------------------------------------------------------

    def documents(self, origins: Sequence[str]) -> Iterator[Document]:
        """Yield one document per real public version of these pages."""
        with register.opened():
            for versions in self._pages(origins).values():
                yield from self.documents_of(versions)

    def _pages(self, origins: Sequence[str]) -> dict[str, PageVersions]:
        pages = real_public_pages().filter(translation_key__in=origins).select_related("locale")
        found: dict[str, PageVersions] = {}
        rows = self.model.objects.filter(pk__in=pages.values("pk")).select_related("locale").order_by("path")
        for page in rows:
            found.setdefault(str(page.translation_key), {})[page.locale.language_code] = page
        return found

    def documents_of(self, versions: PageVersions) -> Iterator[Document]:
        """Yield the documents of one page."""
        texts = {language: page_text(page) for language, page in versions.items()}
        for page in versions.values():
            yield self.document(page, versions, texts)

    def document(
        self, page: BasePage, versions: PageVersions, texts: dict[str, str], municipality: str | None = None
    ) -> Document:
        """Return the document of a page, with its Danish text and its other titles."""
        source, language = settings.LANGUAGE_CODE, page.locale.language_code
        danish = versions.get(source) if language != source else None
        path = relative_path(page.url_path)
        if municipality is None:
            municipality, path = self.place_of(page, path)
        return Document(
            source=self.name,
            origin=self.origin_of(page),
            language=language,
            key=self.key_of(page),
            kind=self.kind,
            title=page.title,
            summary=page_summary(page),
            body=texts[language],
            path=path,
            municipality=municipality,
            level=self.level_of(page),
            audiences=tuple(getattr(page, "audiences", ())),
            danish_title=danish.title if danish else "",
            danish_body=f"{page_summary(danish)} {texts[source]}" if danish else "",
            other_titles=tuple(
                other.title for code, other in versions.items() if code not in {language, source} and other.title
            ),
            missing_in=tuple(code for code, _name in settings.LANGUAGES if code not in versions)
            if language == source
            else (),
        )

    def place_of(self, page: BasePage, path: str) -> tuple[str, str]:
        """Return the municipality that a page belongs to, and its address below that."""
        if not page.is_local:
            return "", path
        municipality, _slash, rest = path.partition("/")
        return municipality, rest

    def key_of(self, page: BasePage) -> str:
        """Return what names the page to other programs: its address, which never changes with the language."""
        return relative_path(page.url_path).strip("/")

    def level_of(self, page: BasePage) -> str:
        """Return the level of government on which the page holds."""
        return "local" if page.is_local else ""


_page_sources: list[PageSource] = []


def register_page_source(source: PageSource) -> None:
    """Make the pages of a source findable and keep them current. Called in `AppConfig.ready`."""
    from .documents import register_source

    register_source(source)
    _page_sources.append(source)


def origins_of(pages: Iterable[Page]) -> dict[str, list[str]]:
    """Return what has to be updated when these pages, in their own classes, have changed: source → origins."""
    found: dict[str, list[str]] = {}
    for page in pages:
        for source in _page_sources:
            if isinstance(page, source.models):
                found.setdefault(source.name, []).append(source.origin_of(page))
    return found


def origins_citing(fact: str) -> dict[str, list[str]]:
    """Return what has to be updated beside pages when a fact has changed: source → origins."""
    return {source.name: list(source.origins_citing(fact)) for source in _page_sources}


def origins_from_files() -> dict[str, list[str]]:
    """Return what may be different with a new version of the software: source → origins."""
    return {source.name: list(source.origins()) for source in _page_sources if source.reads_files}
