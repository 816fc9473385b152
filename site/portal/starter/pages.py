"""Loads page files: Danish pages, then their translations. What an editor has been at stays as it is."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Generic, Protocol, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler, register_signal_handlers
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.search import index
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.facts import register
from portal.texts.signals import states_updated_once

from .fields import TranslatedFields
from .located import Mapping
from .records import LoadedContent, digest
from .translations import translate

DANISH = settings.LANGUAGE_CODE


@contextmanager
def admin_index_auto_update_disabled() -> Iterator[None]:
    """Keep the admin's search index from being written at each save, as Wagtail can for its reference index."""
    for model in index.get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        yield
    finally:
        register_signal_handlers()


class PageFile(Protocol):
    """One checked page file."""

    @property
    def data(self) -> Mapping:
        """Return what stands in it."""
        ...

    @property
    def name(self) -> str:
        """Return the name under which the loader remembers it."""
        ...

    @property
    def reference(self) -> str:
        """Return the word by which other files name its page."""
        ...

    @property
    def slug(self) -> str:
        """Return the slug of its page."""
        ...


File = TypeVar("File", bound=PageFile)


class PageLoader(ABC, Generic[File]):
    """Brings pages to the state of their files, except where an editor has been at work."""

    records_model: ClassVar[type[LoadedContent]]

    def __init__(self) -> None:
        if connection.in_atomic_block:
            raise RuntimeError("load content outside a transaction: translations are published on commit")
        self.counts: Counter[str] = Counter()
        self.kept: list[str] = []
        self.records = {row.name: row for row in self.records_model._default_manager.select_related("page")}
        self.page_ids: dict[str, int] = {}
        self.to_fill: list[File] = []
        self.locales: dict[str, Locale] = {}

    def make_locales(self) -> None:
        """Make the languages of the site where they are not there yet."""
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}

    @abstractmethod
    def parent_of(self, file: File) -> Page | None:
        """Return the page below which it stands, or None where an editor deleted what it belongs to."""

    @abstractmethod
    def new_page(self, file: File) -> Page:
        """Return an unsaved page of the right kind, with what the database cannot do without."""

    @abstractmethod
    def fields_of(self, file: File, page: Page) -> TranslatedFields:
        """Return the values of the page."""

    def add(self, file: File, parent: Page) -> Page:
        """Add an empty draft below a page."""
        return parent.add_child(instance=self.new_page(file))

    def page_id(self, reference: str) -> int | None:
        """Return the id of the page of another file, or None where an editor deleted it: then nothing links to it."""
        return self.page_ids.get(reference)

    def place(self, file: File) -> None:
        """Find the Danish page of a file, or make an empty draft of it, so that all pages can link to all others.

        A page is filled if it is new, if an earlier run was interrupted, or if its file changed and its page did not.
        """
        record = self.records.get(file.name)
        if record is None:
            self._place_new(file)
            return
        page, is_changed = record.page, record.digest != digest(file.data)
        if page is not None:
            self.page_ids[file.reference] = page.pk
        if not is_changed:
            return
        # An empty digest means that an earlier run was interrupted: then a draft is no page that somebody withdrew.
        is_ours = page is not None and str(page.latest_revision_id or "") == record.written
        if page is not None and is_ours and (page.live or not record.digest):
            self.to_fill.append(file)
        else:
            self.kept.append(file.name)

    def _place_new(self, file: File) -> None:
        parent = self.parent_of(file)
        if parent is None:
            self.kept.append(file.name)  # what it belongs to was deleted
            return
        page = Page.objects.child_of(parent).filter(slug=file.slug).first()
        if page is not None:
            self.page_ids[file.reference] = page.pk
            self.kept.append(file.name)
            return
        with transaction.atomic():
            page = self.add(file, parent)
            self.remember(file.name, "", "", page)
        self.page_ids[file.reference] = page.pk
        self.to_fill.append(file)

    def fill(self, file: File) -> None:
        """Write, publish and translate the page of a file that has to be filled."""
        if file not in self.to_fill:
            return
        # Both indexes and the states are written once per page, and not at each of twenty saves.
        with (
            register.opened(),
            disable_reference_index_auto_update(),
            admin_index_auto_update_disabled(),
            states_updated_once(),
        ):
            self._fill(file)

    def _fill(self, file: File) -> None:
        page = Page.objects.get(pk=self.page_ids[file.reference]).specific
        fields = self.fields_of(file, page)
        for name, value in fields.values.items():
            setattr(page, name, value)
        with transaction.atomic():
            revision = page.save_revision(log_action=True)
            revision.publish()
            self.remember(file.name, "", str(revision.pk), page)
        strings = {self.locales[code]: catalogue.strings for code, catalogue in fields.catalogues.items()}
        self.kept.extend(f"{file.name} ({locale.language_code})" for locale in translate(page, strings))
        versions = list(Page.objects.filter(translation_key=page.translation_key).specific())
        for version in versions:
            ReferenceIndex.create_or_update_for_object(version)
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(type(page), versions)
        self.remember(file.name, digest(file.data), str(revision.pk), page)
        self.counts["page"] += 1

    def remember(self, name: str, fingerprint: str, written: str, page: Page | None = None) -> None:
        """Write down what was loaded."""
        values = {"digest": fingerprint, "written": written, "page_id": page.pk if page else None}
        self.records_model._default_manager.update_or_create(name=name, defaults=values)
