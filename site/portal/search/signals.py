"""Tells the search of every change of what can be found: pages, their translations and rights, facts and terms."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail_localize.models import TranslationLog

from portal.facts.models import Fact, GlossaryTerm
from portal.municipalities.models import MunicipalityPage
from portal.pages.home import HomePage
from portal.pages.registers import ContactsPage, GlossaryPage

from .documents import sources
from .page_source import origins_citing, origins_of
from .updates import request_glossary, request_update

PARENTS = (HomePage, MunicipalityPage)
"""Where these are published or not decides whether the pages below can be read."""


def connect() -> None:
    """Connect the receivers; called once, when the app is ready."""
    page_published.connect(_page_changed, dispatch_uid="search_published")
    page_unpublished.connect(_page_changed, dispatch_uid="search_unpublished")
    page_slug_changed.connect(_branch_changed, dispatch_uid="search_slug")
    post_page_move.connect(_branch_changed, dispatch_uid="search_moved")
    pre_delete.connect(_page_deleted, dispatch_uid="search_page_deleted")
    post_save.connect(_translation_saved, sender=TranslationLog, dispatch_uid="search_translation")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search_private_{id(signal)}")
        signal.connect(_entry_changed, sender=Fact, dispatch_uid=f"search_fact_{id(signal)}")
        signal.connect(_entry_changed, sender=GlossaryTerm, dispatch_uid=f"search_term_{id(signal)}")


def _request(pages: Iterable[Page]) -> None:
    for source, origins in origins_of(pages).items():
        request_update(source, *origins)


def _page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    page = instance.specific
    if isinstance(page, PARENTS):
        _branch_changed(sender, page)
    elif isinstance(page, ContactsPage | GlossaryPage):
        name = "contact" if isinstance(page, ContactsPage) else "term"
        request_update(name, *sources()[name].origins())
    else:
        _request([page])


def _branch_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    _request(Page.objects.descendant_of(instance, inclusive=True).specific())


def _page_deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    # Before, not after: the row of a note is needed to know its guide.
    if isinstance(instance, Page):
        _request([instance.specific])


def _translation_saved(sender: type[TranslationLog], instance: TranslationLog, created: bool, **kwargs: Any) -> None:
    """Look at a translation that was written to its live page without a word that it was published."""
    if created:
        pages = Page.objects.filter(translation_key=instance.source.object_id, locale_id=instance.locale_id, live=True)
        _request(pages.specific())


def _restriction_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    _branch_changed(Page, instance.page)


def _entry_changed(sender: type[Model], instance: Fact | GlossaryTerm, **kwargs: Any) -> None:
    """Update the entry itself and every page that cites it: its value stands in their texts."""
    request_update("contact" if isinstance(instance, Fact) else "term", str(instance.pk))
    if isinstance(instance, GlossaryTerm):
        request_glossary()
    else:
        for source, origins in origins_citing(instance.pk).items():
            request_update(source, *origins)
    citing = [source for source, _references in ReferenceIndex.get_grouped_references_to(instance)]
    _request([page.specific for page in citing if isinstance(page, Page)])
